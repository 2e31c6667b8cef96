import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {decodeTabMessage} from '../../src/client/shared-connection/tab-message.js';

const from = 'tab-1';
const to = 'tab-2';
const channel = 'private-user.1';
const close = {code: 1006, reason: '', opened: true, welcomed: false};

type Fields = Readonly<Record<string, unknown>>;

/** One of each type, or several where a field may be `null` or missing. */
const MESSAGES: readonly (Fields & {readonly type: string})[] = [
  {type: 'ask', from, to},
  {type: 'ask', from, to: null},
  {type: 'subscribe', from, to, channel, auth: {auth: 'key:signature', channelData: '{}'}},
  {type: 'subscribe', from, to, channel, auth: {auth: 'key:signature'}},
  {type: 'subscribe', from, to, channel, auth: null},
  {type: 'unsubscribe', from, to, channel},
  {type: 'send', from, to, event: 'client-typing', data: '{}', channel},
  {type: 'send', from, to, event: 'pusher:ping', data: '{}', channel: null},
  {type: 'leading', from},
  {type: 'alive', from},
  {type: 'welcome', from, socketId: '1.2'},
  {type: 'frame', from},
  {type: 'complaint', from, code: 4301, message: 'Too many.'},
  {type: 'complaint', from, code: null, message: 'Unknown.'},
  {type: 'closed', from, close},
  {type: 'subscribed', from, only: to, channel, members: new Map([['1', {name: 'Ali'}]])},
  {type: 'subscribed', from, only: null, channel, members: null},
  {type: 'refused', from, channel, status: 403},
  {type: 'refused', from, channel, status: null},
  {type: 'event', from, event: {channel, name: 'MessageSentEvent', data: {}, userId: '2'}},
  {type: 'event', from, event: {channel, name: 'MessageSentEvent', data: {}}},
];

/** What no field may be. */
const WRONG = [undefined, true, [], {}];

/** Every message that differs from a right one in one field. */
function* spoiled(message: Fields): Generator<Fields> {
  for (const [name, value] of Object.entries(message)) {
    for (const wrong of WRONG) yield {...message, [name]: wrong};
    if (value !== null) yield {...message, [name]: typeof value === 'number' ? String(value) : 1};
  }
}

describe('a message of another tab', () => {
  for (const message of MESSAGES) {
    const nulls = Object.entries(message).filter(([, value]) => value === null);
    const title = [message.type, ...nulls.map(([name]) => `without ${name}`)].join(' ');

    it(`is taken: ${title}`, () => {
      assert.deepEqual(decodeTabMessage({...message, added: 'by a later version'}), message);
    });

    it(`is not taken where a field is another than agreed: ${title}`, () => {
      for (const wrong of spoiled(message)) assert.equal(decodeTabMessage(wrong), null);
    });
  }

  it('is not taken where a part of a field is another than agreed', () => {
    for (const [field, part] of [
      ['close', {...close, code: null}],
      ['close', {...close, reason: null}],
      ['close', {...close, opened: null}],
      ['close', {...close, welcomed: null}],
      ['auth', {auth: 1}],
      ['auth', {auth: 'key:signature', channelData: null}],
      ['members', new Map([[1, {}]])],
      ['event', {channel, name: null}],
      ['event', {channel: null, name: 'x'}],
      ['event', {channel, name: 'x', userId: 2}],
    ] as const) {
      const message = MESSAGES.find(({[field]: value}) => typeof value === 'object');
      assert.equal(decodeTabMessage({...message, [field]: part}), null, JSON.stringify(part));
    }
  });

  it('is not taken where it is of no known type, or no object', () => {
    for (const type of ['other', 'toString', 'constructor', '__proto__']) assert.equal(decodeTabMessage({type, from}), null);
    for (const data of [undefined, null, 'ask', 1]) assert.equal(decodeTabMessage(data), null);
  });
});
