import type {Driver, Key} from './driver.js';
import {inPage} from './in-page.js';
import {createPageTools, type PageTools} from './page-tools.js';

/** How long anything may take that a person would wait for (ms). */
const DEADLINE = 30_000;

/** A function that runs in the page. It gets the tools, and arguments that survive JSON; so must its result. */
export type PageFunction<Args extends readonly unknown[], Result> = (dom: PageTools, ...args: Args) => Result | Promise<Result>;

/** A page in a real browser, the same to a test whatever the engine. */
export class BrowserPage {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  goto(url: string): Promise<void> {
    return this.#driver.goto(url);
  }

  async evaluate<Args extends readonly unknown[], Result>(fn: PageFunction<Args, Result>, ...args: Args): Promise<Result> {
    return (await this.#driver.run(callOf(String(fn), args))) as Result;
  }

  /**
   * Waits until `fn` returns something true, and returns that. It is asked anew whenever the page is about to be drawn.
   * Rejects after `deadline` ms, saying what was waited for and what `fn` returned or threw last.
   */
  async waitFor<Args extends readonly unknown[], Result>(
    what: string,
    fn: PageFunction<Args, Result>,
    args: Args,
    deadline: number = DEADLINE,
  ): Promise<Result> {
    const source = `async (dom, ...args) => {
      const end = performance.now() + ${deadline};
      for (;;) {
        let last;
        try {
          last = await (${String(fn)})(dom, ...args);
          if (last) return {value: last};
        } catch (error) {
          last = String(error);
        }
        if (performance.now() > end) return {last};
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }`;
    const answer = (await this.#driver.run(callOf(source, args))) as {value?: Result; last?: unknown};
    if (answer.value) return answer.value;
    throw new Error(`Waited ${deadline} ms in vain until ${what}. Last: ${JSON.stringify(answer.last)}`);
  }

  /** Clicks the middle of the first element that matches, through open shadow roots, once it is there. */
  async click(selector: string, scope?: string): Promise<void> {
    const point = await this.waitFor(
      `${selector} can be clicked`,
      (dom, wanted: string, within: string | null) => {
        const element = dom.all(wanted, within ?? undefined).find(dom.visible);
        element?.scrollIntoView({block: 'nearest'});
        const box = element?.getBoundingClientRect();
        return box && {x: box.x + box.width / 2, y: box.y + box.height / 2};
      },
      [selector, scope ?? null],
    );
    await this.#driver.clickAt(point!.x, point!.y);
  }

  /** Types with real keys into whatever has the focus. */
  type(text: string): Promise<void> {
    return this.#driver.type(text);
  }

  press(key: Key): Promise<void> {
    return this.#driver.press(key);
  }

  screenshot(): Promise<Buffer> {
    return this.#driver.screenshot();
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

function callOf(source: string, args: readonly unknown[]): string {
  return inPage(`(${source})((${String(createPageTools)})(), ...${JSON.stringify(args)})`);
}
