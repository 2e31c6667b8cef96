import assert from 'node:assert/strict';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {cannotOpen, PageServer, type OpenPage} from './page-server.js';
import {dist, packageFile} from './package-info.js';

const SCRIPT = '/dist/ws-chat.js';

/** A list that stands before the script, set up before and through the script, and one behind it. */
const BEFORE = `
  <chat-message-list id="before" current-user-id="1"></chat-message-list>
  <script>
    const message = (id, content) => ({id, content, sender: {id: 2, name: 'Vali'}, createdAt: '2026-01-16T09:42:00Z'});
    const list = document.querySelector('#before');
    list.messages = [message(1, 'a property')];
    window.order = [];
    list.addEventListener('chat-load-older', () => order.push('heard'));
    (window.WsChat ||= {ready: []}).ready.push(() => {
      order.push('called');
      list.append([message(2, 'a method')]);
    });
  </script>`;
const BEHIND = `<chat-message-list id="behind"></chat-message-list>
  <script>document.querySelector('#behind').messages = [message(3, 'behind')];</script>`;

const inject = (attributes: string): string =>
  `<script>document.head.append(Object.assign(document.createElement('script'), {src: '${SCRIPT}'${attributes}}));</script>`;

/** Where the script stands, and how it comes. */
const WAYS: Readonly<Record<string, string>> = {
  'a classic script in the head': `<head><script src="${SCRIPT}"></script></head><body>${BEFORE}${BEHIND}`,
  'a classic script between the elements': `<body>${BEFORE}<script src="${SCRIPT}"></script>${BEHIND}`,
  'a deferred script': `<head><script src="${SCRIPT}" defer></script></head><body>${BEFORE}${BEHIND}`,
  'an async script': `<head><script src="${SCRIPT}" async></script></head><body>${BEFORE}${BEHIND}`,
  'a module': `<head><script src="${SCRIPT}" type="module"></script></head><body>${BEFORE}${BEHIND}`,
  'a module that another imports': `<body>${BEFORE}${BEHIND}<script type="module">import '${SCRIPT}';</script>`,
  'a script injected by another': `<head>${inject('')}</head><body>${BEFORE}${BEHIND}`,
  'a script injected late': `<body>${BEFORE}${BEHIND}<script>addEventListener('load', () => {${inject('').replace(/<\/?script>/g, '')}});</script>`,
};

/** What the lists of a page show, and what was set on them and did not arrive. */
const LOOK = `(async () => {
  await Promise.all(['chat-message-list', 'chat-message'].map((tag) => customElements.whenDefined(tag)));
  await new Promise((resolve) => WsChat.ready.push(resolve));
  const lists = [...document.querySelectorAll('chat-message-list')];
  await Promise.all(lists.map((list) => list.updateComplete));
  return {
    shown: lists.map((list) => [...list.shadowRoot.querySelectorAll('chat-message')].map(({message}) => message.content)),
    shadowed: lists.filter((list) => Object.hasOwn(list, 'messages')).length,
    order,
  };
})()`;

describe('the script in a page', {skip: cannotOpen}, () => {
  const server = new PageServer();

  before(() => server.start());
  after(() => server.stop());

  function open(html: string): Promise<OpenPage> {
    server.put('/page', `<!doctype html><html lang="en">${html}`);
    return server.open('/page');
  }

  for (const [way, html] of Object.entries(WAYS)) {
    it(`works as ${way}: properties, methods and listeners of elements before it, and elements behind it`, async () => {
      const {page, complaints} = await open(html);
      await page.waitForFunction('window.WsChat?.createChatClient');
      const {shown, shadowed, order} = await page.evaluate<{shown: unknown; shadowed: number; order: string[]}>(LOOK);
      assert.deepEqual(shown, [['a property', 'a method'], ['behind']]);
      assert.equal(shadowed, 0);
      assert.deepEqual(order.toSorted(), ['called', 'heard']);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  it('shows what a page by `file:` has, where its tag is plain, and is blocked there as a module', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ws-chat-file-'));
    try {
      cpSync(join(dist, 'ws-chat.js'), join(folder, 'ws-chat.js'));
      const open = (name: string, type: string): Promise<OpenPage> => {
        const script = `<script src="ws-chat.js"${type}></script>`;
        writeFileSync(join(folder, name), `<!doctype html><html lang="en"><body>${BEFORE}${script}${BEHIND}`);
        return server.open(pathToFileURL(join(folder, name)).href);
      };
      const plain = await open('plain.html', '');
      assert.deepEqual((await plain.page.evaluate<{shown: unknown}>(LOOK)).shown, [['a property', 'a method'], ['behind']]);
      const module = await open('module.html', ' type="module"');
      assert.match(module.complaints.join('\n'), /blocked by CORS policy/u);
      await Promise.all([plain.page.close(), module.page.close()]);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });

  it('is for documents of HTML: in XHTML, templates are no XML, and the elements stay empty', async () => {
    const tag = `<script src="${SCRIPT}"></script><chat-composer></chat-composer>`;
    const xhtml = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>page</title></head><body>${tag}</body></html>`;
    const shows = async (path: string): Promise<readonly [boolean, string]> => {
      server.put(path, xhtml);
      const {page, complaints} = await server.open(path);
      const isShown = await page.locator('chat-composer textarea').count();
      await page.close();
      return [isShown > 0, complaints.join('\n')];
    };
    assert.deepEqual(await shows('/page.html'), [true, '']);
    const [isShown, complaints] = await shows('/page.xhtml');
    assert.equal(isShown, false);
    assert.match(complaints, /markup is invalid XML/u);
  });

  for (const [name, frame] of [
    ['srcdoc', `<iframe srcdoc='<script src="${SCRIPT}"></script>'></iframe>`],
    [
      'about:blank',
      `<body><script>
        const {contentDocument} = document.body.appendChild(document.createElement('iframe'));
        contentDocument.head.append(Object.assign(contentDocument.createElement('script'), {src: '${SCRIPT}'}));
      </script>`,
    ],
  ] as const) {
    it(`connects in a frame of ${name} as in the page around it, and shows the pictures of that`, async () => {
      const {page} = await open(frame);
      const [socket, picture] = await Promise.all([
        page.waitForEvent('websocket', {timeout: 5000}),
        page.waitForRequest(/face\.png$/u, {timeout: 5000}),
        page.frames()[1]?.evaluate(`(async () => {
          await customElements.whenDefined('chat-connection');
          document.body.innerHTML =
            '<chat-connection app-key="key" ws-host="127.0.0.1" ws-port="1" user-id="1"></chat-connection><chat-message></chat-message>';
          const sender = {id: 2, name: 'Vali', avatarUrl: '/face.png'};
          document.querySelector('chat-message').message = {id: 1, content: 'Salom', sender, createdAt: '2026-01-16T09:42:00Z'};
        })()`),
      ]);
      assert.match(socket.url(), /^ws:/u);
      assert.equal(new URL(picture.url()).origin, new URL(page.url()).origin);
      await page.close();
    });
  }

  it('calls each function of the queue once, in order, and one that throws keeps no other from its turn', async () => {
    const {page, complaints} = await open(`<body><script>
      window.calls = [];
      window.WsChat = {ready: [() => calls.push(1), () => { throw new Error('the page’s own'); }, () => calls.push(2)]};
    </script><script src="${SCRIPT}"></script><script>
      WsChat.ready.push(() => calls.push(3), () => calls.push(4));
      calls.push('not at once');
    </script>`);
    assert.deepEqual(await page.evaluate('calls'), [1, 2, 'not at once', 3, 4]);
    assert.deepEqual(complaints, ['the page’s own']);
    await page.close();
  });

  describe('beside another copy', () => {
    const twice = (first: string, second: string): string => `<body>
      <script src="${first}"></script><script>window.first = WsChat;</script><script src="${second}"></script>
      <script>
        WsChat.ready.push(() => window.called = true);
        WsChat.registerLocale({locale: 'x-test', send: 'SEND'});
      </script>
      <chat-composer lang="x-test"></chat-composer>`;
    const WARNING = /^ws-chat-elements (\S+): <chat-composer> is already registered by version (\S+)\. Load it once\.$/u;

    before(() => {
      const bundle = readFileSync(join(dist, 'ws-chat.js'), 'utf8');
      server.put('/other-version.js', bundle.replaceAll(packageFile.version, '99.0.0'));
    });

    for (const [name, second, version] of [
      ['the same version', SCRIPT, packageFile.version],
      ['another version', '/other-version.js', '99.0.0'],
    ] as const) {
      it(`of ${name} warns once with both versions, and leaves elements and global to the first`, async () => {
        const {page, complaints} = await open(twice(SCRIPT, second));
        assert.equal(complaints.length, 1, complaints.join('\n'));
        assert.deepEqual(WARNING.exec(complaints[0] ?? '')?.slice(1), [version, packageFile.version]);
        assert.ok(await page.evaluate('WsChat === first && called'));
        // Words that are registered with the global must reach the elements.
        await page.getByRole('button', {name: 'SEND'}).waitFor();
        await page.close();
      });
    }

    it('warns once however often the script is run again, as some pages do at each navigation', async () => {
      const {page, complaints} = await open(twice(SCRIPT, SCRIPT) + `<script src="${SCRIPT}"></script>`.repeat(2));
      assert.equal(complaints.length, 1, complaints.join('\n'));
      await page.close();
    });
  });
});
