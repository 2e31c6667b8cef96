import {Alarm} from '../connection/alarm.js';
import {createLog} from '../logging/index.js';
import {ApiError, type Id, type MessageHintEvent} from '../model/index.js';
import {Recovery, type RecoveryPorts, type RecoveryState, type Run, type Taken} from '../store/index.js';
import type {ConversationContext} from './conversation-context.js';
import {isOfMissingRoute} from './missing-route.js';
import {retryWait} from './retry-wait.js';

/** How many messages a page holds: of the newest, and of what came after or has changed. */
const PAGE = 50;
const CHANGES_PAGE = 200;

/** How long a missing change may take to arrive by itself before it is fetched (ms). */
const GAP_WAIT = 1_500;

/** How long to wait after a look that a peer has asked for, before the next one (ms): a peer may ask any number of times. */
const HINT_PAUSE = 1_500;

/** How long after a recovery to check once more (ms): a message may have been stored before the gap and broadcast during it. */
const LOOK_AFTER_RECOVERY = 15_000;

/** How often to check while the page is visible (ms), so that events that were lost unnoticed are made good. */
export const LOOK_EVERY = 300_000;

/** What the sync calls on its conversation. */
export interface SyncListener {
  stateChanged(state: RecoveryState): void;
  /** Messages came in. `live`: they have just come over the wire. */
  took(taken: Taken, live: boolean): void;
  /** A gap was closed. */
  recovered(): void;
  /** The first page could not be loaded (it is tried again if the error is transient), or the server refuses this conversation. */
  failed(error: ApiError): void;
}

const log = createLog('ConversationStore');

/** Gives the recovery a clock and the REST API: fetches what the recovery asks for, and hands it the result. */
export class ConversationSync implements RecoveryPorts {
  readonly recovery: Recovery;
  readonly #context: ConversationContext;
  readonly #listener: SyncListener;
  #fetching: AbortController | undefined;
  readonly #retry: Alarm;
  readonly #gap: Alarm;
  readonly #look: Alarm;
  readonly #hint: Alarm;
  /** The messages that peers have spoken of during the pause. */
  readonly #hinted = new Set<Id>();
  #saidCannotCount = false;

  constructor(context: ConversationContext, listener: SyncListener) {
    const {clock} = context.session;
    this.#context = context;
    this.#listener = listener;
    this.#retry = new Alarm(clock);
    this.#gap = new Alarm(clock);
    this.#look = new Alarm(clock);
    this.#hint = new Alarm(clock);
    this.recovery = new Recovery(context.store, this);
  }

  /** Ends everything that is under way. The log stays. */
  stop(): void {
    this.recovery.stop();
    this.#gap.clear();
    this.#hint.clear();
  }

  /** There is a message to fetch. A peer who says so (without a revision) is believed only until the server's own event has brought it. */
  hint({messageId, revision}: MessageHintEvent): void {
    if (revision !== null) return this.recovery.hint(revision);
    this.#hinted.add(messageId);
    if (this.#hint.due === null) this.#lookForHinted();
  }

  abort(): void {
    this.#fetching?.abort();
    // Not kept: the error of an aborted signal holds its stack, and through it the element that was shown last.
    this.#fetching = undefined;
    this.#retry.clear();
  }

  fetchMessages(run: Run, after: Id | undefined): void {
    const {id, session} = this.#context;
    const limit = after === undefined ? PAGE : CHANGES_PAGE;
    this.#fetch(
      run,
      (signal) => session.api.listMessages(id, {after, limit, signal}),
      (page) => {
        if (page.revision == null) this.#sayCannotCount('messages carry no revision');
        this.recovery.tookMessages(run, page);
      },
    );
  }

  fetchChanges(run: Run, since: number): void {
    const {id, session} = this.#context;
    this.#fetch(
      run,
      (signal) => session.api.listChanges(id, {since, limit: CHANGES_PAGE, signal}),
      (page) => this.recovery.tookChanges(run, page),
    );
  }

  armGapTimer(): void {
    // When degraded, the server probably reads from a replica that lags behind, and all clients ask it, so ask less often.
    const wait = this.recovery.state === 'degraded' ? LOOK_AFTER_RECOVERY : GAP_WAIT;
    if (this.#gap.due === null) this.#gap.set(wait, () => this.recovery.gapDue());
  }

  took(taken: Taken, live: boolean): void {
    this.#listener.took(taken, live);
  }

  stateChanged(state: RecoveryState): void {
    this.#planLook(LOOK_EVERY);
    this.#listener.stateChanged(state);
  }

  recovered(): void {
    this.#planLook(LOOK_AFTER_RECOVERY);
    this.#listener.recovered();
  }

  #fetch<Page>(run: Run, ask: (signal: AbortSignal) => Promise<Page>, take: (page: Page) => void): void {
    this.abort();
    const {signal} = (this.#fetching = new AbortController());
    // `async`, since a `ChatApi` of the page may throw at once.
    (async () => ask(signal))().then(
      (page) => {
        if (!signal.aborted) take(page);
      },
      (error: unknown) => {
        if (!signal.aborted) this.#takeFailure(run, ApiError.from(error));
      },
    );
  }

  #takeFailure(run: Run, error: ApiError): void {
    const {recovery} = this;
    if (run.step === 'changes' && isOfMissingRoute(error)) {
      this.#sayCannotCount('there is no route for changes');
      return recovery.changesUnsupported(run);
    }
    if (run.step === 'after' && error.code === 'not-found') return recovery.anchorGone(run);
    if (error.isTransient) {
      recovery.failed(run);
      this.#retry.set(retryWait(error, run.failures, this.#context.session.random), () => recovery.retry(run));
    } else recovery.gaveUp(run);
    if (!recovery.loaded || !error.isTransient) this.#listener.failed(error);
  }

  #lookForHinted(): void {
    const isMissing = [...this.#hinted].some((id) => !this.#context.store.find(id));
    this.#hinted.clear();
    if (!isMissing) return;
    this.#hint.set(HINT_PAUSE, () => this.#lookForHinted());
    this.recovery.hint(null);
  }

  #planLook(wait: number): void {
    if (this.recovery.state === 'off') return this.#look.clear();
    this.#look.set(wait, () => {
      if (isPageVisible()) this.recovery.check();
      this.#planLook(LOOK_EVERY);
    });
  }

  #sayCannotCount(why: string): void {
    if (this.#saidCannotCount) return;
    this.#saidCannotCount = true;
    log.warn(`The backend counts no changes: ${why}. Edits and deletions further up may be missed.`);
  }
}

/** Whether somebody may be looking at the page. */
export function isPageVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState !== 'hidden';
}
