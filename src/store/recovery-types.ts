import type {Id, IdKey, Message} from '../model/index.js';

/** How well the log follows the server: see `SyncState` of the client. */
export type RecoveryState = 'off' | 'catching-up' | 'live' | 'degraded';

/** A page of the newest messages. */
export interface LatestPage {
  readonly messages: readonly Message[];
  readonly hasMoreBefore: boolean;
  /** `null` where the backend does not count. */
  readonly revision: number | null;
}

/** A page of what changed. */
export interface ChangesPage {
  readonly messages: readonly Message[];
  readonly revision: number;
  readonly hasMore: boolean;
  readonly reset: boolean;
}

/** What the recovery asks of its surroundings. Answers come back through `tookLatest`, `tookChanges`, `tookAfter` and `failed`. */
export interface RecoveryPorts {
  fetchLatest(run: number): void;
  fetchChanges(run: number, since: number): void;
  fetchAfter(run: number, after: Id): void;
  /** What this run fetches is not wanted any more. */
  abort(run: number): void;
  /** Call `retry(run)` after a pause that grows with the number of failures in a row. */
  retryLater(run: number, failures: number): void;
  /** Call `gapDue()` after a moment, in which the missing change may still arrive by itself. */
  armGapTimer(): void;
  disarmGapTimer(): void;
  /** Put these into the log; those that it knows already change nothing. `live`: they came over the wire just now. */
  apply(messages: readonly Message[], live: boolean): void;
  /** Put this page in the place of everything that the server knew. */
  replace(page: LatestPage): void;
  /** Put this page into the log, and take out what should be between its ends and is not on it, but for those of `keep`. */
  reload(page: LatestPage, keep: ReadonlySet<IdKey>): void;
  /** Whether this page reaches back to this message, so that nothing can be missing between the two. */
  reaches(page: LatestPage, anchor: Id): boolean;
  /**
   * A message so far above the end that nothing before it can still be on its way: what a backend that does not count is asked to continue
   * from. `null` if there is none, because everything is near the end.
   */
  anchor(): Id | null;
  /** Let this page be the beginning of the log: take out what stands above it, and put the page in. */
  rebase(page: LatestPage): void;
  stateChanged(state: RecoveryState): void;
  /** A gap was closed: everything that was missed is in the log. */
  recovered(): void;
}

/** What a run is fetching at the moment. */
export type Step = 'latest' | 'changes' | 'after' | 'reload';

/** One look at the server, from the first fetch to the last. */
export interface Run {
  readonly id: number;
  step: Step;
  /** Whether the fetch under way was asked for while the channels were up, so that its answer and the wire together miss nothing. */
  safe: boolean;
  /** Whether it closes a gap, rather than looking whether there is one. */
  readonly closesGap: boolean;
  pages: number;
  failures: number;
}
