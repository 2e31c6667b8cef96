import type {Unsubscribe} from './listen.js';
import type {Id, IdKey} from './id.js';
import type {Message} from './message.js';

/**
 * What changed in a log, in the terms of the log as it is now.
 * `appended`, `prepended`: `count` rows at the end, at the beginning. `inserted`: `count` rows, the first of which is now at `index`.
 * `removed`: `count` rows that began at `index`. `changed`: the rows of these keys have new contents and the same place.
 * `moved`: the row with this key went from index `from` to index `to`. `reset`: anything may be different; look again. What is to be
 * looked at first is the message `focus`, and without it the last one.
 */
export type LogChange =
  | {readonly type: 'appended'; readonly count: number}
  | {readonly type: 'prepended'; readonly count: number}
  | {readonly type: 'inserted'; readonly index: number; readonly count: number}
  | {readonly type: 'removed'; readonly index: number; readonly count: number}
  | {readonly type: 'changed'; readonly keys: readonly IdKey[]}
  | {readonly type: 'moved'; readonly key: IdKey; readonly from: number; readonly to: number}
  | {readonly type: 'reset'; readonly focus?: Id | undefined};

/** Messages in the order in which they are shown, to read and to follow. */
export interface MessageLogView {
  readonly size: number;
  /** The message at an index, `undefined` outside the log. */
  at(index: number): Message | undefined;
  /** The messages from index `from` up to but not including `to`. */
  slice(from: number, to: number): readonly Message[];
  /** The message with this id, or with this temp id. */
  get(id: Id): Message | undefined;
  /** Where the message with this id or temp id stands; -1 where there is none. */
  indexOf(id: Id): number;
  /** Calls `listener` after each change, with what changed. The log already is as the change says. */
  subscribe(listener: (change: LogChange) => void): Unsubscribe;
}
