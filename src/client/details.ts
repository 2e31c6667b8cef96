import {ApiError, type Conversation, type Timer} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

/** Pause before the details are asked for again after a failure that may pass (ms), unless the server asks for a longer one. */
const RETRY = 5_000;

/** Title, participants and read marks of a conversation: fetched when it is opened and after every gap. */
export class Details {
  readonly #context: ConversationContext;
  readonly #take: (conversation: Conversation) => void;
  #abort: AbortController | null = null;
  #timer: Timer | undefined;

  constructor(context: ConversationContext, take: (conversation: Conversation) => void) {
    this.#context = context;
    this.#take = take;
  }

  async load(): Promise<void> {
    this.stop();
    const {id, host} = this.#context;
    const {api, clock} = host.session;
    const {signal} = (this.#abort = new AbortController());
    try {
      const conversation = await api.getConversation(id, {signal});
      if (!signal.aborted) this.#take(conversation);
    } catch (error) {
      const failure = ApiError.from(error);
      if (signal.aborted) return;
      // The messages say what is wrong, if something is: without its title a conversation can still be had.
      if (!failure.isTransient) {
        host.reportError(failure);
        return;
      }
      this.#timer = clock.setTimeout(() => void this.load(), Math.max(failure.retryAfter ?? 0, RETRY));
    }
  }

  stop(): void {
    this.#abort?.abort();
    this.#context.host.session.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
