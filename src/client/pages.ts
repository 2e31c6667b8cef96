import {createLog} from '../logging/index.js';
import {ApiError, sameId, type Id} from '../model/index.js';
import type {MessagesPage} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';

const PAGE = 50;

/** How many messages a jump fetches: enough on both sides of its target that neither end is so near that more is fetched at once. */
const JUMP_PAGE = 100;

const log = createLog('ConversationStore');

/** Moves the range of messages that is shown: extends it by a page at either end, or jumps to another place. */
export class Pages {
  readonly #context: ConversationContext;
  readonly #moved: (near?: Id) => void;
  readonly #loading: {older?: Promise<void> | undefined; newer?: Promise<void> | undefined} = {};
  /** Aborts the jump that is under way. */
  #jump: AbortController | undefined;
  #knowsAround = true;

  /** `moved` is called when the range may have changed; the message `near` must stay in it. */
  constructor(context: ConversationContext, moved: (near?: Id) => void) {
    this.#context = context;
    this.#moved = moved;
    context.signal.addEventListener('abort', () => this.#jump?.abort());
  }

  /** Loads the page at an end of what is shown. Callers at the same time share one page. */
  load(side: 'older' | 'newer'): Promise<void> {
    return (this.#loading[side] ??= this.#load(side).finally(() => (this.#loading[side] = undefined)));
  }

  /** Shows a message and those around it. Rejects with an `ApiError`; its code is `aborted` if something else was asked for meanwhile. */
  async around(id: Id): Promise<void> {
    const {state, store} = this.#context;
    this.#cancel();
    if (store.head.get(id)) this.latest(id);
    if (store.log.get(id) && !store.isStale) return;
    state.set({jumpingTo: id});
    await this.#jumpTo(id, id);
  }

  /** Shows the newest messages. They are always loaded. */
  latest(focus?: Id): void {
    this.#cancel();
    this.#context.store.showLatest(focus);
    // `''`, which is no message's id, stands for the end.
    this.#moved(focus ?? '');
  }

  /**
   * Fetches the shown range again, around one of its messages, because it has missed changes. If that fails, the newest messages are shown.
   * Does nothing while a jump is under way, since that has the same effect.
   */
  refresh(id: Id | undefined): void {
    if (id === undefined) this.latest();
    else if (!this.#jump) this.#jumpTo(id).catch(() => undefined);
  }

  #cancel(): void {
    this.#jump?.abort();
    this.#jump = undefined;
    this.#context.state.set({jumpingTo: null});
  }

  async #jumpTo(id: Id, focus?: Id): Promise<void> {
    const jump = (this.#jump = new AbortController());
    try {
      await this.#showAround(id, jump.signal, focus);
      this.#cancel();
      this.#moved(id);
    } catch (error) {
      if (jump.signal.aborted) throw new ApiError('aborted', 'Something else was asked for meanwhile.');
      this.#cancel();
      if (this.#context.store.isStale) this.latest();
      throw ApiError.from(error);
    }
  }

  async #showAround(id: Id, signal: AbortSignal, focus?: Id): Promise<void> {
    const {store} = this.#context;
    let fits = false;
    while (!fits) {
      const ticket = store.expect();
      try {
        const page = await this.#fetchAround(id, signal);
        signal.throwIfAborted();
        fits = store.takeAround(ticket, page, focus);
      } finally {
        store.forget(ticket);
      }
    }
  }

  async #fetchAround(target: Id, signal: AbortSignal): Promise<MessagesPage> {
    const {id, session} = this.#context;
    if (this.#knowsAround) {
      const page = await session.api.listMessages(id, {around: target, limit: JUMP_PAGE, signal});
      if (page.messages.some((message) => sameId(message.id, target))) return page;
      this.#knowsAround = false;
      log.warn('The backend does not know `around`: jumping to a message takes two pages.');
    }
    const before = await session.api.listMessages(id, {before: target, limit: PAGE, signal});
    const last = before.messages.at(-1);
    if (!last) throw new ApiError('not-found', `No page holds the message ${target}.`);
    const after = await session.api.listMessages(id, {after: last.id, limit: PAGE, signal});
    return {...after, messages: [...before.messages, ...after.messages], hasMoreBefore: before.hasMoreBefore};
  }

  async #load(side: 'older' | 'newer'): Promise<void> {
    const {id, session, store, signal} = this.#context;
    const isOlder = side === 'older';
    // How far from the edge the border of the page is. A backend that deletes rows may know nothing of those at the edge any more.
    let inset = 0;
    let fits = false;
    while (!fits) {
      const {log: shown} = store;
      const edge = shown.indexOf((isOlder ? shown.oldest : shown.newest)?.id ?? '');
      const border = shown.at(edge + (isOlder ? inset : -inset))?.id;
      if (border === undefined || store.isStale || (isOlder ? store.reachesStart : store.reachesEnd)) break;
      this.#say(isOlder, true);
      const ticket = store.expect();
      try {
        const page = await session.api.listMessages(id, {[isOlder ? 'before' : 'after']: border, limit: PAGE, signal});
        if (signal.aborted) return;
        fits = isOlder ? store.takeOlder(ticket, page) : store.takeNewer(ticket, page);
        if (fits) this.#moved(border);
      } catch (error) {
        if (signal.aborted) return;
        const failure = ApiError.from(error);
        // Less than a page further each time: a page of nothing but what is shown would lead nowhere.
        inset += Math.min(inset + 1, PAGE - 1);
        if (failure.code === 'not-found' && inset < shown.size) continue;
        this.#say(isOlder, false, failure);
        return;
      } finally {
        store.forget(ticket);
      }
    }
    this.#say(isOlder, false);
  }

  #say(isOlder: boolean, isLoading: boolean, error: ApiError | null = null): void {
    this.#context.state.set(
      isOlder ? {loadingOlder: isLoading, olderError: error} : {loadingNewer: isLoading, newerError: error},
    );
  }
}
