import {sameId, type Id, type Message} from '../model/index.js';

/** How far two messages of one person may lie apart and still be one group, in ms. */
const GROUP_SPAN = 5 * 60_000;

/** How a message stands among its neighbours. */
export interface RowPlace {
  /** Whether it is the first of its day. */
  readonly opensDay: boolean;
  /** Whether it is the first that was not read. */
  readonly opensUnread: boolean;
  /** Whether it goes on with the group of the message before. */
  readonly grouped: boolean;
  /** Whether the message after goes on with its group. */
  readonly continued: boolean;
}

/** How a message is rendered in place of `<chat-message>`: anything that lit renders, a DOM node or a string among it. */
export type RenderMessage = (message: Message, place: RowPlace & {readonly own: boolean}) => unknown;

/** Where a message stands. The neighbours are `undefined` at the ends. */
export function placeOf(
  before: Message | undefined,
  message: Message,
  after: Message | undefined,
  firstUnreadId: Id | null,
): RowPlace {
  return {
    opensDay: !before || !isSameDay(before.createdAt, message.createdAt),
    opensUnread: sameId(message.id, firstUnreadId),
    grouped: before !== undefined && isSameGroup(before, message, firstUnreadId),
    continued: after !== undefined && isSameGroup(message, after, firstUnreadId),
  };
}

function isSameGroup(before: Message, after: Message, firstUnreadId: Id | null): boolean {
  return (
    sameId(before.sender.id, after.sender.id) &&
    !sameId(after.id, firstUnreadId) &&
    Math.abs(after.createdAt.getTime() - before.createdAt.getTime()) < GROUP_SPAN &&
    isSameDay(before.createdAt, after.createdAt)
  );
}

function isSameDay(a: Date, b: Date): boolean {
  // Dates that are none are not a day of their own each.
  if (Number.isNaN(a.getTime()) || Number.isNaN(b.getTime())) return true;
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}
