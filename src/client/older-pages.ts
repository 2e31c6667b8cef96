import {ApiError} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

const PAGE = 50;

/** Loads what stands above, one page at a time. */
export class OlderPages {
  readonly #context: ConversationContext;
  #loading: Promise<void> | null = null;

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  /** Callers at the same time share one page. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const {id, session, store, state, signal} = this.#context;
    const before = store.log.oldest?.id;
    if (before === undefined || !state.state.hasOlder) return;
    state.set({loadingOlder: true, olderError: null});
    try {
      const page = await session.api.listMessages(id, {before, limit: PAGE, signal});
      if (signal.aborted) return;
      // A page that says there is more but brings nothing would be asked for for ever.
      store.takePage(page.messages, !page.hasMoreBefore || page.messages.length === 0);
      state.set({loadingOlder: false, hasOlder: !store.reachesStart});
    } catch (error) {
      if (!signal.aborted) state.set({loadingOlder: false, olderError: ApiError.from(error)});
    }
  }
}
