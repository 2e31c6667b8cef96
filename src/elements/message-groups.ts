import {isConfirmed, sameId, type Id, type Message} from '../model/index.js';

/** How far two messages of one person may lie apart and still be one group, in ms. */
const GROUP_SPAN = 5 * 60_000;

/** How a message relates to its neighbours. */
export interface RowPlace {
  /** Whether it is the first of its day. */
  readonly opensDay: boolean;
  /** Whether it is the first unread message. */
  readonly opensUnread: boolean;
  /** Whether it is in one group with the message before it. */
  readonly grouped: boolean;
  /** Whether the message after it is in one group with it. */
  readonly continued: boolean;
}

/** Renders a message instead of `<chat-message>`. May return anything that lit renders, e.g. a template, a DOM node or a string. */
export type RenderMessage = (message: Message, place: RowPlace & {readonly own: boolean}) => unknown;

/** Whether a message is of the person who uses the page. Until it is stored, its sender has an empty id where it is not known who that is. */
export function isOwn({sender, status}: Message, userId: Id | null): boolean {
  return (sender.id === '' && !isConfirmed({status})) || sameId(sender.id, userId);
}

/** How a message relates to its neighbours, which are `undefined` at the ends. */
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
  // Invalid dates count as the same day as any other, or each would get a divider.
  if (Number.isNaN(a.getTime()) || Number.isNaN(b.getTime())) return true;
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}
