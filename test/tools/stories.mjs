/**
 * Opens every story of a built Storybook in Chromium. A story fails that shows an error, throws, or writes one to the console, or
 * whose play function fails, or in which axe finds something.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {findBrowser} from './browsers.mjs';
import {folder, serveStories} from './story-server.mjs';

/** What Storybook says of the story once it is over, and nothing before. Runs in the page. @returns {string[] | undefined} */
function outcome() {
  const channel = Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
  if (document.querySelector('.sb-show-errordisplay, .sb-show-nopreview'))
    return [document.querySelector('#error-message')?.textContent ?? 'It fails.'];
  const [end] = channel?.last('storyFinished') ?? [];
  if (!end) return undefined;
  const thrown = ['playFunctionThrewException', 'unhandledErrorsWhilePlaying', 'storyThrewException']
    .flatMap((name) => channel.last(name) ?? [])
    .flat()
    .map((error) => String(error?.message ?? error));
  const found = end.reporters
    .filter((/** @type {any} */ {status}) => status === 'failed')
    .flatMap((/** @type {any} */ {type, result}) =>
      (result?.violations ?? [{id: type, nodes: []}]).map(
        (/** @type {any} */ {id, help, nodes}) =>
          `${id}: ${help ?? ''} ${nodes.map((/** @type {any} */ {html}) => html).join(' ')}`,
      ),
    );
  return [...thrown, ...found, ...(end.status === 'error' && thrown.length + found.length === 0 ? ['It ends in an error.'] : [])];
}

/**
 * What goes wrong in a story.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 */
async function problemsOf(context, url) {
  const page = await context.newPage();
  // The stories share a browser's cache, but not what they store.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {origin: new URL(url).origin, storageTypes: 'indexeddb,local_storage'});
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url, {waitUntil: 'load'});
  // The story has been rendered, its play function has run, and axe has looked at it.
  const end = await page.waitForFunction(outcome, undefined, {timeout: 60_000}).catch(() => null);
  if (end === null) problems.push('It does not come to an end.');
  else problems.push(...((await end.jsonValue()) ?? []));
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
const {address, close} = await serveStories();
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
// What is half faded in has the contrast of half a colour.
const context = await browser.newContext({reducedMotion: 'reduce'});
let failed = 0;
for (const {id} of stories) {
  const problems = await problemsOf(context, `${address}/iframe.html?viewMode=story&id=${id}`);
  if (problems.length > 0) failed += 1;
  console.log(`${problems.length > 0 ? 'not ok' : 'ok'} ${id}`);
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
}
await browser.close();
close();
if (process.env['TEST_COUNTS'])
  writeFileSync(process.env['TEST_COUNTS'], JSON.stringify({passed: stories.length - failed, failed}));
process.exitCode = failed > 0 || stories.length === 0 ? 1 : 0;
