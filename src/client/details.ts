import {Alarm} from '../connection/alarm.js';
import {ApiError, type Conversation} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

/** Pause before the details are asked for again after a failure that may pass (ms), unless the server asks for a longer one. */
const RETRY = 5_000;

/** Title, participants and read marks of a conversation: fetched when it is opened and after every gap. */
export class Details {
  readonly #context: ConversationContext;
  readonly #take: (conversation: Conversation) => void;
  readonly #retry: Alarm;
  #fetching: AbortController | undefined;

  constructor(context: ConversationContext, take: (conversation: Conversation) => void) {
    this.#context = context;
    this.#take = take;
    this.#retry = new Alarm(context.session.clock);
  }

  async load(): Promise<void> {
    const {id, session, reportError, fetched} = this.#context;
    const earlier = this.#fetching;
    const fetching = (this.#fetching = new AbortController());
    const {signal} = fetching;
    // An answer that is on its way is waited for: it comes before this one, and shows who it is with.
    signal.addEventListener('abort', () => earlier?.abort());
    this.#retry.clear();
    try {
      const conversation = await session.api.getConversation(id, {signal});
      if (signal.aborted) return;
      this.#take(conversation);
      fetched(conversation);
    } catch (error) {
      if (signal.aborted || fetching !== this.#fetching) return;
      const failure = ApiError.from(error);
      // No state of its own for this: a conversation works without its title, and if something is wrong, loading the messages shows it.
      if (failure.isTransient) this.#retry.set(Math.max(failure.retryAfter ?? 0, RETRY), () => void this.load());
      else reportError(failure);
    } finally {
      earlier?.abort();
      if (fetching === this.#fetching) this.#fetching = undefined;
    }
  }

  stop(): void {
    this.#fetching?.abort();
    this.#fetching = undefined;
    this.#retry.clear();
  }
}
