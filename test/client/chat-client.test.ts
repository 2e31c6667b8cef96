import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatClient} from '../../src/client/types.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

describe('a client', () => {
  let server: FakeServer;

  /** Clients of Ali that share one connection. */
  const openTwo = async (): Promise<readonly [ChatClient, ChatClient]> => {
    const tokenProvider = (): string => server.token(1);
    const clients = [server.client({userId: 1, tokenProvider}), server.client({userId: 1, tokenProvider})] as const;
    const connected = Promise.all(clients.map((client) => client.connect()));
    await server.settle();
    assert.deepEqual(await connected, [true, true]);
    assert.equal(server.socketIds.length, 1);
    return clients;
  };

  beforeEach(() => {
    server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}, {id: 11}]});
  });

  afterEach(() => server.dispose());

  describe('that is told to try again', () => {
    it('connects as by `connect`, if nobody has asked for that yet', async () => {
      const client = server.client({userId: 1});
      const conversation = client.conversation(10);
      conversation.open();
      client.retry();
      await server.settle();
      assert.equal(client.channels.get('private-user.1')?.state, 'subscribed');
      assert.equal(conversation.messages.size, 3);
    });

    it('stays connected when others that share the connection let go of it', async () => {
      const [client, other] = await openTwo();
      client.disconnect();
      await server.advance(2_000);
      client.retry();
      other.disconnect();
      await server.settle();
      assert.equal(client.isConnected, true);
    });
  });
});
