import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createChatClient} from '../../src/client/create-chat-client.js';
import {createLog, Logger} from '../../src/logging/index.js';

describe('the debug option', () => {
  let tags: string[];

  const tagsWith = (debug: boolean | string | undefined): string[] => {
    const client = createChatClient({appKey: 'k', wsHost: 'localhost', scheme: 'http', userId: 1, debug});
    tags.length = 0;
    createLog('ChatTransport').info('t');
    createLog('Outbox').info('o');
    client.dispose();
    return [...tags];
  };

  beforeEach(() => {
    tags = [];
    Logger.setSink(({tag}) => tags.push(tag));
  });
  afterEach(() => {
    Logger.disable();
    Logger.setSink(null);
  });

  for (const [debug, expected] of [
    [undefined, []],
    [false, []],
    [true, ['ChatTransport', 'Outbox']],
    ['Outbox', ['Outbox']],
    ['WebSocketService', ['ChatTransport']],
  ] as const) {
    it(`writes ${expected.join(' and ') || 'nothing'} with ${String(debug)}`, () => {
      assert.deepEqual(tagsWith(debug), expected);
    });
  }

  it('leaves a log alone that the host has turned on', () => {
    Logger.enable('Outbox');
    assert.deepEqual(tagsWith(undefined), ['Outbox']);
  });
});
