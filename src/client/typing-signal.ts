import type {Id} from '../model/index.js';
import type {ConversationHost} from './conversation-host.js';

/** Typing is told at most once in this time (ms). */
const INTERVAL = 1_000;

/** Tells the others that the person is writing. Never queued: what cannot be told now is of no interest later. */
export class TypingSignal {
  readonly #conversationId: Id;
  readonly #host: ConversationHost;
  #lastSent = Number.NEGATIVE_INFINITY;

  constructor(conversationId: Id, host: ConversationHost) {
    this.#conversationId = conversationId;
    this.#host = host;
  }

  send(): void {
    const now = this.#host.clock.now();
    // A clock that was set back must not silence somebody for hours.
    if (now >= this.#lastSent && now - this.#lastSent < INTERVAL) return;
    this.#lastSent = now;
    if (this.#host.whisperTyping(this.#conversationId)) return;
    this.#host.api.sendTyping(this.#conversationId).catch(() => undefined);
  }
}
