import type {ChangePage, ChatApi, MessagePage} from '../api/chat-api.js';
import {createLog} from '../logging/index.js';
import {ApiError, type Id, type Timer} from '../model/index.js';
import {Recovery, type LatestPage, type RecoveryState, type Taken} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';
import type {Session} from './session.js';

/** How many messages a page of the conversation holds, and a page of changes. */
const PAGE = 50;
const CHANGES_PAGE = 200;

/** How long a missing change may take to arrive by itself before it is fetched (ms). */
const GAP_WAIT = 1_500;

/** A look after a recovery, for what was stored before the gap and broadcast into it (ms). */
const LOOK_AFTER_RECOVERY = 15_000;

/** Silent losses heal within this time while the page is visible (ms). */
const LOOK_EVERY = 300_000;

/** Pause before a failed fetch is tried again (ms): full jitter with a floor. */
const MIN_WAIT = 500;
const MAX_WAIT = 20_000;

/** What a conversation hears of its own catching up. */
export interface SyncListener {
  stateChanged(state: RecoveryState): void;
  /** Messages came in; `live` ones over the wire just now. */
  took(taken: Taken, live: boolean): void;
  /** The window was loaded afresh. */
  replaced(page: LatestPage): void;
  /** The first page, or the newest one again. */
  tookPage(page: MessagePage): void;
  recovered(): void;
  /** The first page could not be had (tried again by itself if the error is transient), or the server refuses this conversation. */
  failed(error: ApiError): void;
}

/** How a backend says that it does not offer a route. */
const NO_SUCH_ROUTE: ReadonlySet<number> = new Set([404, 405, 501]);

const log = createLog('ConversationStore');

/** Lends the recovery a clock and the REST API: it fetches what the recovery asks for, and tells it what came of it. */
export class ConversationSync {
  readonly recovery: Recovery;
  readonly #context: ConversationContext;
  readonly #listener: SyncListener;
  #abort: AbortController | null = null;
  #retryTimer: Timer | undefined;
  #gapTimer: Timer | undefined;
  #lookTimer: Timer | undefined;
  /** How long the server asked to wait, at the last failure (ms). */
  #retryAfter = 0;
  #saidCannotCount = false;

  constructor(context: ConversationContext, listener: SyncListener) {
    this.#context = context;
    this.#listener = listener;
    const {store} = context;
    this.recovery = new Recovery({
      fetchLatest: (run) => this.#fetchLatest(run),
      fetchChanges: (run, since) => this.#fetchChanges(run, since),
      fetchAfter: (run, after) => this.#fetchAfter(run, after),
      abort: () => this.#abortFetch(),
      retryLater: (run, failures) => this.#retryLater(run, failures),
      armGapTimer: () => this.#armGapTimer(),
      disarmGapTimer: () => this.#disarm('gap'),
      apply: (messages, live) => listener.took(store.take(messages), live),
      replace: (page) => {
        store.replace(page);
        listener.replaced(page);
      },
      reload: (page, keep) => listener.took(store.reload(page, keep), false),
      reaches: (page, anchor) => store.reaches(page, anchor),
      anchor: () => store.anchor(),
      rebase: (page) => {
        store.rebase(page);
        listener.replaced(page);
      },
      stateChanged: (state) => {
        this.#planLook(LOOK_EVERY);
        listener.stateChanged(state);
      },
      recovered: () => {
        this.#planLook(LOOK_AFTER_RECOVERY);
        listener.recovered();
      },
    });
  }

  /** Ends everything that is under way. The log stays. */
  stop(): void {
    this.recovery.linkDown();
    this.#abortFetch();
    this.#disarm('gap');
    this.#session.clock.clearTimeout(this.#lookTimer);
    this.#lookTimer = undefined;
  }

  #fetchLatest(run: number): void {
    this.#fetch(
      run,
      (signal) => this.#api.listMessages(this.#id, {limit: PAGE, signal}),
      (page) => {
        if (page.revision === null) this.#sayCannotCount('messages carry no revision');
        this.recovery.tookLatest(run, page);
        this.#listener.tookPage(page);
      },
    );
  }

  #fetchChanges(run: number, since: number): void {
    const ask = async (signal: AbortSignal): Promise<ChangePage | null> => {
      try {
        return await this.#api.listChanges(this.#id, {since, limit: CHANGES_PAGE, signal});
      } catch (error) {
        if (error instanceof ApiError && NO_SUCH_ROUTE.has(error.status ?? 0)) return null;
        throw error;
      }
    };
    this.#fetch(run, ask, (page) => {
      if (page) return this.recovery.tookChanges(run, page);
      this.#sayCannotCount('there is no route for changes');
      this.recovery.changesUnsupported(run);
    });
  }

  #fetchAfter(run: number, after: Id): void {
    this.#fetch(
      run,
      (signal) => this.#api.listMessages(this.#id, {after, limit: CHANGES_PAGE, signal}),
      (page) => this.recovery.tookAfter(run, {messages: page.messages, hasMore: page.hasMoreAfter}),
    );
  }

  #fetch<Page>(run: number, ask: (signal: AbortSignal) => Promise<Page>, take: (page: Page) => void): void {
    this.#abortFetch();
    const abort = new AbortController();
    this.#abort = abort;
    ask(abort.signal).then(
      (page) => {
        if (!abort.signal.aborted) take(page);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) this.#takeFailure(run, error);
      },
    );
  }

  #takeFailure(run: number, error: unknown): void {
    const failure = ApiError.from(error);
    this.#retryAfter = failure.retryAfter ?? 0;
    if (failure.isTransient) this.recovery.failed(run);
    else this.recovery.gaveUp(run);
    if (!this.recovery.loaded || !failure.isTransient) this.#listener.failed(failure);
  }

  #retryLater(run: number, failures: number): void {
    const {clock, random} = this.#session;
    const wait = Math.max(this.#retryAfter, MIN_WAIT + random() * Math.min(MAX_WAIT, MIN_WAIT * 2 ** failures));
    this.#disarm('retry');
    this.#retryTimer = clock.setTimeout(() => this.recovery.retry(run), wait);
  }

  #armGapTimer(): void {
    this.#gapTimer ??= this.#session.clock.setTimeout(() => {
      this.#gapTimer = undefined;
      this.recovery.gapDue();
    }, GAP_WAIT);
  }

  #planLook(wait: number): void {
    const {clock} = this.#session;
    clock.clearTimeout(this.#lookTimer);
    this.#lookTimer = undefined;
    if (this.recovery.state === 'off') return;
    this.#lookTimer = clock.setTimeout(() => {
      if (isPageVisible()) this.recovery.check();
      this.#planLook(LOOK_EVERY);
    }, wait);
  }

  #disarm(which: 'gap' | 'retry'): void {
    this.#session.clock.clearTimeout(which === 'gap' ? this.#gapTimer : this.#retryTimer);
    if (which === 'gap') this.#gapTimer = undefined;
    else this.#retryTimer = undefined;
  }

  #abortFetch(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#disarm('retry');
  }

  #sayCannotCount(why: string): void {
    if (this.#saidCannotCount) return;
    this.#saidCannotCount = true;
    log.warn(
      `The backend does not count changes: ${why}. No new message is lost, but edits and deletions outside the newest page may be missed.`,
    );
  }

  get #session(): Session {
    return this.#context.host.session;
  }

  get #api(): ChatApi {
    return this.#session.api;
  }

  get #id(): Id {
    return this.#context.id;
  }
}

/** Whether somebody may be looking at the page. */
function isPageVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState !== 'hidden';
}
