import type {TabDriver} from './browser/driver.js';
import {Page} from './page.js';

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
  /** Whether the tabs of this person share one socket. */
  readonly isShared?: boolean;
}

/** The demo page in a tab: one person's `<chat-connection>` with a `<chat-conversation>` in it. */
export class Tab {
  /** For what only the browser can do: keys, reloads, the network. */
  readonly page: Page;
  readonly #settings: TabSettings;

  constructor(driver: TabDriver, settings: TabSettings) {
    this.page = new Page(driver);
    this.#settings = settings;
  }

  /** The errors that nobody caught, over all visits. */
  get uncaught(): readonly string[] {
    return this.page.uncaught;
  }

  /** Where the pages of the repository are served, each at `/@fs/PATH`. */
  get modules(): string {
    return this.#settings.modules;
  }

  /** Opens the demo page. Resolves once the elements are there; the connection need not be. */
  async visit({email = 'ali@example.com', conversationId, isShared = false}: Visit): Promise<void> {
    const url = new URL(this.#settings.page);
    const {host} = new URL(this.#settings.proxy);
    const query = {backend: this.#settings.server, server: this.#settings.proxy, ws: host, user: email};
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('conversation', String(conversationId));
    if (isShared) url.searchParams.set('share-connection', '');
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
    await this.page.until(
      'the elements are there',
      () => document.querySelector('chat-connection chat-conversation') !== null,
      null,
    );
  }

  /** Resolves once the connection is there and its channel is subscribed. */
  async live(timeout = 60_000): Promise<void> {
    await this.page.until(
      'the channel is subscribed',
      () => {
        const connection = document.querySelector('chat-connection');
        const channels = [...(connection?.client?.channels.values() ?? [])];
        return connection?.state === 'connected' && channels.some(({state}) => state === 'subscribed');
      },
      null,
      {timeout},
    );
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
