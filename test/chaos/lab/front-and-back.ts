import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {requireBrowser} from '../../tools/browsers.mjs';
import type {World} from '../scenario.js';
import type {LabDriver} from './driver.js';
import {addressOfLab, Lab, POLLING} from './lab.js';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/**
 * A lab in a tab that can be hidden behind another one, by the browser itself: with its own events and slow timers. Playwright
 * keeps every page it drives in front, so this browser is driven by puppeteer.
 */
export class FrontAndBack {
  readonly lab: Lab;
  readonly #page: Page;
  readonly #other: Page;

  private constructor(browser: Browser, page: Page, other: Page, uncaught: readonly string[]) {
    this.#page = page;
    this.#other = other;
    this.lab = new Lab(createDriver(browser, page, uncaught));
  }

  static async open(world: Pick<World, 'openTab'>): Promise<FrontAndBack> {
    const tab = await world.openTab();
    const executablePath = requireBrowser('chromium');
    const browser = await puppeteer.launch({executablePath, headless: true, args: FLAGS});
    const [other, page] = [await browser.newPage(), await browser.newPage()];
    const uncaught: string[] = [];
    page.on('pageerror', (error) => uncaught.push(String(error)));
    await page.evaluateOnNewDocument('globalThis.__name = (fn) => fn;');
    await page.goto(addressOfLab(tab.modules));
    await tab.close();
    await page.waitForFunction(() => 'lab' in globalThis);
    return new FrontAndBack(browser, page, other, uncaught);
  }

  /** Resolves once the page knows that nobody sees it. */
  async hide(): Promise<void> {
    await this.#other.bringToFront();
    await this.#becomes('hidden');
  }

  async show(): Promise<void> {
    await this.#page.bringToFront();
    await this.#becomes('visible');
  }

  close(): Promise<void> {
    return this.lab.close();
  }

  async #becomes(state: DocumentVisibilityState): Promise<void> {
    await this.#page.waitForFunction((wanted) => document.visibilityState === wanted, {polling: POLLING}, state);
  }
}

function createDriver(browser: Browser, page: Page, uncaught: readonly string[]): LabDriver {
  return {
    uncaught,
    evaluate: (fn, argument) => page.evaluate(fn as never, argument),
    poll: async (fn, argument, timeout) => {
      const found = page.waitForFunction(fn as never, {timeout, polling: POLLING}, argument);
      return found.then(
        (handle: {jsonValue(): Promise<unknown>}) => handle.jsonValue() as never,
        () => null,
      );
    },
    close: () => browser.close(),
  };
}
