import type {Unsubscribe} from './listen.js';
import type {Id, IdKey} from './id.js';
import type {Message} from './message.js';

/**
 * What changed in a log. The change has been made when it is told.
 * - `appended`, `prepended`: `count` rows came in at the end, at the beginning.
 * - `inserted`: `count` rows came in between; the first of them is now at `index`.
 * - `removed`: `count` rows were taken out; the first of them was at `index`.
 * - `changed`: the rows with these keys have new contents and the same place.
 * - `moved`: the row with this key went from index `from` to index `to`; it may have new contents, too.
 * - `reset`: anything may be different, so read all of it again. `focus` is the message to show first; by default the last one.
 */
export type LogChange =
  | {readonly type: 'appended'; readonly count: number}
  | {readonly type: 'prepended'; readonly count: number}
  | {readonly type: 'inserted'; readonly index: number; readonly count: number}
  | {readonly type: 'removed'; readonly index: number; readonly count: number}
  | {readonly type: 'changed'; readonly keys: readonly IdKey[]}
  | {readonly type: 'moved'; readonly key: IdKey; readonly from: number; readonly to: number}
  | {readonly type: 'reset'; readonly focus?: Id | undefined};

/** The messages of a conversation in display order, for reading and for following changes. */
export interface MessageLogView {
  readonly size: number;
  /** The message at an index, `undefined` outside the log. */
  at(index: number): Message | undefined;
  /** The messages from index `from` up to but not including `to`. */
  slice(from: number, to: number): readonly Message[];
  /** The message with this id, or with this temp id. */
  get(id: Id): Message | undefined;
  /** The index of the message with this id or temp id; -1 where there is none. */
  indexOf(id: Id): number;
  /** Calls `listener` after each change, with what changed. */
  subscribe(listener: (change: LogChange) => void): Unsubscribe;
}
