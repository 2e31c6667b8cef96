import type {Id, Message} from '../model/index.js';
import type {Taken} from './conversation-store.js';

/** How well the log follows the server: see `SyncState` of the client. */
export type RecoveryState = 'off' | 'catching-up' | 'live' | 'degraded';

/** A page of messages: the newest ones, or those behind one. */
export interface MessagesPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
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

/**
 * What the recovery needs others to do. The result of a fetch is passed to `tookMessages` or `tookChanges`, together with its run; a failure
 * to `failed` (and later `retry`), `gaveUp` or `changesUnsupported`. A new fetch replaces the one before it, whose result is no longer passed
 * on, and so does `abort`.
 */
export interface RecoveryPorts {
  /** Fetch the newest page, or the one after a message. */
  fetchMessages(run: Run, after: Id | undefined): void;
  fetchChanges(run: Run, since: number): void;
  /** What is being fetched is not wanted any more. */
  abort(): void;
  /** Call `gapDue()` after a moment, in which the missing change may still arrive by itself. */
  armGapTimer(): void;
  /** Messages came into the store. `live`: they have just come over the wire. */
  took(taken: Taken, live: boolean): void;
  stateChanged(state: RecoveryState): void;
  /** A gap was closed: everything that was missed is in the log. */
  recovered(): void;
}

/** One series of fetches, by which the store is brought up to date. */
export interface Run {
  /** What it is fetching at the moment. */
  step: 'latest' | 'changes' | 'after' | 'reload';
  /** Whether the fetch under way was asked for while the channels were up, so that its answer and the wire together miss nothing. */
  safe?: boolean;
  /** Whether it closes a gap, rather than checking whether there is one. */
  readonly closesGap: boolean;
  /** Whether something is still missed if the server refuses it. */
  leavesGap: boolean;
  /** How many pages have been fetched. */
  pages: number;
  /** How often in a row the fetch failed. */
  failures: number;
}
