import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {launch, type Browser} from 'puppeteer-core';
import {findShell} from '../tools/browsers.mjs';
import {dist} from './package-info.js';

const chromium = findShell();

/** Notes what a script asks of the page, and when. */
const WATCH = `
  window.seen = [];
  const see = (what) => void window.seen.push(what);
  const watch = (holder, name) => {
    const original = holder[name];
    holder[name] = function (...args) {
      see(name + ' ' + String(args[0]).slice(0, 40));
      return original.apply(this, args);
    };
  };
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback', 'queueMicrotask', 'fetch', 'matchMedia'])
    watch(window, name);
  watch(EventTarget.prototype, 'addEventListener');
  for (const name of ['getItem', 'setItem', 'removeItem']) watch(Storage.prototype, name);
  watch(IDBFactory.prototype, 'open');
  watch(Document.prototype, 'createElement');
  for (const name of ['BroadcastChannel', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'CSSStyleSheet'])
    window[name] = class extends window[name] {
      constructor(...args) {
        super(...args);
        see('new ' + name);
      }
    };
  const rendered = () => [...document.querySelectorAll('chat-conversation')].some(({shadowRoot}) => shadowRoot?.childElementCount > 0);
  window.WebSocket = class extends EventTarget {
    constructor() {
      super();
      window.renderedBefore = rendered();
      window.opened?.();
    }
    close() {}
  };
  window.socket = new Promise((resolve) => (window.opened = resolve));`;

const ELEMENTS = `
  <chat-connection app-key="key" ws-host="127.0.0.1" ws-port="1" scheme="http" user-id="1">
    <chat-conversation conversation-id="1"></chat-conversation>
  </chat-connection>`;

const SCRIPT = '<script src="/ws-chat.js"></script>';

const PAGES: Readonly<Record<string, string>> = {
  '/nothing': SCRIPT,
  '/script-first': SCRIPT + ELEMENTS,
  '/script-last': ELEMENTS + SCRIPT,
};

function serve(): Promise<Server> {
  const server = createServer(({url = ''}, response) => {
    const page = PAGES[url];
    if (page !== undefined) {
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>page</title><link rel="icon" href="data:,"><script>${WATCH}</script>${page}`);
    } else if (url === '/ws-chat.js') {
      response.setHeader('content-type', 'text/javascript').end(readFileSync(join(dist, 'ws-chat.js')));
    } else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('how a page with dist/ws-chat.js starts', {skip: chromium === null ? 'Chromium is missing' : false}, () => {
  let server: Server;
  let browser: Browser;

  before(async () => {
    server = await serve();
    browser = await launch({executablePath: chromium ?? '', headless: true, args: ['--no-sandbox', '--disable-gpu']});
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  /** Opens a page, and answers with what `question` comes to there, and with what was asked of the server meanwhile. */
  async function open<Answer>(path: string, question: string): Promise<{answer: Answer; requests: readonly string[]}> {
    const page = await browser.newPage();
    const requests: string[] = [];
    // The picture of the page itself is none of ours.
    page.on(
      'request',
      (request) =>
        request.url().startsWith('data:') || requests.push(`${request.resourceType()} ${new URL(request.url()).pathname}`),
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    const answer = (await page.evaluate(question)) as Answer;
    await page.close();
    return {answer, requests};
  }

  it('defines the elements, and does nothing else while there are none', async () => {
    const {answer, requests} = await open<readonly string[]>('/nothing', 'window.seen');
    assert.deepEqual(answer, []);
    assert.deepEqual(requests, ['document /nothing', 'script /ws-chat.js']);
  });

  for (const path of ['/script-first', '/script-last']) {
    it(`opens the socket before anything is rendered, with the ${path.slice(1).replace('-', ' ')}`, async () => {
      const {answer} = await open<boolean>(path, 'window.socket.then(() => window.renderedBefore)');
      assert.equal(answer, false);
    });

    it(`asks for no font, no picture and no style, with the ${path.slice(1).replace('-', ' ')}`, async () => {
      const shown = `customElements.whenDefined('chat-conversation')
        .then(() => document.querySelector('chat-conversation').updateComplete)
        .then(() => new Promise(requestAnimationFrame))`;
      const {requests} = await open(path, shown);
      assert.deepEqual(
        requests.filter((request) => !/^(document|script|fetch|xhr) /.test(request)),
        [],
      );
    });
  }
});
