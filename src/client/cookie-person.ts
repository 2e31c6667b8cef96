import {currentHostPage, xsrfTokenFor} from '../model/http-page.js';
import type {Clock, Id} from '../model/index.js';
import {inLocalStorage} from './local-storage.js';
import {PLACE_OF_ID, type ResolvedOptions} from './options.js';
import {scopeOf} from './outbox-store.js';

/**
 * Whose the session cookie is. It is that of whoever signed in last in this browser, so what a tab sends that somebody else has opened before
 * would be in that person's name. Whom the server has let into their own channel is noted in `localStorage`, for all tabs.
 */
export class CookiePerson {
  readonly #apiBase: string;
  readonly #clock: Clock;
  readonly #scope: string | null;
  /** Where it is noted; `null` where it cannot be, and where the person's channel does not tell who it is. */
  readonly #key: string | null;
  /** What was noted when this began, or was last confirmed. Not compared by time: the clock may be set back. */
  #seen: string | null | undefined;

  constructor(userId: Id | null, {apiBase, userChannel, environment: {clock, storage}}: ResolvedOptions) {
    this.#apiBase = apiBase;
    this.#clock = clock;
    this.#scope = scopeOf(apiBase, userId);
    const tells = this.#scope !== null && storage === 'persistent' && userChannel.includes(PLACE_OF_ID);
    this.#key = tells ? scopeOf(apiBase, userChannel) : null;
    this.#seen = this.#noted;
  }

  /** Whether the server has taken the owner of the cookie for somebody else since it was confirmed that it is this person. */
  get isAnother(): boolean {
    const noted = this.#noted;
    return noted != null && noted !== this.#seen && !noted.startsWith(`${this.#scope} `);
  }

  /** The server has taken the owner of the cookie, if there is one, for this person. */
  confirm(): void {
    if (xsrfTokenFor(this.#apiBase, currentHostPage()) === null) return;
    const noted = (this.#seen = `${this.#scope} ${this.#clock.now()}`);
    this.#note((storage, key) => storage.setItem(key, noted));
  }

  /** Deletes what is noted of this person. */
  forget(): void {
    this.#note((storage, key) => {
      if (storage.getItem(key)?.startsWith(`${this.#scope} `)) storage.removeItem(key);
    });
  }

  get #noted(): string | null | undefined {
    return this.#note((storage, key) => storage.getItem(key));
  }

  #note<Value>(work: (storage: Storage, key: string) => Value): Value | undefined {
    const key = this.#key;
    // Without it, nobody can be heard of.
    return key === null ? undefined : inLocalStorage((storage) => work(storage, key));
  }
}
