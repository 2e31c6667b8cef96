import assert from 'node:assert/strict';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {launch, type Browser} from 'puppeteer-core';
import {findShell} from '../tools/browsers.mjs';
import {BESIDE} from '../tools/load-beside.mjs';
import {dist} from './package-info.js';

const chromium = findShell();
const SHARED = BESIDE['src/client/shared-connection/index.ts'] ?? '';
const FILES = BESIDE['src/elements/composer-files.ts'] ?? '';

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Hands out `dist/`, as a CDN does: from an origin that is not the page's. */
function createCdn(): Server {
  let isLate = true;
  return createServer((request, response) => {
    const file = join(dist, request.url?.replace(/^\/(gone|late)/, '') ?? '');
    response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/javascript');
    if (!existsSync(file) || request.url === `/gone/${SHARED}`) return void response.writeHead(404).end();
    if (request.url === `/late/${FILES}` && isLate) {
      isLate = false;
      return void response.writeHead(503).end();
    }
    response.end(readFileSync(file));
  });
}

describe('the files beside dist/ws-chat.js', {skip: chromium === null ? 'Chromium is missing' : false}, () => {
  const cdn = createCdn();
  const host = createServer((request, response) => {
    const {searchParams} = new URL(request.url ?? '/', 'http://localhost');
    const [type, src, before] = ['type', 'src', 'before'].map((name) => searchParams.get(name) ?? '');
    const script = `${before}<script type="${type}" src="${src}"></script>`;
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>page</title>${script}`);
  });
  let browser: Browser;
  let cdnUrl: string;
  let hostUrl: string;

  before(async () => {
    [cdnUrl, hostUrl] = await Promise.all([listen(cdn), listen(host)]);
    browser = await launch({executablePath: chromium ?? '', headless: true, args: ['--no-sandbox', '--disable-gpu']});
  });

  after(async () => {
    await browser.close();
    for (const server of [cdn, host]) server.close();
  });

  /** Opens a page with the script, behind `markup`, and lets a client there share its connection. */
  async function connectFrom(src: string, type: string, markup = ''): Promise<void> {
    const page = await browser.newPage();
    await page.goto(`${hostUrl}/?${new URLSearchParams({src: `${cdnUrl}${src}`, type, before: markup}).toString()}`);
    const [wsHost, wsPort] = new URL(hostUrl).host.split(':');
    const options = {appKey: 'key', wsHost, wsPort: Number(wsPort), scheme: 'http', userId: 1, shareConnection: true};
    await page.evaluate(`void WsChat.createChatClient(${JSON.stringify(options)}).connect({token: 'token'})`);
  }

  for (const type of ['', 'module']) {
    it(`are found from a page of another origin, the script being ${type || 'classic'}`, async () => {
      const asked = new Promise<void>((resolve) => {
        cdn.on('request', ({url}) => {
          if (url === `/${SHARED}`) resolve();
        });
      });
      const socket = once(host, 'upgrade');
      await connectFrom('/ws-chat.js', type);
      await Promise.all([asked, socket]);
    });
  }

  it('are never looked for where something in the page says that bears the name of `document.currentScript`', async () => {
    const elsewhere = `src="${hostUrl}/elsewhere/"`;
    const asked: (string | undefined)[] = [];
    host.on('request', ({url}) => asked.push(url));
    for (const markup of [
      `<img name="currentScript" ${elsewhere}>`,
      `<form name="currentScript"><img name="src" ${elsewhere}><input name="tagName"></form>`,
    ]) {
      const socket = once(host, 'upgrade');
      await connectFrom('/ws-chat.js', '', markup);
      await socket;
    }
    assert.deepEqual(
      asked.filter((url) => url?.endsWith(SHARED)),
      [],
    );
  });

  it('are done without where they are not', async () => {
    const socket = once(host, 'upgrade');
    await connectFrom('/gone/ws-chat.js', '');
    await socket;
  });

  it('are asked for again where the first answer was none: what attaches files with the next message, and not with each key', async () => {
    let asked = 0;
    cdn.on('request', ({url}) => {
      if (url === `/late/${FILES}`) asked += 1;
    });
    const page = await browser.newPage();
    const before = '<chat-composer accept="*/*"></chat-composer>';
    await page.goto(`${hostUrl}/?${new URLSearchParams({src: `${cdnUrl}/late/ws-chat.js`, before}).toString()}`);
    await page.evaluate(`document.querySelector('chat-composer').updateComplete`);
    assert.equal(asked, 1);
    await page.evaluate(`document.querySelector('chat-composer').focus()`);
    await page.keyboard.type('hello');
    await page.evaluate(`document.querySelector('chat-composer').updateComplete`);
    assert.equal(asked, 1);
    await page.keyboard.press('Enter');
    const button = await page.evaluate(`(async () => {
      const composer = document.querySelector('chat-composer');
      await composer.updateComplete;
      return !!composer.shadowRoot.querySelector('[part=attach-button]');
    })()`);
    assert.deepEqual([asked, button], [2, true]);
  });

  it('are all there, and ask for no other file', () => {
    for (const name of Object.values(BESIDE)) {
      const code = readFileSync(join(dist, name), 'utf8');
      assert.doesNotMatch(code, /\bimport\b\s*[({"'*\w]|\brequire\s*\(/, name);
    }
  });
});
