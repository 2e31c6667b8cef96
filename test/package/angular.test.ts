import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {cannotOpen, PageServer} from './page-server.js';

/** As much of Angular as the directives are made of: it hands them their element, and its linker reads the rest. */
const ANGULAR = `
  export const ElementRef = 'ElementRef';
  export const PLATFORM_ID = 'PLATFORM_ID';
  export const inject = (token) => (token === PLATFORM_ID ? globalThis.platform : {nativeElement: globalThis.element});
  export const booleanAttribute = Boolean;
  export const ɵɵFactoryTarget = {};
  export const ɵɵngDeclareFactory = () => undefined;
  export const ɵɵngDeclareDirective = () => undefined;`;

const IMPORTS = {
  '@angular/core': '/angular-core.js',
  '@lit/context': '/node_modules/@lit/context/index.js',
  '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
  lit: '/node_modules/lit/index.js',
  'lit/': '/node_modules/lit/',
  'lit-element/': '/node_modules/lit-element/',
  'lit-html': '/node_modules/lit-html/lit-html.js',
  'lit-html/': '/node_modules/lit-html/',
};

/** A connection as Angular makes it: its directive, its attributes, its place in the page; and, maybe later, what is bound. */
const MAKE = `(async (isLate) => {
  const {ChatConnection} = await import('/dist/angular.js');
  globalThis.element = document.createElement('chat-connection');
  const directive = new ChatConnection();
  for (const [name, value] of Object.entries({'app-key': 'key', 'ws-host': 'localhost'})) element.setAttribute(name, value);
  document.body.append(element);
  // Nothing that the element could begin with is left to do after this.
  if (isLate) await new Promise((resolve) => setTimeout(resolve));
  const early = element.client;
  directive.userId = 1;
  directive.token = 'token';
  directive.ngOnInit?.();
  await element.updateComplete;
  const found = {early: early?.state, state: element.state};
  element.remove();
  return found;
})`;

/** A connection as a server of Angular has sent it: all that stands in the template is there when the script comes, and nothing that is bound. */
const HYDRATE = `(async () => {
  const {ChatConnection} = await import('/dist/angular.js');
  // No element of a browser: the server has its own.
  globalThis.element = document.implementation.createHTMLDocument().createElement('chat-connection');
  globalThis.platform = 'server';
  new ChatConnection().ngOnInit();
  for (const [name, value] of Object.entries({'app-key': 'key', 'ws-host': 'localhost'})) element.setAttribute(name, value);
  document.body.innerHTML = element.outerHTML;
  globalThis.element = document.body.firstElementChild;
  globalThis.platform = 'browser';
  await element.updateComplete;
  const early = element.client;
  const directive = new ChatConnection();
  directive.userId = 1;
  directive.token = 'token';
  directive.ngOnInit();
  await element.updateComplete;
  const found = {early: early?.state, state: element.state};
  element.remove();
  return found;
})()`;

describe('the directive of <chat-connection>', {skip: cannotOpen}, () => {
  const server = new PageServer();

  before(async () => {
    server.put('/angular-core.js', ANGULAR);
    server.put('/page', `<!doctype html><script type="importmap">${JSON.stringify({imports: IMPORTS})}</script><body>`);
    await server.start();
  });
  after(() => server.stop());

  it('lets one that a server has rendered begin with what is bound, and not complain before', async () => {
    const {page, complaints} = await server.open('/page');
    assert.deepEqual(await page.evaluate(HYDRATE), {early: undefined, state: 'connecting'});
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const [when, isLate] of Object.entries({'at once, as @if does': false, 'a task later, as the router does': true})) {
    it(`lets it begin with what is bound ${when}, and not before`, async () => {
      const {page, complaints} = await server.open('/page');
      assert.deepEqual(await page.evaluate(`${MAKE}(${isLate})`), {early: undefined, state: 'connecting'});
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
});
