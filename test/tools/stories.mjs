/** Opens every story of a built Storybook in Chromium. A story fails that shows an error, throws, or writes one to the console. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {findBrowser} from './browsers.mjs';

const folder = fileURLToPath(new URL('../../storybook-static', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};

/** @returns {Promise<{address: string, close: () => void}>} */
function serve() {
  const server = createServer(({url}, response) => {
    const {pathname} = new URL(url ?? '/', 'http://localhost');
    // Browsers ask for it whatever the page says.
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const file = join(folder, normalize(pathname));
    if (!existsSync(file) || extname(file) === '') return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      resolve({address: `http://127.0.0.1:${port}`, close: () => server.close()});
    }),
  );
}

/**
 * What goes wrong in a story.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function problemsOf(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url, {waitUntil: 'load'});
  await page
    .waitForSelector('.sb-show-main, .sb-show-errordisplay, .sb-show-nopreview', {state: 'attached', timeout: 30_000})
    .catch(() => problems.push('It does not come up.'));
  // What a story shows may take its server a turn, and its elements a frame.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  if (await page.$('.sb-show-errordisplay, .sb-show-nopreview'))
    problems.push((await page.textContent('#error-message')) ?? 'It fails.');
  await page.close();
  return problems;
}

if (!existsSync(join(folder, 'index.json'))) {
  console.error('There are no stories to open: run `npm run storybook:build` first.');
  process.exit(1);
}
const executablePath = findBrowser('chromium');
if (!executablePath) throw new Error('Chromium is missing.');
const {entries} = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const stories = Object.values(entries).filter(({type}) => type === 'story');
const {address, close} = await serve();
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
let failed = 0;
for (const {id} of stories) {
  const problems = await problemsOf(browser, `${address}/iframe.html?viewMode=story&id=${id}`);
  if (problems.length > 0) failed += 1;
  console.log(`${problems.length > 0 ? 'not ok' : 'ok'} ${id}`);
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
}
await browser.close();
close();
if (process.env['TEST_COUNTS'])
  writeFileSync(process.env['TEST_COUNTS'], JSON.stringify({passed: stories.length - failed, failed}));
process.exitCode = failed > 0 || stories.length === 0 ? 1 : 0;
