import {Alarm} from '../connection/alarm.js';
import {addNewest, ApiError, idKey, type Id, type IdKey} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

/** Messages that are seen within this time (ms) are reported in one call. */
const BUNDLE = 250;

/** The pause before a failed call is repeated (ms), unless the server asks for a longer one. It doubles with each failure, up to `MAX_RETRY`. */
const RETRY = 5_000;
const MAX_RETRY = 60_000;

/** How many ids one call may have. */
const MAX_IDS = 200;

/** Reports to the server which messages were seen: each once, several in one call, and again if the call failed. */
export class ReadMarks {
  readonly #context: ConversationContext;
  readonly #told = new Set<IdKey>();
  readonly #waiting: Id[] = [];
  readonly #timer: Alarm;
  #pause = RETRY;

  constructor(context: ConversationContext) {
    this.#context = context;
    this.#timer = new Alarm(context.session.clock);
    context.signal.addEventListener('abort', () => this.#timer.clear());
  }

  add(ids: readonly Id[]): void {
    const fresh = ids.filter((id) => !this.#told.has(idKey(id)));
    for (const id of fresh) addNewest(this.#told, idKey(id));
    this.#waiting.push(...fresh);
    this.#planNext();
  }

  /** Plans a call for what waits, unless one is planned. */
  #planNext(): void {
    if (this.#waiting.length > 0 && this.#timer.due === null) this.#plan(BUNDLE);
  }

  #plan(wait: number): void {
    this.#timer.set(wait, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    const {id, session, signal} = this.#context;
    const ids = this.#waiting.splice(0, MAX_IDS);
    try {
      await session.api.markRead(id, ids, {signal});
      this.#pause = RETRY;
    } catch (error) {
      if (signal.aborted) return;
      // A final refusal is ignored: nobody could do anything about it. Except `unauthorized`, since the person may sign in again.
      const {code, isTransient, retryAfter} = ApiError.from(error);
      if (isTransient || code === 'unauthorized') {
        this.#waiting.unshift(...ids);
        // In place of a call that was planned while this one was under way: the server needs the pause.
        this.#plan(Math.max(retryAfter ?? 0, this.#pause));
        this.#pause = Math.min(this.#pause * 2, MAX_RETRY);
      }
    }
    this.#planNext();
  }
}
