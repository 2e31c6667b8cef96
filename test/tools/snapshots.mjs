/**
 * Compares the main stories of a built Storybook with the pictures in `test/snapshots/`, or, with `--update`, takes them anew.
 * A picture is worth something only for the browser and the system that took it: on others it says so, loudly, and compares nothing.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';
import {findBrowser} from './browsers.mjs';
import {serveStories} from './story-server.mjs';

const folder = fileURLToPath(new URL('../snapshots', import.meta.url));
const TAKEN_BY = join(folder, 'taken-by.json');

/** Of the area, how much may differ; and of a pixel, from 0 to 255, after each four have been made one: edges of letters are not the matter. */
const ALLOWED = {share: 0.004, difference: 40};
/** What the clocks of the stories show. */
const NOW = new Date('2026-01-16T09:42:00Z');

const PHONE = {width: 375, height: 720};
const WIDE = {width: 720, height: 720};
const CONVERSATION = 'elements-chat-conversation--with-messages';

/** @typedef {{name: string, story: string, viewport?: {width: number, height: number}, globals?: string, forcedColors?: 'active'}} Snapshot */

/** @type {readonly Snapshot[]} */
export const SNAPSHOTS = [
  {name: 'conversation-light', story: CONVERSATION, globals: 'scheme:light'},
  {name: 'conversation-dark', story: CONVERSATION, globals: 'scheme:dark'},
  {name: 'conversation-rtl', story: CONVERSATION, globals: 'scheme:light;locale:ar'},
  {name: 'conversation-phone', story: CONVERSATION, globals: 'scheme:light', viewport: PHONE},
  {name: 'conversation-phone-dark-rtl', story: CONVERSATION, globals: 'scheme:dark;locale:ar', viewport: PHONE},
  {name: 'conversation-forced-colours', story: CONVERSATION, forcedColors: 'active'},
  {name: 'conversation-business', story: CONVERSATION, globals: 'scheme:light;preset:business'},
  {name: 'conversation-playful', story: CONVERSATION, globals: 'scheme:light;preset:playful'},
  {name: 'connection-lost', story: 'elements-chat-conversation--connection-lost', globals: 'scheme:light', viewport: PHONE},
  {name: 'empty', story: 'elements-chat-conversation--empty', globals: 'scheme:light'},
  {name: 'cannot-be-loaded', story: 'elements-chat-conversation--cannot-be-loaded', globals: 'scheme:light'},
  {name: 'message-failed', story: 'elements-chat-message--failed', globals: 'scheme:light'},
];

/** What this machine takes pictures with. @param {string} version */
const takenBy = (version) => ({browser: `Chromium ${version.split('.')[0]}`, platform: `${process.platform} ${process.arch}`});

/**
 * How much of two pictures differs, as a share of the area. Runs in the page.
 * @param {{before: string, after: string, difference: number}} pictures
 */
async function compare({before, after, difference}) {
  const [a, b] = await Promise.all(
    [before, after].map(async (data) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      return {width: picture.width, height: picture.height, picture};
    }),
  );
  if (!a || !b || a.width !== b.width || a.height !== b.height) return 1;
  const [width, height] = [Math.floor(a.width / 2), Math.floor(a.height / 2)];
  const pixels = [a, b].map(({picture}) => {
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.drawImage(picture, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  });
  let differing = 0;
  for (let at = 0; at < width * height * 4; at += 4) {
    const isOther = [0, 1, 2].some(
      (channel) => Math.abs((pixels[0]?.[at + channel] ?? 0) - (pixels[1]?.[at + channel] ?? 0)) > difference,
    );
    if (isOther) differing += 1;
  }
  return differing / (width * height);
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {Snapshot} snapshot
 */
async function take(browser, address, {story, viewport = WIDE, globals = '', forcedColors}) {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...(forcedColors && {forcedColors}),
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(`${address}/iframe.html?viewMode=story&id=${story}&globals=${globals}`, {waitUntil: 'load'});
  await page.waitForFunction("globalThis.__STORYBOOK_ADDONS_CHANNEL__?.last('storyFinished')", undefined, {timeout: 60_000});
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({caret: 'hide'});
  await context.close();
  return picture;
}

/** @param {{update: boolean}} options */
async function run({update}) {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('Chromium is missing.');
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none']});
  const here = takenBy(browser.version());
  const there = existsSync(TAKEN_BY) ? JSON.parse(readFileSync(TAKEN_BY, 'utf8')) : {};
  if (!update && (there.browser !== here.browser || there.platform !== here.platform)) {
    console.log(
      `!!! LEFT OUT: the pictures are of ${there.browser} on ${there.platform}, and this is ${here.browser} on ${here.platform}.`,
    );
    await browser.close();
    return {passed: 0, failed: 0};
  }
  const {address, close} = await serveStories();
  const page = await browser.newPage();
  let failed = 0;
  mkdirSync(folder, {recursive: true});
  for (const snapshot of SNAPSHOTS) {
    const picture = await take(browser, address, snapshot);
    const file = join(folder, `${snapshot.name}.png`);
    if (update) writeFileSync(file, picture);
    const before = existsSync(file) ? readFileSync(file).toString('base64') : '';
    const share = before
      ? await page.evaluate(compare, {before, after: picture.toString('base64'), difference: ALLOWED.difference})
      : 1;
    const isAlike = share <= ALLOWED.share;
    if (!isAlike) {
      failed += 1;
      mkdirSync(join(folder, '../../.cache/snapshots'), {recursive: true});
      writeFileSync(join(folder, '../../.cache/snapshots', `${snapshot.name}.png`), picture);
    }
    console.log(`${isAlike ? 'ok' : 'not ok'} ${snapshot.name} (${(share * 100).toFixed(2)} % differs)`);
  }
  if (update) writeFileSync(TAKEN_BY, `${JSON.stringify(here, null, 2)}\n`);
  await browser.close();
  close();
  return {passed: SNAPSHOTS.length - failed, failed};
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const counts = await run({update: process.argv.includes('--update')});
  if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify(counts));
  if (counts.failed > 0)
    console.log('What is shown now lies in .cache/snapshots/. If it is right: node test/tools/snapshots.mjs --update');
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
