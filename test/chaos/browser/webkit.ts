import {setTimeout as pause} from 'node:timers/promises';
import type {Client} from 'webdriver';
import type {Driver} from '../../e2e/browser/driver.js';
import {drive, openSession} from '../../e2e/browser/webkit.js';
import {stopAllOnExit} from '../../tools/processes.mjs';
import {startWebKitDriver} from '../../tools/webkit-driver.mjs';
import {noteUncaught} from './notes.js';
import {VIEW, type TabBrowser, type TabDriver} from './driver.js';

/** How often a page is asked whether something has ended (ms). */
const POLLING = 50;

/** Rejects where there is no WebKit. */
export async function openWebKit(): Promise<TabBrowser> {
  stopAllOnExit();
  const {port, miniBrowser, stop} = await startWebKitDriver();
  return {
    async openTabs() {
      const session = await openSession(miniBrowser, `http://127.0.0.1:${port}`);
      const desk = new Desk(session);
      return {open: () => desk.open(), close: () => session.deleteSession()};
    },
    close: stop,
  };
}

/** The windows of one session, of which it serves one at a time. */
class Desk {
  readonly #session: Client;
  readonly #driver: Driver;
  /** The window that a session begins with is the first tab. */
  #isFresh = true;
  #current = '';
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Client) {
    this.#session = session;
    this.#driver = drive(session);
  }

  async open(): Promise<TabDriver> {
    const isFirst = this.#isFresh;
    this.#isFresh = false;
    const handle = await this.#next(async () =>
      isFirst ? this.#session.getWindowHandle() : (await this.#session.createWindow('window')).handle,
    );
    await this.#at(handle, () => this.#session.setWindowRect(null, null, VIEW.width, VIEW.height));
    return this.#driveTab(handle);
  }

  #driveTab(handle: string): TabDriver {
    const driver = this.#driver;
    const {uncaught, run} = noteUncaught((expression) => this.#at(handle, () => driver.run(expression)));
    return {
      uncaught,
      measure: null,
      run,
      wait: (expression) => wait(run, expression),
      goto: (url) => this.#at(handle, () => driver.goto(url)),
      reload: async () => {
        await run('null');
        await this.#at(handle, () => this.#session.refresh());
      },
      front: () => this.#at(handle, () => Promise.resolve()),
      // At once: it draws in software, and each key waits for that.
      type: async (text) => {
        await run(`void document.execCommand('insertText', false, ${JSON.stringify(text)})`);
      },
      press: (key) => this.#at(handle, () => driver.press(key)),
      clickAt: (x, y) => this.#at(handle, () => driver.clickAt(x, y)),
      screenshot: () => this.#at(handle, () => driver.screenshot()),
      setOffline: async (offline) => {
        await run(pretendOffline(offline));
      },
      close: async () => {
        await this.#at(handle, () => this.#session.closeWindow());
        this.#current = '';
      },
    };
  }

  #at<Result>(handle: string, work: () => Promise<Result>): Promise<Result> {
    return this.#next(async () => {
      if (this.#current !== handle) await this.#session.switchToWindow(handle);
      this.#current = handle;
      return work();
    });
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work, work);
    this.#last = next;
    return next;
  }
}

let waits = 0;

/** Starts it, and asks for its outcome now and then. */
async function wait(run: Driver['run'], expression: string): Promise<unknown> {
  const name = JSON.stringify(`wait ${(waits += 1)}`);
  await run(
    `void (${expression}).then((value) => (globalThis[${name}] = {value}), (error) => (globalThis[${name}] = {error: String(error)}))`,
  );
  for (;;) {
    const outcome = (await run(`globalThis[${name}] ?? null`)) as {value?: unknown; error?: string} | null;
    if (outcome?.error !== undefined) throw new Error(outcome.error);
    if (outcome) return outcome.value;
    await pause(POLLING);
  }
}

/** WebDriver cannot take the network away. */
function pretendOffline(offline: boolean): string {
  return `Object.defineProperty(navigator, 'onLine', {configurable: true, value: ${!offline}}),
    void dispatchEvent(new Event('${offline ? 'offline' : 'online'}'))`;
}
