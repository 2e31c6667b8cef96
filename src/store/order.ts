import {isConfirmed, type Id, type Message} from '../model/index.js';

/**
 * Negative if `a` stands above `b`. First what the server counts, by position; then what it has without counting, by time; then
 * what it does not have yet, in the order of writing. Total: two different messages never compare as equal.
 */
export function compareMessages(a: Message, b: Message): number {
  return groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b) || compareIds(a.id, b.id);
}

function groupOf(message: Message): number {
  if (!isConfirmed(message)) return 2;
  return message.position === null ? 1 : 0;
}

function placeOf({position, createdAt}: Message): number {
  return position ?? (createdAt.getTime() || 0);
}

/** Ids that are counted up by their number, and all others in some order: what is longer is larger. */
function compareIds(a: Id, b: Id): number {
  const left = String(a);
  const right = String(b);
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
