import {ApiError, idKey, type Id, type IdKey, type Timer} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

/** Messages seen within this time are told of in one call (ms). */
const BUNDLE = 250;

/** Pause before a call that failed is made again (ms), unless the server asks for a longer one. */
const RETRY = 5_000;

/** The most that is told in one call. */
const MAX_IDS = 200;

/** Tells the server which messages were seen: each once, in bundles, and again if the server could not take it. */
export class ReadMarks {
  readonly #context: ConversationContext;
  readonly #told = new Set<IdKey>();
  #waiting: Id[] = [];
  #timer: Timer | undefined;
  #stop = new AbortController();

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  add(ids: readonly Id[]): void {
    const fresh = ids.filter((id) => !this.#told.has(idKey(id)));
    for (const id of fresh) this.#told.add(idKey(id));
    this.#waiting.push(...fresh);
    if (fresh.length > 0) this.#plan(BUNDLE);
  }

  /** Drops what has not been told, and forgets what has. */
  reset(): void {
    this.#context.host.session.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#told.clear();
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #plan(wait: number): void {
    this.#timer ??= this.#context.host.session.clock.setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, wait);
  }

  async #tell(): Promise<void> {
    const ids = this.#waiting.splice(0, MAX_IDS);
    const {signal} = this.#stop;
    try {
      await this.#context.host.session.api.markRead(this.#context.id, ids, {signal});
      if (this.#waiting.length > 0) this.#plan(BUNDLE);
    } catch (error) {
      // A mark that the server refuses for good is not worth troubling anybody with.
      const {isTransient, retryAfter} = ApiError.from(error);
      if (signal.aborted || !isTransient) return;
      this.#waiting.unshift(...ids);
      this.#plan(Math.max(retryAfter ?? 0, RETRY));
    }
  }
}
