import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {launch, type Browser} from 'puppeteer-core';
import {findShell} from '../tools/browsers.mjs';
import {BESIDE} from '../tools/load-beside.mjs';
import {dist, packageFile} from './package-info.js';

const chromium = findShell();
const bundle = readFileSync(join(dist, 'ws-chat.js'), 'utf8');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types ws-chat-elements";

/** What a page with these scripts looked like once they had run. */
interface Outcome {
  readonly globals: readonly string[];
  readonly exports: readonly string[];
  readonly isPusherUntouched: boolean;
  readonly isDefined: boolean;
  readonly isRendered: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const SCRIPTS: Readonly<Record<string, string>> = {
  '/before.js': `window.Pusher = 'the page’s own'; window.before = new Set(Object.getOwnPropertyNames(window)); window.before.add('before');`,
  '/ws-chat.js': bundle,
  '/other-version.js': bundle.replaceAll(packageFile.version, '99.0.0'),
};

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const script = SCRIPTS[url.pathname];
    if (script !== undefined) return void response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script);
    const tags = url.searchParams.getAll('script').map((name) => `<script src="/${name}"></script>`);
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('content-security-policy', POLICY);
    response.end(
      `<!doctype html><title>page</title><script src="/before.js"></script>${tags.join('')}<chat-composer></chat-composer>`,
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('dist/ws-chat.js', {skip: chromium === null ? 'Chromium is missing' : false}, () => {
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

  async function load(...scripts: string[]): Promise<Outcome> {
    const page = await browser.newPage();
    const [errors, warnings]: [string[], string[]] = [[], []];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
      if (message.type().startsWith('warn')) warnings.push(message.text());
    });
    const query = new URLSearchParams(scripts.map((name) => ['script', name]));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?${query.toString()}`);
    // A string, as the page's own policy is about the page's scripts and not about the one who drives it.
    const seen = (await page.evaluate(`(async () => {
      const composer = document.querySelector('chat-composer');
      await composer.updateComplete;
      return {
        globals: Object.getOwnPropertyNames(window).filter((name) => !window.before.has(name)),
        exports: Object.keys(window.WsChat),
        isPusherUntouched: window.Pusher === 'the page’s own',
        isDefined: customElements.get('chat-conversation') !== undefined,
        isRendered: (composer.shadowRoot?.childElementCount ?? 0) > 0,
      };
    })()`)) as Omit<Outcome, 'errors' | 'warnings'>;
    await page.close();
    return {...seen, errors, warnings};
  }

  it('adds one global, WsChat, and leaves window.Pusher as it was', async () => {
    const {globals, isPusherUntouched} = await load('ws-chat.js');
    assert.deepEqual(globals, ['WsChat']);
    assert.ok(isPusherUntouched);
  });

  it('holds what the root entry exports, the queue, and nothing else', async () => {
    const root = (await import(join(dist, 'index.js'))) as Record<string, unknown>;
    assert.deepEqual([...(await load('ws-chat.js')).exports].sort(), [...Object.keys(root), 'ready'].sort());
  });

  it('defines and renders the elements under a strict policy that trusts only ours', async () => {
    const {errors, warnings, isDefined, isRendered} = await load('ws-chat.js');
    assert.deepEqual(errors, []);
    assert.deepEqual(warnings, []);
    assert.ok(isDefined);
    assert.ok(isRendered);
  });

  it('may be loaded beside another version, which warns and breaks nothing', async () => {
    const {errors, warnings, isRendered} = await load('ws-chat.js', 'other-version.js');
    // The policy may be created once. Chromium reports the second attempt, and only that.
    assert.deepEqual(
      errors.filter((text) => !/policy .*ws-chat-elements/i.test(text) || text.startsWith('TypeError')),
      [],
    );
    assert.ok(warnings.some((text) => text.includes(packageFile.version) && text.includes('99.0.0')));
    assert.ok(isRendered);
  });

  it('needs nothing beside it to begin with, and names its licences', () => {
    assert.ok(bundle.startsWith(`/*! ws-chat-elements ${packageFile.version} | MIT`));
    assert.doesNotMatch(bundle, /\brequire\s*\(/);
    // Each of them goes to a file that this package brings.
    assert.equal(bundle.match(/\bimport\s*\(/g)?.length, Object.keys(BESIDE).length);
    assert.doesNotMatch(bundle, /createPolicy\(["'`]lit-html/);
    assert.match(bundle, /\/\/# sourceMappingURL=ws-chat\.js\.map\s*$/);
  });
});
