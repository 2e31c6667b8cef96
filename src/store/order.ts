import {isConfirmed, type Message} from '../model/index.js';

/** Where a message belongs, fixed at the time it is placed. Compared by `compareOrder`. */
export interface Order {
  /** 0: the server gave a position. 1: the server knows it but does not count. 2: not sent yet. */
  readonly group: 0 | 1 | 2;
  /** Position, time of creation (ms), or turn of writing. */
  readonly major: number;
  readonly id: number | string;
}

/** The order of a message. `turn` counts what was written here and not sent yet, so that it stays in the order of writing. */
export function orderOf(message: Message, turn: number): Order {
  const {id} = message;
  if (!isConfirmed(message)) return {group: 2, major: turn, id};
  if (message.position !== null) return {group: 0, major: message.position, id};
  const time = message.createdAt.getTime();
  return {group: 1, major: Number.isNaN(time) ? 0 : time, id};
}

/** Negative if `a` stands above `b`. Total: two different messages never compare as equal. */
export function compareOrder(a: Order, b: Order): number {
  return a.group - b.group || a.major - b.major || compareIds(a.id, b.id);
}

function compareIds(a: number | string, b: number | string): number {
  const numeric = Number(a) - Number(b);
  if (!Number.isNaN(numeric) && numeric !== 0) return numeric;
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
