import puppeteer, {type Page as PuppeteerPage} from 'puppeteer-core';
import {requireBrowser} from '../../tools/browsers.mjs';
import {driveTab} from '../browser/firefox.js';
import {Page} from '../page.js';
import type {World} from '../scenario.js';
import {addressOfLab, Lab} from './lab.js';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/**
 * A lab in a tab that can be hidden behind another one, by the browser itself: with its own events and slow timers. Playwright
 * keeps every page it drives in front, so this browser is driven by puppeteer.
 */
export class FrontAndBack {
  readonly lab: Lab;
  readonly #page: Page;
  readonly #own: PuppeteerPage;
  readonly #other: PuppeteerPage;

  private constructor(page: Page, own: PuppeteerPage, other: PuppeteerPage) {
    this.#page = page;
    this.#own = own;
    this.#other = other;
    this.lab = new Lab(page);
  }

  static async open({browser: engine, openTab}: Pick<World, 'browser' | 'openTab'>): Promise<FrontAndBack> {
    const tab = await openTab();
    const name = engine === 'firefox' ? 'firefox' : 'chrome';
    const executablePath = requireBrowser(engine);
    const browser = await puppeteer.launch({
      browser: name,
      executablePath,
      headless: true,
      protocolTimeout: 0,
      args: name === 'chrome' ? FLAGS : [],
    });
    const [other, own] = [await browser.newPage(), await browser.newPage()];
    const page = new Page(await driveTab(own, () => browser.close()));
    await page.goto(addressOfLab(tab.modules));
    await tab.close();
    await page.until('the lab is open', () => 'lab' in globalThis, null);
    return new FrontAndBack(page, own, other);
  }

  /** Resolves once the page knows that nobody sees it. */
  async hide(): Promise<void> {
    await this.#other.bringToFront();
    await this.#becomes('hidden');
  }

  async show(): Promise<void> {
    await this.#own.bringToFront();
    await this.#becomes('visible');
  }

  close(): Promise<void> {
    return this.lab.close();
  }

  async #becomes(state: DocumentVisibilityState): Promise<void> {
    await this.#page.until(`it is ${state}`, (wanted) => document.visibilityState === wanted, state);
  }
}
