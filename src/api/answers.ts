import {ApiError} from '../model/index.js';
import {
  ShapeError,
  decodeAttachment,
  decodeConversation,
  decodeMessage,
  listOf,
  objectOf,
  or,
  readBoolean,
  readCount,
  readField,
  readText,
  type Read,
} from '../model/resources/index.js';
import type {ChangePage, ConversationPage, MessagePage} from './chat-api.js';
import type {Call} from './http.js';

/** Called for each row that was left out because it cannot be read, and for an answer of which nothing can be read. */
export type LeaveOut = (error: ApiError) => void;

/** Reads the body of an answer. Rows that cannot be read are left out, and `leaveOut` is called for each. */
export type ReadAnswer<Answer> = (body: unknown, path: string, leaveOut: LeaveOut) => Answer;

/**
 * Decodes the body of the answer to a call. Rejects with the `ApiError` of the call; with a `malformed-answer` that names the call and the field
 * at fault if the body has another shape. `leaveOut` is told of a `malformed-answer` as well: a call that is repeated for a while would hide it.
 */
export async function decodeAnswer<Answer>(
  body: Promise<unknown>,
  {method, path}: Pick<Call, 'method' | 'path'>,
  read: ReadAnswer<Answer>,
  leaveOut: LeaveOut,
): Promise<Answer> {
  try {
    return read(await body, `${method} ${path}: answer`, leaveOut);
  } catch (error) {
    const failure = error instanceof ApiError ? error : malformed(error);
    if (failure.code === 'malformed-answer') leaveOut(failure);
    throw failure;
  }
}

export const readConversation = dataOf(decodeConversation);
export const readMessage = dataOf(decodeMessage);
export const readAttachment = dataOf(decodeAttachment);

const readRestOfConversations = objectOf({
  // Required: `null` on the last page, so that a missing one is noticed.
  nextCursor: (value, path) => (value === null ? null : readText(value, path)),
});
const readRestOfMessages = objectOf({hasMoreBefore: readBoolean, hasMoreAfter: readBoolean, revision: or(null, readCount)});
const readRestOfChanges = objectOf({revision: readCount, hasMore: readBoolean, reset: readBoolean});

export function readConversationPage(answer: unknown, path: string, leaveOut: LeaveOut): ConversationPage {
  return {conversations: readRows(decodeConversation, answer, path, leaveOut), ...readRestOfConversations(answer, path)};
}

export function readMessagePage(answer: unknown, path: string, leaveOut: LeaveOut): MessagePage {
  return {messages: readRows(decodeMessage, answer, path, leaveOut), ...readRestOfMessages(answer, path)};
}

export function readChangePage(answer: unknown, path: string, leaveOut: LeaveOut): ChangePage {
  return {messages: readRows(decodeMessage, answer, path, leaveOut), ...readRestOfChanges(answer, path)};
}

/** `{data: …}` */
function dataOf<Value>(read: Read<Value>): Read<Value> {
  return (answer, path) => readField(answer, path, 'data', read);
}

/**
 * `{data: […]}` without the rows that cannot be read: one broken account must not take all others with it. Throws if that leaves none of
 * them, or if there is no list.
 */
function readRows<Row>(read: Read<Row>, answer: unknown, path: string, leaveOut: LeaveOut): readonly Row[] {
  const errors: unknown[] = [];
  const readGood = listOf((row, at) => {
    try {
      return [read(row, at)];
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  const rows = dataOf(readGood)(answer, path).flat();
  if (errors.length > 0 && rows.length === 0) throw errors[0];
  for (const error of errors) leaveOut(malformed(error));
  return rows;
}

function malformed(cause: unknown): ApiError {
  if (!(cause instanceof ShapeError)) throw cause;
  return new ApiError('malformed-answer', `The answer has another shape than agreed. ${cause.message}.`, {cause});
}
