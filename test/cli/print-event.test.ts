import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {toLine} from '../../src/cli/listen/print-event.js';
import {
  ConversationChangedEvent,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  MessagesReadEvent,
  Person,
  UserIsTypingEvent,
  type ChatEvent,
  type Conversation,
} from '../../src/model/index.js';
import {attachmentResource} from '../events/samples.js';
import {decodeAttachment} from '../../src/model/resources/index.js';
import {stored} from '../support/messages.js';

const origin = {channel: 'private-user.1', name: 'X'};

function conversation(title: string): Conversation {
  return {id: 7, title, avatarUrl: null, participants: [], lastMessage: null, unreadCount: 3, revision: 1, features: []};
}

describe('what ws-chat prints of an event', () => {
  const message = stored(5, {conversationId: 7, content: 'Salom!'});
  const nameless = stored(5, {conversationId: 7, sender: {id: 'u\u001b2'}});
  const files = ['plan.png', ''].map((name) => ({...decodeAttachment(attachmentResource(), 'attachment'), name}));
  const full = {
    ...message,
    content: '',
    attachments: files,
    reactions: [{emoji: '👍', count: 2, userIds: [1, 2]}],
  };
  const lines: readonly (readonly [ChatEvent, string])[] = [
    [new MessageSentEvent(origin, message, null), 'message           #7  Vali Yusupov: Salom!'],
    [new MessageSentEvent(origin, full, null), 'message           #7  Vali Yusupov: [plan.png] [file] 👍×2'],
    [new MessageUpdatedEvent(origin, message), 'message.updated   #7  message 5 is now: Vali Yusupov: Salom!'],
    [new MessageDeletedEvent(origin, message), 'message.deleted   #7  message 5 of Vali Yusupov was deleted'],
    [new MessageDeletedEvent(origin, nameless), 'message.deleted   #7  message 5 of u\\u{1b}2 was deleted'],
    [new MessageHintEvent(origin, {conversationId: 7, messageId: 5, revision: null}), 'message.hint      #7  message 5 changed'],
    [new UserIsTypingEvent(origin, 7, new Person({id: 2, name: 'Vali'})), 'typing            #7  Vali is writing'],
    [new UserIsTypingEvent(origin, 7, new Person({id: 2})), 'typing            #7  2 is writing'],
    [
      new MessagesReadEvent(origin, {conversationId: 7, readerId: 2, messageIds: [4, 5]}),
      'read              #7  2 has read 4, 5',
    ],
    [new ConversationChangedEvent(origin, conversation('Design')), 'conversation      #7  Design changed, 3 unread'],
    [new ConversationChangedEvent(origin, conversation('')), 'conversation      #7  the conversation changed, 3 unread'],
  ];
  for (const [event, line] of lines) {
    it(`is ${line}`, () => assert.equal(toLine(event, new Date(2026, 0, 1, 9, 5, 7).getTime()), `09:05:07  ${line}\n`));
  }
});
