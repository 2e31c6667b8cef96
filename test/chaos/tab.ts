import type {BrowserContext, CDPSession, Page} from 'playwright-core';

/** Where a tab finds its server: the address of the proxy in front of it. */
export interface TabSettings {
  /** The demo page, built. */
  readonly page: string;
  /** Where its modules are served one by one, and with them every other page of the repository, at `/@fs/PATH`. */
  readonly modules: string;
  readonly server: 'embedded' | 'laravel';
  readonly proxy: string;
}

/** Who is on the page, and in which conversation. */
export interface Visit {
  /** Default `ali@example.com`. */
  readonly email?: string;
  readonly conversationId: number;
}

/** The demo page in a tab: one person's `<chat-connection>` with a `<chat-conversation>` in it. */
export class Tab {
  /** For what only the browser can do: keys, reloads, the network of the context. */
  readonly page: Page;
  /** The errors that nobody caught, over all visits. */
  readonly uncaught: string[] = [];
  readonly #settings: TabSettings;

  private constructor(page: Page, settings: TabSettings) {
    this.page = page;
    this.#settings = settings;
    page.on('pageerror', (error) => this.uncaught.push(error.message));
    page.on('crash', () => this.uncaught.push('The page crashed.'));
  }

  static async open(context: BrowserContext, settings: TabSettings): Promise<Tab> {
    const page = await context.newPage();
    // The compiler that runs this wraps named functions in a helper, which the page does not have.
    await page.addInitScript('globalThis.__name = (fn) => fn;');
    return new Tab(page, settings);
  }

  /** Where the pages of the repository are served, each at `/@fs/PATH`. */
  get modules(): string {
    return this.#settings.modules;
  }

  /** Opens the demo page. Resolves once the elements are there; the connection need not be. */
  async visit({email = 'ali@example.com', conversationId}: Visit): Promise<void> {
    const url = new URL(this.#settings.page);
    const {host} = new URL(this.#settings.proxy);
    const query = {backend: this.#settings.server, server: this.#settings.proxy, ws: host, user: email};
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('conversation', String(conversationId));
    await this.page.goto(url.href);
    await this.ready();
  }

  /** Loads the page again, as a person would. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Resolves once the elements are there. */
  async ready(): Promise<void> {
    await this.page.waitForSelector('chat-connection chat-conversation', {state: 'attached'});
  }

  /** Resolves once the connection is there and its channel is subscribed. */
  async live(timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const connection = document.querySelector('chat-connection');
        const channels = [...(connection?.client?.channels.values() ?? [])];
        return connection?.state === 'connected' && channels.some(({state}) => state === 'subscribed');
      },
      undefined,
      {timeout},
    );
  }

  /** The DevTools protocol of this page. */
  devTools(): Promise<CDPSession> {
    return this.page.context().newCDPSession(this.page);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
