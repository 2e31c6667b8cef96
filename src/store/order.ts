import {isConfirmed, type Id, type MessageInput} from '../model/index.js';

/** What decides where a message stands. */
type Placed = Pick<MessageInput, 'id' | 'position' | 'status' | 'createdAt'>;

/**
 * Negative if `a` stands above `b`. First what the server counts, by position; then what it has without counting, by time; then
 * what it does not have yet, in the order of writing. Total: two different messages never compare as equal.
 */
export function compareMessages(a: Placed, b: Placed): number {
  return groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b) || compareIds(a.id, b.id);
}

/**
 * Whether messages stand in their order, with ids that are counted up, so that each is another one. Quick, and true of most lists; one
 * of which it is not true may still be in order.
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

/** Ids that are counted up by their number, and all others in some order: what is longer is larger. */
function compareIds(a: Id, b: Id): number {
  const left = String(a);
  const right = String(b);
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
