/**
 * Opens every story of a built Storybook in Chromium. A story fails that shows an error, throws, or writes one to the console, or
 * whose play function fails, or in which axe finds something, or that offers a control it does nothing with.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {requireBrowser} from './browsers.mjs';
import {folder, serveStories} from './story-server.mjs';

const THROWN = ['playFunctionThrewException', 'unhandledErrorsWhilePlaying', 'storyThrewException'];

/** Turns to a story, as a click in the catalog does. Runs in the page. @param {{id: string, events: readonly string[]}} arg */
function turnTo({id, events}) {
  const channel = Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
  // What was said of the story before is no news of this one.
  Reflect.set(globalThis, 'heardBefore', new Map(events.map((name) => [name, channel.last(name)])));
  channel.emit('setCurrentStory', {storyId: id, viewMode: 'story'});
}

/**
 * What Storybook says of the story once it is over, and nothing before. Runs in the page.
 * @param {{id: string, events: readonly string[]}} arg
 * @returns {string[] | undefined}
 */
function outcome({id, events}) {
  const channel = Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
  const before = Reflect.get(globalThis, 'heardBefore');
  if (document.querySelector('.sb-show-errordisplay, .sb-show-nopreview'))
    return [document.querySelector('#error-message')?.textContent ?? 'It fails.'];
  const [end] = channel?.last('storyFinished') ?? [];
  if (end?.storyId !== id) return undefined;
  const thrown = events
    .map((name) => channel.last(name))
    .filter((said, index) => said && said !== before?.get(events[index]))
    .flat(2)
    .map((error) => String(error?.message ?? error));
  const found = end.reporters
    .filter((/** @type {any} */ {status}) => status === 'failed')
    .flatMap((/** @type {any} */ {type, result}) =>
      (result?.violations ?? [{id: type, nodes: []}]).map(
        (/** @type {any} */ {id: rule, help, nodes}) =>
          `${rule}: ${help ?? ''} ${nodes.map((/** @type {any} */ {html}) => html).join(' ')}`,
      ),
    );
  const [{argTypes, initialArgs}] = channel.last('storyPrepared');
  // The story of the theme takes whatever is named.
  const idle = Object.keys(id.startsWith('elements-') ? argTypes : {})
    .filter((name) => argTypes[name].control && !argTypes[name].control.disable && !(name in initialArgs))
    .map((name) => `The control for ${name} does nothing.`);
  const ends = end.status === 'error' && thrown.length + found.length === 0 ? ['It ends in an error.'] : [];
  return [...thrown, ...found, ...idle, ...ends];
}

/**
 * What goes wrong in a story. The next one is shown in the same page, as in the catalog: a page of its own for each would take the
 * browser six times as long. After one that fails, whatever it has left behind goes with its page.
 */
class Visitor {
  #context;
  #address;
  /** @type {string[]} */
  #problems = [];
  /** @type {import('playwright-core').Page | undefined} */
  #page;

  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {string} address
   */
  constructor(context, address) {
    this.#context = context;
    this.#address = address;
  }

  /** @param {string} id */
  async problemsOf(id) {
    this.#problems = [];
    if (this.#page) await this.#page.evaluate(turnTo, {id, events: THROWN});
    else this.#page = await this.#open(id);
    // The story has been rendered, its play function has run, and axe has looked at it.
    const end = await this.#page.waitForFunction(outcome, {id, events: THROWN}, {timeout: 60_000}).catch(() => null);
    if (end === null) this.#problems.push('It does not come to an end.');
    else this.#problems.push(...((await end.jsonValue()) ?? []));
    if (this.#problems.length > 0) {
      await this.#page.close();
      this.#page = undefined;
    }
    return this.#problems;
  }

  /** @param {string} id */
  async #open(id) {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => this.#problems.push(error.stack ?? error.message));
    page.on('console', (message) => message.type() === 'error' && this.#problems.push(message.text()));
    await page.goto(`${this.#address}/iframe.html?viewMode=story&id=${id}`, {waitUntil: 'load'});
    return page;
  }
}

if (!existsSync(join(folder, 'index.json'))) {
  console.error('There are no stories to open: run `npm run storybook:build` first.');
  process.exit(1);
}
const executablePath = requireBrowser('chromium', {shell: true});
const {entries} = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const stories = Object.values(entries).filter(({type}) => type === 'story');
const {address, close} = await serveStories();
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
// What is half faded in has the contrast of half a colour.
const context = await browser.newContext({reducedMotion: 'reduce'});
const visitor = new Visitor(context, address);
let failed = 0;
for (const {id} of stories) {
  const problems = await visitor.problemsOf(id);
  if (problems.length > 0) failed += 1;
  console.log(`${problems.length > 0 ? 'not ok' : 'ok'} ${id}`);
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
}
await browser.close();
close();
if (process.env['TEST_COUNTS'])
  writeFileSync(process.env['TEST_COUNTS'], JSON.stringify({passed: stories.length - failed, failed}));
process.exitCode = failed > 0 || stories.length === 0 ? 1 : 0;
