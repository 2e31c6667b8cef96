import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {decodeEvent} from '../../src/events/index.js';
import {
  ConversationChangedEvent,
  EventError,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  MessagesReadEvent,
  UserIsTypingEvent,
  type ChatEvent,
} from '../../src/model/index.js';
import {conversationResource, messageResource} from './samples.js';

const CHANNEL = 'private-user.45';

function decode(type: unknown, data: unknown, name = 'MessageSentEvent'): ChatEvent | null {
  return decodeEvent({channel: CHANNEL, name, data: {type, data}});
}

function assertDecoded<Type extends ChatEvent>(
  event: ChatEvent | null,
  type: abstract new (...args: never[]) => Type,
): asserts event is Type {
  assert.ok(event instanceof type, `got ${event?.constructor.name ?? 'null'}`);
}

function assertMalformed(raw: Parameters<typeof decodeEvent>[0], pattern: RegExp): void {
  assert.throws(
    () => decodeEvent(raw),
    (error) => {
      assert.ok(error instanceof EventError);
      assert.equal(error.code, 'malformed-event');
      assert.equal(error.channel, raw.channel);
      assert.equal(error.eventName, raw.name);
      assert.match(error.message, pattern);
      return true;
    },
  );
}

describe('decodeEvent', () => {
  describe('envelopes', () => {
    it('decodes a sent message with the temp id of its sender', () => {
      const event = decode('message', {message: messageResource(), tempId: 'uuid-1'});
      assertDecoded(event, MessageSentEvent);
      assert.equal(event.type, 'message');
      assert.equal(event.channel, CHANNEL);
      assert.equal(event.name, 'MessageSentEvent');
      assert.equal(event.conversationId, 7);
      assert.equal(event.tempId, 'uuid-1');
      assert.equal(event.message.tempId, 'uuid-1');
      assert.equal(event.message.content, 'Salom!');
      assert.equal(event.message.sender.firstName, 'Ali');
      assert.equal(event.message.createdAt.toISOString(), '2026-01-31T09:30:00.123Z');
    });

    it('takes the temp id of the envelope in either spelling', () => {
      const event = decode('message', {message: messageResource(), temp_id: 'uuid-3'});
      assertDecoded(event, MessageSentEvent);
      assert.equal(event.message.tempId, 'uuid-3');
    });

    it('takes the temp id of the message where the envelope has none', () => {
      const event = decode('message', {message: messageResource({temp_id: 'uuid-2'}), tempId: null});
      assertDecoded(event, MessageSentEvent);
      assert.equal(event.tempId, 'uuid-2');
    });

    it('decodes a changed message', () => {
      const event = decode('message.updated', {message: messageResource({edited_at: '2026-02-01T00:00:00Z'})});
      assertDecoded(event, MessageUpdatedEvent);
      assert.equal(event.message.editedAt?.toISOString(), '2026-02-01T00:00:00.000Z');
    });

    it('decodes what is left of a deleted message', () => {
      const event = decode('message.deleted', {message: messageResource({content: null, deleted_at: '2026-02-01T00:00:00Z'})});
      assertDecoded(event, MessageDeletedEvent);
      assert.equal(event.message.content, '');
      assert.ok(event.message.deletedAt);
    });

    for (const type of ['message', 'message.updated', 'message.deleted']) {
      it(`decodes a thin ${type} to a hint`, () => {
        const event = decode(type, {message: {id: 101, conversation_id: 7, revision: 15, thin: true}});
        assertDecoded(event, MessageHintEvent);
        assert.deepEqual([event.conversationId, event.messageId, event.revision], [7, 101, 15]);
      });
    }

    it('decodes typing', () => {
      const event = decode('typing', {conversation_id: 123, user: {id: 45, name: 'Ali', email: 'ali@example.com'}});
      assertDecoded(event, UserIsTypingEvent);
      assert.equal(event.conversationId, 123);
      assert.equal(event.user.id, 45);
      assert.equal(event.user.email, 'ali@example.com');
    });

    it('decodes what was read', () => {
      const event = decode('read', {conversation_id: 123, reader_id: 45, message_ids: [101, 'b2']});
      assertDecoded(event, MessagesReadEvent);
      assert.equal(event.readerId, 45);
      assert.deepEqual(event.messageIds, [101, 'b2']);
    });

    it('decodes a changed conversation', () => {
      const event = decode('conversation', {conversation: conversationResource()});
      assertDecoded(event, ConversationChangedEvent);
      assert.equal(event.conversationId, 7);
      assert.equal(event.conversation.unreadCount, 2);
      assert.equal(event.conversation.participants[0]?.lastReadMessageId, 99);
    });

    for (const name of ['MessageSentEvent', 'App\\Events\\MessageSentEvent', 'message.sent', '', 'read']) {
      it(`decides by the envelope, not by the name ${JSON.stringify(name)}`, () => {
        assertDecoded(decode('typing', {conversation_id: 1, user: {id: 2, name: 'V'}}, name), UserIsTypingEvent);
      });
    }

    it('reads a payload that is JSON text', () => {
      const data = JSON.stringify({type: 'message', data: {message: messageResource()}});
      assertDecoded(decodeEvent({channel: CHANNEL, name: 'x', data}), MessageSentEvent);
    });

    it('ignores fields that it does not know', () => {
      const event = decode('typing', {conversation_id: 1, user: {id: 2, name: 'V', role: 'admin'}, extra: {}});
      assertDecoded(event, UserIsTypingEvent);
      assert.equal('role' in event.user, false);
    });
  });

  describe('what it does not know', () => {
    it('gives null for an unknown type, whatever the data is', () => {
      assert.equal(decode('App\\Notifications\\OrderShipped', undefined), null);
      assert.equal(decode('message.pinned', {message: 7}), null);
      assert.equal(decode('__proto__', {}), null);
      assert.equal(decode('constructor', {}), null);
    });

    it('gives null for messages of the protocol', () => {
      for (const name of ['pusher:pong', 'pusher_internal:subscription_succeeded']) {
        assert.equal(decodeEvent({channel: CHANNEL, name, data: null}), null);
      }
    });
  });

  describe('malformed payloads', () => {
    const payloads: readonly (readonly [string, unknown, RegExp])[] = [
      ['nothing', undefined, /event is not an object/],
      ['null', null, /event is not an object/],
      ['a number', 5, /event is not an object/],
      ['a list', [], /event is not an object/],
      ['no JSON', '{"type":', /event is not JSON/],
      ['JSON of a number', '5', /event is not an object/],
      ['no type', {data: {}}, /event\.type is not a string/],
      ['a type that is no string', {type: 7, data: {}}, /event\.type is not a string/],
      ['no data', {type: 'typing'}, /data is not an object/],
      ['data that is text', {type: 'typing', data: 'x'}, /data is not an object/],
      ['no message', {type: 'message', data: {}}, /data\.message is not an object/],
      ['a message that is null', {type: 'message', data: {message: null}}, /data\.message is not an object/],
      ['a temp id that is no id', {type: 'message', data: {message: messageResource(), tempId: {}}}, /data\.tempId/],
      ['a tombstone without its time', {type: 'message.deleted', data: {message: messageResource()}}, /deleted_at is not a time/],
      ['a thin message without id', {type: 'message', data: {message: {thin: true, conversation_id: 1}}}, /message\.id/],
      [
        'a thin message with a revision of text',
        {type: 'message', data: {message: {thin: true, id: 1, conversation_id: 1, revision: '9'}}},
        /revision/,
      ],
      ['typing without conversation', {type: 'typing', data: {user: {id: 1}}}, /data\.conversation_id/],
      ['typing without user', {type: 'typing', data: {conversation_id: 1}}, /data\.user is not an object/],
      ['typing by nobody', {type: 'typing', data: {conversation_id: 1, user: {name: 'x'}}}, /data\.user\.id/],
      ['read without reader', {type: 'read', data: {conversation_id: 1, message_ids: []}}, /data\.reader_id/],
      [
        'read without a list',
        {type: 'read', data: {conversation_id: 1, reader_id: 1, message_ids: 5}},
        /message_ids is not a list/,
      ],
      [
        'read with an id that is none',
        {type: 'read', data: {conversation_id: 1, reader_id: 1, message_ids: [1, null]}},
        /message_ids\[1\]/,
      ],
      ['a conversation without id', {type: 'conversation', data: {conversation: {}}}, /data\.conversation\.id/],
    ];
    for (const [what, data, pattern] of payloads) {
      it(`throws an EventError for ${what}`, () => assertMalformed({channel: CHANNEL, name: 'e', data}, pattern));
    }

    it('does not quote the payload', () => {
      const data = '{"type":"message","secret-text';
      assert.throws(
        () => decodeEvent({channel: CHANNEL, name: 'e', data}),
        (error) => error instanceof EventError && !error.message.includes('secret-text') && error.cause === undefined,
      );
    });

    it('survives nesting that no parser likes', () => {
      const data = `{"type":"message","data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
      assertMalformed({channel: CHANNEL, name: 'e', data}, /Dropped the event/);
    });

    it('shortens a name that is a weapon', () => {
      const name = 'x'.repeat(50_000);
      assert.throws(
        () => decodeEvent({channel: CHANNEL, name, data: 5}),
        (error) => error instanceof EventError && error.message.length < 400,
      );
    });

    it('says a name of a hundred letters in full', () => {
      assertMalformed({channel: CHANNEL, name: 'x'.repeat(100), data: 5}, /"x{100}"/);
    });
  });

  describe('whispers', () => {
    const presence = 'presence-conversation.7';
    const typing = {type: 'typing', data: {conversation_id: 7, user: {id: 45, name: 'Ali'}}};

    it('decodes client-typing, in its envelope and without', () => {
      for (const data of [typing, typing.data]) {
        const event = decodeEvent({channel: presence, name: 'client-typing', data, userId: '45'});
        assertDecoded(event, UserIsTypingEvent);
        assert.equal(event.user.id, 45);
      }
    });

    it('decodes client-message to a hint, and takes nothing else from it', () => {
      const data = {conversation_id: 7, message_id: 101, content: 'forged', message: messageResource()};
      const event = decodeEvent({channel: presence, name: 'client-message', data, userId: '45'});
      assertDecoded(event, MessageHintEvent);
      assert.deepEqual(Object.fromEntries(Object.entries(event)), {
        type: 'message.hint',
        channel: presence,
        name: 'client-message',
        conversationId: 7,
        messageId: 101,
        revision: null,
      });
    });

    it('refuses typing in the name of somebody else', () => {
      assertMalformed(
        {channel: presence, name: 'client-typing', data: typing, userId: '46'},
        /user\.id is not the id of the member/,
      );
    });

    it('refuses typing in a presence channel where the server does not say by whom', () => {
      assertMalformed({channel: presence, name: 'client-typing', data: typing}, /user\.id/);
    });

    it('takes the claim in a private channel, where nobody can know', () => {
      const event = decodeEvent({channel: 'private-conversation.7', name: 'client-typing', data: typing});
      assertDecoded(event, UserIsTypingEvent);
    });

    it('never takes an envelope of the server from a peer', () => {
      const data = {type: 'message', data: {message: messageResource()}};
      assert.equal(decodeEvent({channel: presence, name: 'client-anything', data, userId: '45'}), null);
      assert.equal(decodeEvent({channel: presence, name: 'client-MessageSentEvent', data, userId: '45'}), null);
      assertMalformed({channel: presence, name: 'client-typing', data, userId: '45'}, /data\.user/);
      assertMalformed({channel: presence, name: 'client-message', data, userId: '45'}, /data\.conversation_id/);
    });

    it('does not read whispers of the host at all', () => {
      assert.equal(decodeEvent({channel: presence, name: 'client-draw', data: '{no json', userId: '45'}), null);
    });

    for (const data of [null, 5, 'x', [], {}, {conversation_id: 7}]) {
      it(`throws for client-message with ${JSON.stringify(data)}`, () =>
        assertMalformed({channel: presence, name: 'client-message', data, userId: '45'}, /is not/));
    }
  });
});
