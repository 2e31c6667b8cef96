import assert from 'node:assert/strict';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join, normalize, relative} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {chromium, type Browser, type Page} from 'playwright-core';
import {build} from 'vite';
import {Backend, type Account} from '../e2e/backend/backend.js';
import {findShell} from '../tools/browsers.mjs';
import {freePort} from '../tools/processes.mjs';
import {root} from './package-info.js';

const chromiumPath = findShell();
/** Whom each host signs in, and which conversation it shows. */
const EMAIL = 'ali@example.com';
const CONVERSATION = '1';

/** A page of a host. One with a framework repeats what came in, which shows that it heard the event, and hides the chat and shows it. */
interface Host {
  readonly name: string;
  readonly page: (outDir: string) => Promise<string>;
  readonly hasFramework: boolean;
  readonly skip: string | false;
}

const withVite = (name: string): Host => ({
  name,
  page: (outDir) => buildWithVite(`demo/${name}`, outDir),
  hasFramework: true,
  skip: false,
});

/** A host with packages of its own, which is built where they are installed. */
const builtAlready = (name: string): Host => {
  const page = `demo/${name}/dist/index.html`;
  const skip = existsSync(join(root, page)) ? false : `Build it first: npm ci && npm run build in demo/${name}`;
  return {name, page: () => Promise.resolve(page), hasFramework: true, skip};
};

const HOSTS: readonly Host[] = [
  {name: 'script-tag', page: () => Promise.resolve('demo/script-tag/index.html'), hasFramework: false, skip: false},
  ...['react', 'vue', 'svelte', 'solid'].map(withVite),
  ...['react-18', 'angular', 'angular-22'].map(builtAlready),
];

async function buildWithVite(folder: string, outDir: string): Promise<string> {
  const configFile = join(root, folder, 'vite.config.ts');
  await build({configFile, logLevel: 'error', build: {outDir, emptyOutDir: true}});
  return relative(root, join(outDir, 'index.html'));
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Serves the files of the repository. */
function serveFiles(): Promise<Server> {
  const server = createServer(({url}, response) => {
    const file = join(root, normalize(new URL(url ?? '/', 'http://localhost').pathname));
    const type = TYPES[extname(file)];
    if (type === undefined || !existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', type).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What the page complains about. A browser that looks for an icon does not count. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !line.location().url.endsWith('/favicon.ico')) complaints.push(line.text());
  });
  return complaints;
}

/** Takes the chat out of the page and brings it back, slowly and faster than it can load. */
async function hideAndShow(page: Page, news: string): Promise<void> {
  const button = page.getByRole('button', {name: /the chat$/u});
  await button.click();
  await page.locator('chat-conversation').waitFor({state: 'detached'});
  await button.click();
  await page.locator('chat-message', {hasText: news}).waitFor();
  for (let click = 0; click < 20; click += 1) await button.evaluate((shown: HTMLElement) => shown.click());
  await page.locator('chat-message', {hasText: news}).waitFor();
  assert.equal(await page.locator('chat-conversation').count(), 1);
  assert.equal(await page.locator('output').textContent(), 'connected');
}

/** Sees that what is written is the host's model, and stays over KeepAlive. */
async function keepAsModel(page: Page): Promise<void> {
  const button = page.getByRole('button', {name: /the chat$/u});
  await page.getByText('0 characters').waitFor();
  await page.getByRole('textbox', {name: 'Write a message'}).fill('Salom');
  await page.getByText('5 characters').waitFor();
  await button.click();
  await page.locator('chat-composer').waitFor({state: 'detached'});
  await button.click();
  assert.equal(await page.getByRole('textbox', {name: 'Write a message'}).inputValue(), 'Salom');
}

describe('the demo hosts', {skip: chromiumPath === null ? 'Chromium is missing' : false}, () => {
  let backend: Backend;
  let files: Server;
  let browser: Browser;
  let vali: Account;
  let folder: string;

  before(async () => {
    mkdirSync(join(root, '.cache'), {recursive: true});
    folder = mkdtempSync(join(root, '.cache/demo-hosts-'));
    backend = new Backend({server: 'embedded', port: await freePort(), reverbPort: 0});
    await backend.start();
    vali = await backend.signIn('vali@example.com');
    files = await serveFiles();
    browser = await chromium.launch({executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu']});
  });

  after(async () => {
    await browser.close();
    files.close();
    await backend.dispose();
    rmSync(folder, {recursive: true, force: true});
  });

  for (const {name, page: makePage, hasFramework, skip} of HOSTS) {
    it(`${name} shows what somebody else writes, and sends`, {skip}, async () => {
      const path = await makePage(join(folder, name));
      const page = await browser.newPage();
      const complaints = complaintsOf(page);
      const sockets: string[] = [];
      page.on('websocket', (socket) => sockets.push(socket.url()));
      const {port} = files.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/${path}?server=${encodeURIComponent(backend.url)}&user=${EMAIL}`);
      await page.locator('output', {hasText: /^connected$/}).waitFor();
      await page.locator('chat-message').last().waitFor();

      const news = `Hello, ${name} of ${crypto.randomUUID()}`;
      await backend.write(vali, CONVERSATION, news);
      await page.locator('chat-message', {hasText: news}).waitFor();
      if (hasFramework) await page.locator('header', {hasText: `Just in: ${news}`}).waitFor();

      const answer = `Answer from ${name}`;
      const stored = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 201);
      await page.getByRole('textbox', {name: 'Write a message'}).fill(answer);
      await page.keyboard.press('Enter');
      await stored;
      await page.locator('chat-message', {hasText: answer}).waitFor();
      assert.equal(await page.locator('chat-message', {hasText: answer}).count(), 1);
      assert.equal(await page.getByRole('textbox', {name: 'Write a message'}).inputValue(), '');
      if (hasFramework) await hideAndShow(page, news);
      assert.equal(sockets.length, 1);
      if (name === 'vue') await keepAsModel(page);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
});
