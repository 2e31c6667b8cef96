import {createLog} from '../logging/index.js';
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

const log = createLog('ChatApi');

/** What stands in an answer; throws an `ApiError` (`malformed-answer`) that names the field, where it does not have the shape of the contract. */
export function decodeAnswer<Answer>(body: unknown, read: Read<Answer>): Answer {
  try {
    return read(body, 'answer');
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new ApiError('malformed-answer', `The answer has another shape than agreed: ${cause.message}.`, {cause});
  }
}

export const readConversation = dataOf(decodeConversation);
export const readMessage = dataOf(decodeMessage);
export const readAttachment = dataOf(decodeAttachment);

const readMessages = readableOf(decodeMessage);
const readConversations = readableOf(decodeConversation);
const readRestOfConversations = objectOf({
  // Null at the end, and never missing.
  nextCursor: (value, path) => (value === null ? null : readText(value, path)),
});
const readRestOfMessages = objectOf({hasMoreBefore: readBoolean, hasMoreAfter: readBoolean, revision: or(null, readCount)});
const readRestOfChanges = objectOf({revision: readCount, hasMore: readBoolean, reset: readBoolean});

export function readConversationPage(answer: unknown, path: string): ConversationPage {
  return {conversations: readConversations(answer, path), ...readRestOfConversations(answer, path)};
}

export function readMessagePage(answer: unknown, path: string): MessagePage {
  return {messages: readMessages(answer, path), ...readRestOfMessages(answer, path)};
}

export function readChangePage(answer: unknown, path: string): ChangePage {
  return {messages: readMessages(answer, path), ...readRestOfChanges(answer, path)};
}

/** `{data: …}` */
function dataOf<Value>(read: Read<Value>): Read<Value> {
  return (answer, path) => readField(answer, path, 'data', read);
}

/** `{data: […]}` without what cannot be read, as the row of one broken account must not take all others along. Nothing else is an error. */
function readableOf<Item>(read: Read<Item>): Read<readonly Item[]> {
  const readGood = listOf((item, path) => {
    try {
      return [read(item, path)];
    } catch (error) {
      log.warn(`Left out: ${String(error)}`);
      return [];
    }
  });
  return dataOf((list, path) => {
    const good = readGood(list, path).flat();
    return good.length > 0 ? good : listOf(read)(list, path);
  });
}
