import {isConfirmed, type Id, type MessageInput} from '../model/index.js';

/** What decides where a message stands. */
type Placed = Pick<MessageInput, 'id' | 'position' | 'status' | 'createdAt'>;

/**
 * Negative if `a` comes before `b`. First come messages with a position, by position; then stored ones without, by time; then those that
 * are not sent yet, in the order of writing. It is a total order: two different messages never compare as equal.
 */
export function compareMessages(a: Placed, b: Placed): number {
  return groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b) || compareIds(a.id, b.id);
}

/**
 * A quick test for lists that need no sorting: true if each message comes after the one before it, has a higher numeric id (so none occurs
 * twice) and no temp id. A list for which it is false may still be in order.
 */
export function isInOrder(messages: readonly MessageInput[]): boolean {
  return messages.every((message, i) => {
    const before = messages[i - 1];
    if (!before) return true;
    const isCounted = typeof before.id === 'number' && typeof message.id === 'number' && before.id < message.id;
    return isCounted && message.tempId == null && compareMessages(before, message) < 0;
  });
}

function groupOf(message: Placed): number {
  if (!isConfirmed(message)) return 2;
  return message.position == null ? 1 : 0;
}

function placeOf({position, createdAt}: Placed): number {
  return position ?? (new Date(createdAt).getTime() || 0);
}

/** Numeric ids by their number, all others in some fixed order: a longer id is larger, ids of one length are compared as text. */
export function compareIds(a: Id, b: Id): number {
  const left = String(a);
  const right = String(b);
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
