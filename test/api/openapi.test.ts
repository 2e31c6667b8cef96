import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {decodeConversation, decodeMessage} from '../../src/model/resources/index.js';
import {decodeEvent} from '../../src/events/index.js';
import {attachmentResource, conversationResource, messageResource} from '../events/samples.js';
import {Contract} from './support/contract.js';

describe('openapi.json', () => {
  const contract = new Contract();

  it('names every call of the client and the two routes beside them', () => {
    const calls = contract.successes.map((success) => success.replace(/ \d+$/, ''));
    assert.deepEqual([...new Set(calls)].sort(), [
      'DELETE /messages/{id}',
      'DELETE /messages/{id}/reactions/{emoji}',
      'GET /conversations',
      'GET /conversations/{id}',
      'GET /conversations/{id}/changes',
      'GET /conversations/{id}/messages',
      'PATCH /messages/{id}',
      'POST /attachments',
      'POST /broadcasting/auth',
      'POST /conversations/{id}/messages',
      'POST /conversations/{id}/read',
      'POST /conversations/{id}/typing',
      'POST /login',
      'PUT /messages/{id}/reactions/{emoji}',
    ]);
  });

  it('has schemas that can be compiled, for every answer', () => {
    for (const success of contract.successes) {
      const [method = '', path = '', status = ''] = success.split(' ');
      const empty = status === '204';
      if (empty) contract.check(method, path, 204, undefined);
      else assert.throws(() => contract.check(method, path, Number(status), 'not this'), /must be object/);
    }
  });

  it('knows an answer that is not as promised', () => {
    assert.throws(() => contract.check('GET', '/nowhere', 200, {}), /no such answer/);
    assert.throws(() => contract.check('GET', '/conversations', 418, {}), /no such answer/);
    assert.throws(
      () => contract.check('GET', '/conversations', 200, {data: [{}], next_cursor: null}),
      /must have required property/,
    );
    assert.throws(() => contract.check('GET', '/conversations', 401, {}), /message/);
    assert.throws(() => contract.check('POST', '/conversations/{id}/typing', 204, {ok: true}), /not empty/);
  });

  it('agrees with the samples of the tests, and with every envelope', () => {
    contract.checkSchema('Message', messageResource());
    contract.checkSchema('Conversation', conversationResource());
    contract.checkSchema('Attachment', attachmentResource());
    const events = [
      {type: 'message', data: {message: messageResource(), tempId: null}},
      {type: 'message', data: {message: {id: 1, conversation_id: 7, revision: 3, thin: true}, tempId: 'uuid'}},
      {type: 'message.updated', data: {message: messageResource()}},
      {type: 'message.deleted', data: {message: messageResource({content: '', deleted_at: '2026-02-01T00:00:00Z'})}},
      {type: 'typing', data: {conversation_id: 123, user: {id: 45, name: 'Ali', email: 'ali@example.com'}}},
      {type: 'read', data: {conversation_id: 123, reader_id: 45, message_ids: [101, 102]}},
      {type: 'conversation', data: {conversation: conversationResource()}},
    ];
    for (const data of events) {
      contract.checkSchema('Event', data);
      assert.ok(decodeEvent({channel: 'c', name: 'e', data}));
    }
  });

  it('allows nothing that the decoders would refuse', () => {
    const nullable = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value);
    const id = fc.oneof(fc.maxSafeNat(), fc.string({minLength: 1, maxLength: 64}));
    const when = fc.date({min: new Date(0), max: new Date('2999-01-01'), noInvalidDate: true}).map((date) => date.toISOString());
    const person = fc.record({id, name: fc.string(), avatar_url: nullable(fc.webUrl())});
    const resource = fc.record({
      id,
      conversation_id: id,
      temp_id: nullable(fc.uuid()),
      sender: person,
      content: fc.string({unit: 'binary'}),
      created_at: when,
      edited_at: nullable(when),
      deleted_at: nullable(when),
      position: nullable(fc.maxSafeNat()),
      revision: nullable(fc.maxSafeNat()),
      reply_to: nullable(fc.record({id, sender: person, content: nullable(fc.string())})),
      attachments: fc.constant([attachmentResource()]),
      reactions: fc.array(fc.record({emoji: fc.string({minLength: 1}), count: fc.nat(), user_ids: fc.array(id)})),
    });
    fc.assert(
      fc.property(resource, (message) => {
        contract.checkSchema('Message', message);
        assert.equal(decodeMessage(message).content, message.content);
        const conversation = conversationResource({last_message: message, title: null});
        contract.checkSchema('Conversation', conversation);
        assert.equal(decodeConversation(conversation).title, '');
      }),
      {numRuns: 300},
    );
  });
});
