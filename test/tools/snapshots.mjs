/**
 * Compares the main stories of a built Storybook with the pictures in `test/snapshots/`, or, with `--update`, takes them anew.
 * A picture is worth something only for the browser, the system and the fonts that it was taken with: on others this says so,
 * loudly, and compares nothing.
 */
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';
import {requireBrowser} from './browsers.mjs';
import {folder as storybook, serveStories} from './story-server.mjs';

const folder = fileURLToPath(new URL('../snapshots', import.meta.url));
const TAKEN_BY = join(folder, 'taken-by.json');
/** Where pictures go that differ. */
const DIFFERING = fileURLToPath(new URL('../../.cache/snapshots', import.meta.url));

/** Of the area, how much may differ; and of a pixel, from 0 to 255, after each four have been made one: edges of letters are not the matter. */
const ALLOWED = {share: 0.004, difference: 40};
/** What the clocks of the stories show. */
const NOW = new Date('2026-01-16T09:42:00Z');

const PHONE = {width: 375, height: 720};
const WIDE = {width: 720, height: 720};
const CONVERSATION = 'elements-chat-conversation--with-messages';

/**
 * What a picture is taken of. `shows`: a selector, through shadow roots, of what comes by a timer of the page; without it, all is there once the
 * story has finished.
 * @typedef {{name: string, story: string, shows?: string, viewport?: {width: number, height: number}, globals?: string, forcedColors?: 'active'}} Snapshot
 */

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
  {
    name: 'connection-lost',
    story: 'elements-chat-conversation--connection-lost',
    shows: '[part=banner]',
    globals: 'scheme:light',
    viewport: PHONE,
  },
  {name: 'empty', story: 'elements-chat-conversation--empty', globals: 'scheme:light'},
  {name: 'cannot-be-loaded', story: 'elements-chat-conversation--cannot-be-loaded', globals: 'scheme:light'},
  {name: 'message-failed', story: 'elements-chat-message--failed', globals: 'scheme:light'},
];

/** @typedef {{browser: string, platform: string, fonts: string}} Machine */

/** What this machine takes pictures with. @param {string} version @returns {Machine} */
const takenBy = (version) => ({
  browser: `Chromium ${version.split('.')[0]}`,
  platform: `${process.platform} ${process.arch}`,
  fonts: fingerprintOfFonts(),
});

/** The same for the same fonts, or `unknown` where nobody can tell which there are. */
function fingerprintOfFonts() {
  try {
    const env = {...process.env, LC_ALL: 'C'};
    const list = execFileSync('fc-list', [':', 'family', 'style', 'fontversion'], {encoding: 'utf8', env});
    const fonts = list.split('\n').filter(Boolean).sort();
    return createHash('sha256').update(fonts.join('\n')).digest('hex').slice(0, 16);
  } catch {
    return 'unknown';
  }
}

/** Whether what one machine draws may be held against the other. @param {Partial<Machine>} one @param {Machine} other */
function isComparable(one, other) {
  return (
    other.fonts !== 'unknown' && one.browser === other.browser && one.platform === other.platform && one.fonts === other.fonts
  );
}

/** @param {Partial<Machine>} machine */
const describe = ({browser, platform, fonts}) => `${browser} on ${platform} with the fonts ${fonts}`;

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

/** Waits until every element has rendered, with what it loads on first use. Runs in the page. @param {Document | ShadowRoot} root */
async function rendered(root = document) {
  for (const element of root.querySelectorAll('*')) {
    await Reflect.get(element, 'updateComplete');
    if (element.shadowRoot) await rendered(element.shadowRoot);
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {Snapshot} snapshot
 */
async function take(browser, address, {story, shows, viewport = WIDE, globals = '', forcedColors}) {
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
  if (shows) await page.locator(shows).waitFor();
  await page.evaluate(rendered, undefined);
  await page.evaluate('document.fonts.ready');
  // Time stands still, so nothing is ever seen, and the line that tells of unread messages would come over them and stay.
  await page.addStyleTag({content: 'chat-conversation::part(message-list__hint) { visibility: hidden; }'});
  const picture = await page.screenshot({caret: 'hide'});
  await context.close();
  return picture;
}

/**
 * @param {{update: boolean}} options
 * @returns {Promise<{passed: number, failed: number, skipped: number, leftOut: string[]}>}
 */
async function run({update}) {
  const executablePath = requireBrowser('chromium', {shell: true});
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none']});
  const here = takenBy(browser.version());
  const there = existsSync(TAKEN_BY) ? JSON.parse(readFileSync(TAKEN_BY, 'utf8')) : {};
  if (!update && !isComparable(there, here)) {
    await browser.close();
    const names = SNAPSHOTS.map(({name}) => name).join(', ');
    const reason = `pictures of stories (${names}): they are of ${describe(there)}, and this is ${describe(here)}`;
    return {passed: 0, failed: 0, skipped: SNAPSHOTS.length, leftOut: [reason]};
  }
  const {address, close} = await serveStories();
  const page = await browser.newPage();
  let failed = 0;
  mkdirSync(folder, {recursive: true});
  rmSync(DIFFERING, {recursive: true, force: true});
  for (const snapshot of SNAPSHOTS) {
    const picture = await take(browser, address, snapshot);
    const file = join(folder, `${snapshot.name}.png`);
    if (update) writeFileSync(file, picture);
    const share = existsSync(file) ? await shareOf(page, readFileSync(file), picture) : 1;
    const isAlike = share <= ALLOWED.share;
    if (!isAlike) {
      failed += 1;
      mkdirSync(DIFFERING, {recursive: true});
      writeFileSync(join(DIFFERING, `${snapshot.name}.png`), picture);
    }
    console.log(`${isAlike ? 'ok' : 'not ok'} ${snapshot.name} (${(share * 100).toFixed(2)} % differs)`);
  }
  if (update) writeFileSync(TAKEN_BY, `${JSON.stringify(here, null, 2)}\n`);
  await browser.close();
  close();
  return {passed: SNAPSHOTS.length - failed, failed, skipped: 0, leftOut: []};
}

/** @param {import('playwright-core').Page} page @param {Buffer} before @param {Buffer} after */
function shareOf(page, before, after) {
  const pictures = {before: before.toString('base64'), after: after.toString('base64'), difference: ALLOWED.difference};
  return page.evaluate(compare, pictures);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!existsSync(join(storybook, 'index.json'))) {
    console.error('There are no stories to look at: run `npm run storybook:build` first.');
    process.exit(1);
  }
  const counts = await run({update: process.argv.includes('--update')});
  if (process.env['TEST_COUNTS']) writeFileSync(process.env['TEST_COUNTS'], JSON.stringify(counts));
  for (const reason of counts.leftOut) console.log(`!!! LEFT OUT: ${reason}.`);
  if (counts.failed > 0) {
    console.log(`What is shown now lies in ${relative(process.cwd(), DIFFERING)}/, and what was shown in test/snapshots/.`);
    console.log('If it is right: node test/tools/snapshots.mjs --update');
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
