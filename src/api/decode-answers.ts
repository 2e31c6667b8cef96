import {ApiError, type Attachment, type Conversation, type Message} from '../model/index.js';
import {Fields, ShapeError, decodeAttachment, decodeConversation, decodeMessage} from '../model/resources/index.js';
import type {ChangePage, ConversationPage, MessagePage} from './chat-api.js';

/** What stands in an answer; throws an `ApiError` (`malformed-answer`) that names the field, where it does not have the shape of the contract. */
export function decodeAnswer<Answer>(body: unknown, decode: (answer: Fields) => Answer): Answer {
  try {
    return decode(new Fields(body, 'answer'));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ApiError('malformed-answer', `The server answered in another shape than agreed: ${error.message}.`, {cause: error});
  }
}

export function toConversationPage(answer: Fields): ConversationPage {
  return {
    conversations: answer.list('data', decodeConversation),
    nextCursor: answer.readNullable('next_cursor', (value, path) => {
      if (typeof value === 'string') return value;
      throw new ShapeError(path, 'a string or null');
    }),
  };
}

export function toMessagePage(answer: Fields): MessagePage {
  return {
    messages: answer.list('data', decodeMessage),
    hasMoreBefore: answer.boolean('has_more_before'),
    hasMoreAfter: answer.boolean('has_more_after'),
    revision: answer.countOrNull('revision'),
  };
}

export function toChangePage(answer: Fields): ChangePage {
  return {
    messages: answer.list('data', decodeMessage),
    revision: answer.count('revision'),
    hasMore: answer.boolean('has_more'),
    reset: answer.boolean('reset'),
  };
}

export function toConversation(answer: Fields): Conversation {
  return answer.read('data', decodeConversation);
}

export function toMessage(answer: Fields): Message {
  return answer.read('data', decodeMessage);
}

export function toAttachment(answer: Fields): Attachment {
  return answer.read('data', decodeAttachment);
}
