import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {build} from 'esbuild';
import type {Page} from 'playwright-core';
import {Backend, type Account} from '../e2e/backend/backend.js';
import {freePort} from '../tools/processes.mjs';
import {cannotOpen, PageServer, type OpenPage} from './page-server.js';
import {root} from './package-info.js';
import {fileInGuide} from './snippets.js';

const SCRIPT = '<script src="/dist/ws-chat.js"></script>';
const CONVERSATION = '1';

/** A page that has a Lit of its own, and shows one of our elements in one of its own. */
const LIT_PAGE = `
  import {html, LitElement} from 'lit';
  customElements.define('page-card', class extends LitElement {
    static properties = {text: {}};
    render() {
      const message = {id: 1, content: this.text, sender: {id: 2, name: 'Vali'}, createdAt: new Date(0)};
      return html\`<h2>\${this.text}</h2><chat-message .message=\${message}></chat-message>\`;
    }
  });`;

/** What resets and frameworks do to a page, and then some. */
const HOSTILE_STYLES = `
  html { font-size: 7px; }
  body {
    font: italic small-caps 900 30px/4 fantasy; color: red; text-align: center; text-transform: uppercase; text-indent: 3em;
    text-shadow: 0 0 9px red; letter-spacing: 9px; word-spacing: 9px; white-space: pre; word-break: break-all; hyphens: auto;
    cursor: crosshair; caret-color: transparent; -webkit-text-fill-color: transparent; text-wrap: balance; writing-mode: vertical-rl;
  }
  *, ::before, ::after { margin: 0; padding: 0; border: 0 solid; box-sizing: content-box; }
  button, input, textarea, form, svg, img, div, span, a, ul, li, time, bdi { all: unset; padding: 50px; color: lime; float: left; }
  .row, .bubble, .scroller, .message, .text, .button, .icon-button, [part] { display: none; }
`;

const STYLED = `
  <chat-message-list current-user-id="1" style="height: 300px; width: 600px"></chat-message-list>
  <chat-composer value="Salom!" style="width: 600px"></chat-composer>
  <typing-indicator style="width: 600px"></typing-indicator>
  <script>
    document.querySelector('chat-message-list').messages = [1, 2, 3].map((id) =>
      ({id, content: 'Text, and a link: https://example.com', sender: {id: id % 2, name: 'Vali'}, createdAt: new Date(1e12)}));
    document.querySelector('typing-indicator').users = [{id: 2, name: 'Vali'}];
  </script>`;

/** Every computed style of everything in the shadow roots of the page, by place, element and property. */
const COMPUTED = `(() => {
  const found = {};
  const look = (root, path) => [...root.querySelectorAll('*')].forEach((element, i) => {
    const place = path + ' ' + element.localName + i;
    if (root !== document) for (const name of getComputedStyle(element)) {
      // Where it lies in the page says nothing about its looks.
      if (!/^(inset|top|left|bottom|right)/.test(name)) found[place + ' ' + name] = getComputedStyle(element).getPropertyValue(name);
    }
    if (element.shadowRoot) look(element.shadowRoot, place);
  });
  look(document, '');
  return found;
})()`;

describe('a page with a life of its own', {skip: cannotOpen}, () => {
  const server = new PageServer();
  let backend: Backend;
  let ali: Account;
  let vali: Account;
  let conversation: string;
  let count = 0;

  before(async () => {
    backend = new Backend({server: 'embedded', port: await freePort(), reverbPort: 0});
    await Promise.all([server.start(), backend.start()]);
    [ali, vali] = await Promise.all([backend.signIn('ali@example.com'), backend.signIn('vali@example.com')]);
    const bundle = await build({
      stdin: {contents: LIT_PAGE, resolveDir: root},
      bundle: true,
      write: false,
      conditions: ['production'],
      logLevel: 'silent',
    });
    server.put('/lit-page.js', bundle.outputFiles[0]?.text ?? '');
  });

  after(async () => {
    await server.stop();
    await backend.dispose();
  });

  beforeEach(() => {
    const {hostname, port} = new URL(backend.url);
    const settings = `app-key="demo-key" scheme="http" ws-host="${hostname}" ws-port="${port}" user-id="${ali.id}"
      api-base="${backend.url}/api" auth-endpoint="${backend.url}/broadcasting/auth"`;
    conversation = `<chat-connection id="chat" manual ${settings}>
        <chat-conversation conversation-id="${CONVERSATION}" style="height: 400px"></chat-conversation>
      </chat-connection>`;
  });

  /** Lets the connection on the page in. */
  const CONNECT = (): string => `WsChat.ready.push(() => {
    const connection = document.querySelector('#chat');
    window.states = [];
    connection.addEventListener('ws-state-change', ({detail}) => states.push(detail.state));
    connection.token = '${ali.token}';
    connection.connect();
  })`;

  function open(html: string): Promise<OpenPage> {
    server.put('/page', `<!doctype html><html lang="en">${html}`);
    return server.open('/page');
  }

  /** Sees that a message of somebody else comes in, and that one that is written here is stored. */
  async function talk(page: Page, chat = 'body'): Promise<void> {
    count += 1;
    // With a full stop: the time stands right behind it, and "News 1" at 1:53 would be taken for "News 11".
    const news = `News ${count}.`;
    const answer = `Answer ${count}.`;
    await page.locator('chat-message').first().waitFor();
    await backend.write(vali, CONVERSATION, news);
    await page.locator('chat-message', {hasText: news}).waitFor();
    const stored = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 201);
    await page.locator(`${chat} chat-composer textarea`).fill(answer);
    await page.keyboard.press('Enter');
    await stored;
    await page.locator('chat-message', {hasText: answer}).waitFor();
    assert.equal(await page.locator('chat-message', {hasText: answer}).count(), 1);
  }

  it('keeps its own Lit, and shows ours in its elements', async () => {
    for (const scripts of [`<script src="/lit-page.js"></script>${SCRIPT}`, `${SCRIPT}<script src="/lit-page.js"></script>`]) {
      const policy = `<meta http-equiv="content-security-policy" content="require-trusted-types-for 'script'; trusted-types lit-html ws-chat-elements">`;
      const {page, complaints} = await open(`<head>${policy}</head><body>${scripts}<page-card text="Salom!"></page-card>`);
      await page.locator('page-card h2', {hasText: 'Salom!'}).waitFor();
      await page.locator('page-card chat-message', {hasText: 'Salom!'}).waitFor();
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  it('keeps window.Pusher and its Laravel Echo, which hears what it did before', async () => {
    const {hostname, port} = new URL(backend.url);
    const echo = `<script src="/node_modules/pusher-js/dist/web/pusher.min.js"></script>
      <script src="/node_modules/laravel-echo/dist/echo.iife.js"></script>`;
    const listen = `<script>
      window.their = Pusher;
      window.Echo = new Echo.default({broadcaster: 'reverb', key: 'demo-key', wsHost: '${hostname}', wsPort: ${port}, forceTLS: false,
        enabledTransports: ['ws'], authEndpoint: '${backend.url}/broadcasting/auth',
        auth: {headers: {Authorization: 'Bearer ${ali.token}', Accept: 'application/json'}}});
      window.echoed = new Promise((resolve) =>
        window.Echo.private('user.${ali.id}').listen('.weather', resolve).subscribed(() => window.isListening = true));
    </script>`;
    for (const scripts of [`${echo}${listen}${SCRIPT}`, `${SCRIPT}${echo}${listen}`]) {
      const {page, complaints} = await open(`<body>${scripts}${conversation}<script>${CONNECT()}</script>`);
      await talk(page);
      await page.waitForFunction('window.isListening');
      await backend.emit(`private-user.${ali.id}`, 'weather', {sky: 'blue'});
      assert.deepEqual(await page.evaluate('echoed'), {sky: 'blue'});
      assert.ok(
        await page.evaluate('Pusher === their && Pusher.instances.length === 1 && Echo.connector.pusher === Pusher.instances[0]'),
      );
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  it('may have enumerable things on its prototypes', async () => {
    const pollute = `<script>
      for (const one of [Object, Array, String, Function, Promise, Map, Event, Node]) {
        one.prototype.extend = function () { throw new Error('called'); };
        one.prototype.size_ = 7;
      }
      Object.prototype.first = 'first';
    </script>`;
    const {page, complaints} = await open(`<body>${pollute}${SCRIPT}${conversation}<script>${CONNECT()}</script>`);
    await talk(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('may have put functions of its own in the place of the browser’s, as Prototype.js and MooTools do', async () => {
    const replace = `<script>
      Array.from = function (list) {
        const items = new Array(list.length || 0);
        for (let i = 0; i < items.length; i += 1) items[i] = list[i];
        return items;
      };
      Array.prototype.entries = function () { return this.slice(); };
      window.Event = function (event) { this.key = event.type.toLowerCase(); };
    </script>`;
    const composer = '<chat-composer id="alone" accept="*/*"></chat-composer>';
    for (const scripts of [`${replace}${SCRIPT}`, `${SCRIPT}${replace}`]) {
      const {page, complaints} = await open(`<body>${scripts}${conversation}${composer}<script>${CONNECT()}</script>`);
      const read = page.waitForResponse((response) => response.url().endsWith('/read') && response.status() === 204);
      await talk(page, '#chat');
      await read;
      await page
        .locator('#alone input[type=file]')
        .setInputFiles({name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a')});
      await page.locator('#alone li', {hasText: 'a.txt'}).waitFor();
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  it('may have a `fetch` of its own whose answers cannot be streamed', async () => {
    const replace = `<script>{
      const ask = fetch;
      window.fetch = async (...request) => {
        const answer = await ask(...request);
        return {ok: answer.ok, status: answer.status, headers: answer.headers, text: () => answer.text()};
      };
    }</script>`;
    const {page, complaints} = await open(`<body>${replace}${SCRIPT}${conversation}<script>${CONNECT()}</script>`);
    await talk(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  describe('that changes its body without a reload', () => {
    /** What tells a kept connection from a new one: its states, and how many sockets the server has for this person. */
    const sockets = (): Promise<number> => backend.subscribers(`private-user.${ali.id}`);

    it('by Turbo: comes, goes and comes back, with what is permanent kept', async () => {
      const head = `<head><script src="/node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>${SCRIPT}</head>`;
      const kept = `<div id="kept" data-turbo-permanent>${conversation}</div>`;
      server.put('/first', `<!doctype html>${head}<body><a href="/second">second</a>${kept}<script>${CONNECT()}</script>`);
      server.put('/second', `<!doctype html>${head}<body><a href="/third">third</a><h1>Second</h1>${kept}`);
      const other = conversation.replaceAll('manual', '');
      server.put(
        '/third',
        `<!doctype html>${head}<body><a href="/first">first</a><h1>Third</h1>${other.replace('id="chat"', 'id="other"')}`,
      );
      const {page, complaints} = await server.open('/first');
      await talk(page);
      await page.evaluate(`document.querySelector('chat-conversation').isTheSame = true; window.isTheSamePage = true`);

      await page.getByRole('link', {name: 'second'}).click();
      await page.getByRole('heading', {name: 'Second'}).waitFor();
      await talk(page);
      assert.ok(await page.evaluate(`isTheSamePage && document.querySelector('chat-conversation').isTheSame`));
      // Turbo takes it out of the page for a while, so that it tells its state anew; its socket is the same.
      assert.deepEqual(await page.evaluate(`states.filter((state) => state !== 'connected')`), ['connecting']);
      assert.equal(await sockets(), 1);

      await page.getByRole('link', {name: 'third'}).click();
      await page.getByRole('heading', {name: 'Third'}).waitFor();
      await page.evaluate(`document.querySelector('#other').token = '${ali.token}'`);
      await talk(page);
      await page.goBack();
      await page.getByRole('heading', {name: 'Second'}).waitFor();
      await talk(page);
      assert.equal(await page.locator('chat-conversation').count(), 1);
      assert.ok(await page.evaluate('isTheSamePage'));
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('by Turbo, with elements that come with each page and are set up as the guide says: one socket for all', async () => {
      const head = `<head><script src="/node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>${SCRIPT}
        ${fileInGuide('stories/frameworks.mdx', 'layout.html')}</head>`;
      server.put('/chat-token', JSON.stringify({token: ali.token}));
      for (const [path, next] of [
        ['/one', '/two'],
        ['/two', '/one'],
      ] as const) {
        server.put(path, `<!doctype html>${head}<body><a href="${next}">next</a><h1>Page ${path}</h1>${conversation}`);
      }
      const {page, complaints} = await server.open('/one');
      await talk(page);
      const socketId = (): Promise<unknown> => page.evaluate(`document.querySelector('#chat').client.socketId`);
      const first = await socketId();
      await page.locator('chat-composer textarea').fill('Half a sent');
      for (const path of ['/two', '/one', '/two']) {
        await page.getByRole('link', {name: 'next'}).click();
        await page.getByRole('heading', {name: `Page ${path}`}).waitFor();
        await page.waitForFunction(`document.querySelector('#chat').state === 'connected'`);
      }
      await page.waitForFunction(
        `document.querySelector('chat-conversation').shadowRoot.querySelector('chat-composer')?.value === 'Half a sent'`,
      );
      await talk(page);
      assert.equal(await socketId(), first);
      assert.equal(await sockets(), 1);

      // A stream tells nobody that it was rendered, and each library tells it by another name.
      await page.evaluate((now) => {
        document.querySelector('#chat')!.toggleAttribute('data-old', true);
        const stream = `<turbo-stream action="replace" target="chat"><template>${now}</template></turbo-stream>`;
        (window as unknown as {Turbo: {renderStreamMessage(text: string): void}}).Turbo.renderStreamMessage(stream);
      }, conversation);
      await page.waitForFunction(`document.querySelector('#chat:not([data-old])')?.state === 'connected'`);
      await talk(page);
      assert.equal(await socketId(), first);
      assert.equal(await sockets(), 1);
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('by Turbo, which morphs it: connection, text, place and language stay', async () => {
      const head = `<head><meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">
        <script src="/node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>${SCRIPT}<script src="/dist/ws-chat.ar.js"></script></head>`;
      const arabic = conversation.replace('manual', 'manual locale="ar"');
      server.put('/fresh', `<!doctype html>${head}<body><h1>Old</h1>${arabic}<script>${CONNECT()}</script>`);
      const {page, complaints} = await server.open('/fresh');
      await talk(page);
      await page.locator('chat-composer textarea').fill('Half a sen');
      const look = (): Promise<unknown> =>
        page.evaluate(() => {
          const conversation = document.querySelector('chat-conversation')!;
          const composer = conversation.shadowRoot!.querySelector('chat-composer')!;
          const {direction} = getComputedStyle(conversation);
          return [conversation.outerHTML, direction, composer.value, composer.shadowRoot!.activeElement?.localName];
        });
      const before = await look();
      await page.evaluate(`document.querySelector('chat-conversation').isTheSame = true; states.length = 0`);

      // The server renders the page anew, as it knows it: without what the elements have set on themselves.
      server.put('/fresh', `<!doctype html>${head}<body><h1>New</h1>${arabic}<script>${CONNECT()}</script>`);
      await page.evaluate(`Turbo.visit(location.href, {action: 'replace'})`);
      await page.getByRole('heading', {name: 'New'}).waitFor();
      assert.deepEqual(await look(), before);
      assert.match(String(before), /dir="rtl"/u);
      assert.ok(await page.evaluate(`document.querySelector('chat-conversation').isTheSame`));
      await talk(page);
      assert.equal(await sockets(), 1);
      assert.deepEqual(await page.evaluate('states'), []);
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('as Astro does: in a view transition, with what persists moved over', async () => {
      const {page, complaints} = await open(
        `<body><main><div id="stays">${conversation}</div></main>${SCRIPT}<script>${CONNECT()}</script>`,
      );
      await talk(page);
      await page.locator('chat-composer textarea').fill('Half a sent');
      await page.evaluate(`(async () => {
        const before = document.querySelector('chat-conversation');
        const next = new DOMParser().parseFromString('<body><header>New</header><div id="stays"></div>', 'text/html');
        await document.startViewTransition(() => {
          const old = document.body;
          document.documentElement.replaceChild(document.adoptNode(next.body), old);
          document.querySelector('#stays').replaceWith(old.querySelector('#stays'));
        }).updateCallbackDone;
        window.isTheSame = before === document.querySelector('chat-conversation');
      })()`);
      await page.getByText('New', {exact: true}).waitFor();
      assert.ok(await page.evaluate('isTheSame'));
      assert.equal(await page.locator('chat-composer textarea').inputValue(), 'Half a sent');
      await talk(page);
      assert.deepEqual(await page.evaluate('states'), ['connecting', 'connected']);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  });

  it('has any styles: only direction, language and colour scheme come in', async () => {
    const looks = async (css: string): Promise<Readonly<Record<string, string>>> => {
      const {page, complaints} = await open(`<head><style>${css}</style></head><body>${SCRIPT}${STYLED}`);
      await page.locator('chat-message-list chat-message').last().waitFor();
      const found = await page.evaluate<Record<string, string>>(COMPUTED);
      assert.deepEqual(complaints, []);
      await page.close();
      return found;
    };
    const clean = await looks('');
    assert.ok(Object.keys(clean).length > 1000);
    const dirty = await looks(HOSTILE_STYLES);
    assert.deepEqual(
      Object.keys(clean).flatMap((key) => (clean[key] === dirty[key] ? [] : [`${key}: ${clean[key]} became ${dirty[key]}`])),
      [],
    );
  });

  it('moves things as it likes: socket, text and place in the list stay', async () => {
    const moves = [
      'there.append(it)',
      'here.moveBefore(it, null)',
      'shadow.append(it)',
      'dialog.append(it); dialog.show()',
      'it.remove(); here.append(it)',
      'for (let i = 0; i < 100; i += 1) [here, there][i % 2].append(it)',
    ];
    const places = '<div id="here"></div><div id="there"></div><dialog></dialog>';
    const {page, complaints} = await open(`<body>${SCRIPT}${places}${conversation}<script>
      const [it, here, there, dialog] = ['#chat', '#here', '#there', 'dialog'].map((name) => document.querySelector(name));
      const shadow = here.appendChild(document.createElement('div')).attachShadow({mode: 'open'});
      const list = () => it.querySelector('chat-conversation').shadowRoot.querySelector('chat-message-list');
      const fromEnd = () => {
        const {scrollTop, scrollHeight, clientHeight} = list().shadowRoot.querySelector('[part~=scroller]');
        return scrollHeight - clientHeight - scrollTop;
      };
      ${CONNECT()}</script>`);
    await talk(page);
    for (const move of moves) {
      await page.locator('chat-composer textarea').fill(move);
      await page.evaluate(`{${move}}`);
      assert.equal(await page.locator('chat-composer textarea').inputValue(), move);
      await page.waitForFunction('Math.abs(fromEnd()) < 2');
    }
    await talk(page);
    assert.deepEqual(await page.evaluate('states'), ['connecting', 'connected']);
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
