import {BrowserPage} from '../e2e/browser/browser-page.js';
import type {Key} from '../e2e/browser/driver.js';
import {inPage} from '../e2e/browser/in-page.js';
import {PATIENCE, type Holdings, type TabDriver} from './browser/driver.js';

/** What `poll` goes by where nothing else is said (ms). */
const POLLING = 100;

/** The page in a tab, the same to a scenario whatever the engine. Functions run in the page, and take and give JSON only. */
export class Page {
  readonly #driver: TabDriver;
  readonly #hand: BrowserPage;

  constructor(driver: TabDriver) {
    this.#driver = driver;
    this.#hand = new BrowserPage(driver);
  }

  get uncaught(): readonly string[] {
    return this.#driver.uncaught;
  }

  goto(url: string): Promise<void> {
    return this.#driver.goto(url);
  }

  reload(): Promise<void> {
    return this.#driver.reload();
  }

  async evaluate<Argument, Result>(fn: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result> {
    return (await this.#driver.run(callOf(String(fn), argument))) as Result;
  }

  /** What `fn` returned once that was something true; `null` after `timeout` ms. */
  async poll<Argument, Result>(
    fn: (argument: Argument) => Result | null | false | undefined,
    argument: Argument,
    timeout: number,
    polling = POLLING,
  ): Promise<Result | null> {
    const source = `async (argument) => {
      const end = performance.now() + ${timeout};
      for (;;) {
        const found = (${String(fn)})(argument);
        if (found || performance.now() > end) return found || null;
        await new Promise((resolve) => setTimeout(resolve, ${polling}));
      }
    }`;
    return (await this.#driver.wait(callOf(source, argument))) as Result | null;
  }

  /** Waits until `fn` returns something true, and returns that. Rejects after `timeout` ms, saying what was waited for. */
  async until<Argument, Result>(
    what: string,
    fn: (argument: Argument) => Result | null | false | undefined,
    argument: Argument,
    {timeout = PATIENCE, polling = POLLING} = {},
  ): Promise<Result> {
    const found = await this.poll(fn, argument, timeout, polling);
    if (found === null) throw new Error(`Waited ${timeout} ms in vain until ${what}.`);
    return found;
  }

  /** Clicks the middle of the first element that matches, through open shadow roots, once it is there. */
  click(selector: string): Promise<void> {
    return this.#hand.click(selector);
  }

  type(text: string): Promise<void> {
    return this.#driver.type(text);
  }

  press(key: Key): Promise<void> {
    return this.#driver.press(key);
  }

  front(): Promise<void> {
    return this.#driver.front();
  }

  setOffline(offline: boolean): Promise<void> {
    return this.#driver.setOffline(offline);
  }

  /** What the engine holds for it; `null` where it does not tell. */
  measure(): Promise<Holdings> | null {
    return this.#driver.measure?.() ?? null;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

function callOf(source: string, argument: unknown): string {
  return inPage(`(${source})(${JSON.stringify(argument)})`);
}
