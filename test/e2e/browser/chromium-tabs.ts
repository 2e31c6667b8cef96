import {chromium, type Browser, type BrowserContext, type Page} from 'playwright-core';
import {BrowserPage} from './browser-page.js';
import {CHROMIUM_FLAGS, drive} from './chromium.js';

/** One tab. */
export class Tab {
  readonly browserPage: BrowserPage;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.browserPage = new BrowserPage(drive(page, () => page.close()));
  }

  goto(url: string): Promise<void> {
    return this.browserPage.goto(url);
  }

  async reload(): Promise<void> {
    await this.#page.reload({waitUntil: 'load'});
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  /** Takes requests whose URL matches and never answers them. */
  async hang(url: RegExp): Promise<void> {
    await this.#page.route(url, () => undefined);
  }

  /** Kills the process of the page, so that nothing of it gets to run any more, and closes what is left of the tab. */
  async crash(): Promise<void> {
    const crashed = this.#page.waitForEvent('crash');
    const session = await this.#page.context().newCDPSession(this.#page);
    // It is never answered, as nobody is left who could.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.#page.close();
  }

  /** Goes back in the history of the tab. Playwright cannot drive a page that comes out of the back/forward cache: ask another tab. */
  async goBack(): Promise<void> {
    const session = await this.#page.context().newCDPSession(this.#page);
    const {currentIndex, entries} = await session.send('Page.getNavigationHistory');
    const before = entries[currentIndex - 1];
    if (!before) throw new Error('There is nothing to go back to.');
    await session.send('Page.navigateToHistoryEntry', {entryId: before.id});
  }
}

/** Each window gets two pages of its own for what drops down from its address bar, and nobody types an address here. */
const NO_POPUPS = '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup';

const VIEW = {viewport: {width: 1200, height: 800}};

/** A Chromium whose tabs share their storage, as those of a person do, and which keeps pages for going back. */
export class ChromiumTabs {
  readonly #browser: Browser;
  #context: BrowserContext;

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async open(executablePath: string): Promise<ChromiumTabs> {
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    const browser = await chromium.launch({executablePath, args: [...CHROMIUM_FLAGS, NO_POPUPS], ignoreDefaultArgs});
    return new ChromiumTabs(browser, await browser.newContext(VIEW));
  }

  /** Closes all tabs, and forgets what pages have stored and what they were prepared with: as at another machine. */
  async reset(): Promise<void> {
    await this.#context.close();
    this.#context = await this.#browser.newContext(VIEW);
  }

  async openTab(): Promise<Tab> {
    return new Tab(await this.#context.newPage());
  }

  /** Runs this in every page that is opened from now on, before its own scripts. */
  async prepare(script: () => void): Promise<void> {
    await this.#context.addInitScript(script);
  }

  /** Takes the network away from all tabs, or gives it back. */
  async setOffline(offline: boolean): Promise<void> {
    await this.#context.setOffline(offline);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
