import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createFakeServer} from '../../src/testing/fake-server.js';

describe('a conversation whose events may come over two channels', () => {
  for (const [refused, sync] of [
    ['presence-chat', 'live'],
    ['private-user', 'live'],
    ['-', 'off'],
  ] as const) {
    it(`is ${sync} where the server refuses those with ${refused} in their name`, async () => {
      const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}]});
      server.faults.auth({match: refused, status: 403, times: Infinity});
      const client = server.client({userId: 1, conversationChannel: 'presence-chat.{id}'});
      const conversation = client.conversation(10);
      conversation.open();
      void client.connect();
      await server.advance(10_000);
      assert.deepEqual([conversation.snapshot().phase, conversation.snapshot().sync], ['ready', sync]);
      server.dispose();
    });
  }

  it('leaves its own channel when nobody has it open any more', async () => {
    const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}]});
    const client = server.client({userId: 1, conversationChannel: 'presence-chat.{id}'});
    const close = client.conversation(10).open();
    void client.connect();
    await server.settle();
    assert.ok(server.subscriptions.has('presence-chat.10'));
    close();
    await server.settle();
    assert.deepEqual([...server.subscriptions.keys()], ['private-user.1']);
    server.dispose();
  });
});
