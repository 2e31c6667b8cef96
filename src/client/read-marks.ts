import type {ChatApi} from '../api/chat-api.js';
import {ApiError, idKey, type Clock, type Id, type IdKey, type Timer} from '../model/index.js';

/** Messages seen within this time are told of in one call (ms). */
const BUNDLE = 250;

/** Pause before a call that failed is made again (ms), unless the server asks for a longer one. */
const RETRY = 5_000;

/** The most that is told in one call. */
const MAX_IDS = 200;

/** Tells the server which messages were seen: each once, in bundles, and again if the server could not take it. */
export class ReadMarks {
  readonly #conversationId: Id;
  readonly #api: () => ChatApi;
  readonly #clock: Clock;
  readonly #told = new Set<IdKey>();
  #waiting: Id[] = [];
  #timer: Timer | undefined;
  #stop = new AbortController();

  constructor(conversationId: Id, api: () => ChatApi, clock: Clock) {
    this.#conversationId = conversationId;
    this.#api = api;
    this.#clock = clock;
  }

  add(ids: readonly Id[]): void {
    const fresh = ids.filter((id) => !this.#told.has(idKey(id)));
    for (const id of fresh) this.#told.add(idKey(id));
    this.#waiting.push(...fresh);
    if (fresh.length > 0) this.#plan(BUNDLE);
  }

  /** Drops what has not been told, and forgets what has. */
  reset(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#told.clear();
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #plan(wait: number): void {
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, wait);
  }

  async #tell(): Promise<void> {
    const ids = this.#waiting.splice(0, MAX_IDS);
    const {signal} = this.#stop;
    try {
      await this.#api().markRead(this.#conversationId, ids, {signal});
      if (this.#waiting.length > 0) this.#plan(BUNDLE);
    } catch (error) {
      // A mark that the server refuses for good is not worth troubling anybody with.
      if (signal.aborted || !(error instanceof ApiError) || !error.isTransient) return;
      this.#waiting.unshift(...ids);
      this.#plan(Math.max(error.retryAfter ?? 0, RETRY));
    }
  }
}
