import type {Context} from 'hono';
import {HttpError, invalid, notFound} from '../http-error.js';
import type {Messages} from '../repository/messages.js';
import type {MessageRow} from '../repository/rows.js';
import {toWellFormed} from '../text.js';
import {queryId, queryInteger} from '../validation.js';

/** How many messages a page may hold. */
export const PAGE = {min: 1, max: 200} as const;
const MAX_SEARCH_LENGTH = 200;

/** A part of a conversation, oldest first. */
export interface MessageSlice {
  readonly rows: readonly MessageRow[];
  /** Whether there are older ones that match. */
  readonly before: boolean;
  /** Whether there are newer ones that match. */
  readonly after: boolean;
}

/** Reads the part that the query names: before, after or around a message, or the newest. */
export function readMessageSlice(context: Context, messages: Messages, conversationId: number): MessageSlice {
  const limit = queryInteger(context, 'limit', {...PAGE, fallback: 50});
  const reader = new Reader(messages, conversationId, readSearch(context));
  const marks = {before: queryId(context, 'before'), after: queryId(context, 'after'), around: queryId(context, 'around')};
  if (Object.values(marks).filter((mark) => mark !== undefined).length > 1) {
    throw new HttpError(422, 'At most one of before, after and around may be given.');
  }
  if (marks.after !== undefined) return reader.after(reader.positionOf(marks.after), limit);
  if (marks.around !== undefined) return reader.around(reader.positionOf(marks.around), limit);
  return reader.before(marks.before === undefined ? Number.MAX_SAFE_INTEGER : reader.positionOf(marks.before), limit);
}

class Reader {
  readonly #messages: Messages;
  readonly #conversationId: number;
  readonly #search: string | null;

  constructor(messages: Messages, conversationId: number, search: string | null) {
    this.#messages = messages;
    this.#conversationId = conversationId;
    this.#search = search;
  }

  positionOf(id: number): number {
    const row = this.#messages.find(id);
    if (row?.conversation_id !== this.#conversationId) throw notFound();
    return row.position;
  }

  before(mark: number, limit: number): MessageSlice {
    const older = this.#take('before', mark, limit);
    return {rows: older.rows.reverse(), before: older.more, after: this.#take('after', mark - 1, 0).more};
  }

  after(mark: number, limit: number): MessageSlice {
    const newer = this.#take('after', mark, limit);
    return {rows: newer.rows, before: this.#take('before', mark + 1, 0).more, after: newer.more};
  }

  around(mark: number, limit: number): MessageSlice {
    const older = this.#take('before', mark, Math.floor((limit - 1) / 2));
    const newer = this.#take('after', mark - 1, limit - older.rows.length);
    return {rows: [...older.rows.reverse(), ...newer.rows], before: older.more, after: newer.more};
  }

  /** One more than wanted is asked for, to see whether there are more. */
  #take(direction: 'before' | 'after', mark: number, count: number): {rows: MessageRow[]; more: boolean} {
    const query = {conversationId: this.#conversationId, direction, mark, limit: count + 1, search: this.#search};
    const rows = this.#messages.page(query);
    return {rows: rows.slice(0, count), more: rows.length > count};
  }
}

function readSearch(context: Context): string | null {
  const search = toWellFormed(context.req.query('search') ?? '')
    .replaceAll('\0', '')
    .trim();
  if (!search) return null;
  if (search.length > MAX_SEARCH_LENGTH) {
    throw invalid('search', `The search field must not be greater than ${MAX_SEARCH_LENGTH} characters.`);
  }
  return search;
}
