import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {decodeEvent} from '../../src/events/index.js';
import {ChatEvent, EventError, MessageSentEvent} from '../../src/model/index.js';
import {conversationResource, messageResource} from './samples.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);
const TYPES = ['message', 'message.updated', 'message.deleted', 'typing', 'read', 'conversation', 'other'];

/** Anything JSON can hold, the keys that have hurt others included. */
const json = fc.jsonValue({maxDepth: 4});
const hostileKey = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'thin', 'id', 'sender');
const hostile = fc.oneof(json, fc.dictionary(fc.oneof(hostileKey, fc.string()), json), fc.constant(messageResource()));
const name = fc.oneof(fc.string(), fc.constantFrom('client-typing', 'client-message', 'client-x', 'pusher:error', 'E'));

/** A good envelope in which one value, somewhere, is another one. */
const bent = fc
  .tuple(
    fc.constantFrom(
      'id',
      'conversation_id',
      'temp_id',
      'sender',
      'content',
      'created_at',
      'deleted_at',
      'revision',
      'reply_to',
      'attachments',
      'reactions',
    ),
    fc.oneof(json, fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 60)),
    fc.constantFrom(...TYPES),
  )
  .map(([key, value, type]) => ({
    type,
    data: {message: messageResource({[key]: value}), conversation: conversationResource({[key]: value})},
  }));

/** Decodes, and asserts that the only outcomes are the three that are promised. */
function check(raw: Parameters<typeof decodeEvent>[0]): void {
  try {
    const event = decodeEvent(raw);
    assert.ok(event === null || event instanceof ChatEvent);
  } catch (error) {
    assert.ok(error instanceof EventError, String(error));
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
}

describe('decodeEvent, whatever comes', () => {
  it('gives an event, null or an EventError for any payload', () => {
    fc.assert(
      fc.property(fc.string(), name, hostile, (channel, event, data) => check({channel, name: event, data})),
      {numRuns: RUNS},
    );
  });

  it('gives an event, null or an EventError for any data of a known type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), hostile, (type, data) => check({channel: 'c', name: 'e', data: {type, data}})),
      {numRuns: RUNS},
    );
  });

  it('gives an event, null or an EventError for a good envelope with one wrong value', () => {
    fc.assert(
      fc.property(bent, (data) => check({channel: 'c', name: 'e', data})),
      {numRuns: RUNS},
    );
  });

  it('gives an event, null or an EventError for JSON that was cut or scrambled', () => {
    const whole = JSON.stringify({type: 'message', data: {message: messageResource()}});
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({maxLength: 3}), (from, to, put) => {
        check({channel: 'c', name: 'e', data: whole.slice(0, from) + put + whole.slice(to)});
      }),
      {numRuns: RUNS},
    );
  });

  it('takes no prototype from the wire', () => {
    const text = JSON.stringify({type: 'message', data: {message: messageResource()}});
    const data = text.replace('"id":101', '"id":101,"__proto__":{"polluted":true,"content":"forged"}');
    const event = decodeEvent({channel: 'c', name: 'e', data});
    assert.ok(event instanceof MessageSentEvent);
    assert.equal(Object.getPrototypeOf(event.message), Object.prototype);
    assert.equal(Reflect.get(event.message, 'polluted'), undefined);
    assert.equal(event.message.content, 'Salom!');
  });

  it('carries any text unchanged', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 500}), (content) => {
        const data = JSON.stringify({type: 'message', data: {message: messageResource({content})}});
        const event = decodeEvent({channel: 'c', name: 'e', data});
        assert.ok(event instanceof MessageSentEvent);
        assert.equal(event.message.content, content);
      }),
      {numRuns: RUNS / 4},
    );
  });
});
