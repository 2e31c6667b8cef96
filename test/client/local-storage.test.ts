import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createFakeServer} from '../../src/testing/index.js';

describe('a client outside of a page', () => {
  const ofNode = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  let touched = 0;

  beforeEach(() => {
    touched = 0;
    Object.defineProperty(globalThis, 'localStorage', {configurable: true, get: () => (touched += 1)});
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'localStorage');
    if (ofNode) Object.defineProperty(globalThis, 'localStorage', ofNode);
  });

  it('leaves the localStorage of Node 25 and later alone, which warns whoever touches it', async () => {
    const server = createFakeServer({users: [{id: 1, name: 'Ali'}], conversations: [{id: 9, participants: [1]}]});
    const client = server.client({userId: 1, environment: {...server.environment, storage: 'persistent'}});
    void client.connect();
    const close = client.conversation(9).open();
    void client.sendMessage({conversationId: 9, content: 'Hello'});
    await server.settle();
    assert.equal(server.messages(9).at(-1)?.content, 'Hello');
    close();
    await client.shutdown();
    server.dispose();
    assert.equal(touched, 0);
  });
});
