import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatApi} from '../../src/api/chat-api.js';
import {OutboxStorage, type OutboxItem} from '../../src/client/outbox-storage.js';
import {Outbox} from '../../src/client/outbox.js';
import {exclusiveLock} from '../../src/client/tab-lock.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {FakeBrowser, type FakeTab} from './fake-browser.js';

const item: OutboxItem = {
  tempId: 'a',
  conversationId: 10,
  content: 'a',
  replyToId: null,
  attachmentIds: [],
  writtenAt: 1,
  failure: null,
};

/** The outbox of a tab that waits for the lock that another one has. */
describe('an outbox that waits for its turn', () => {
  let server: FakeServer;
  let outbox: Outbox;
  let here: FakeTab;
  let there: FakeTab;
  let letGo: () => void;
  let tries: number;

  const request = (tab: FakeTab, hold: () => Promise<void>): void =>
    void tab.environment.locks?.request('scope:outbox:10', {}, hold);

  beforeEach(async () => {
    server = createFakeServer();
    const browser = new FakeBrowser(server.environment);
    [here, there] = [browser.openTab(), browser.openTab()];
    tries = 0;
    const {clock, random} = server.environment;
    const sendMessage = (): Promise<never> => {
      tries += 1;
      return Promise.reject(new Error('no network'));
    };
    outbox = new Outbox({
      api: {sendMessage} as unknown as ChatApi,
      clock,
      random,
      storage: new OutboxStorage(null, () => undefined),
      lock: exclusiveLock('scope', here.environment),
      listener: {changed: () => undefined, followerOf: () => undefined},
    });
    request(there, () => new Promise<void>((resolve) => (letGo = resolve)));
    await outbox.add(item);
    await server.settle();
  });

  afterEach(() => {
    outbox.dispose();
    server.dispose();
  });

  it('leaves the lock to the others once it is suspended', async () => {
    outbox.suspend();
    await server.settle();
    here.freeze();
    let isNext = false;
    request(there, () => {
      isNext = true;
      return Promise.resolve();
    });
    letGo();
    await server.settle();
    assert.equal(isNext, true);
    here.thaw();
    await server.advance(60_000);
    assert.equal(tries, 0);
  });

  it('waits for it again when it is woken', async () => {
    outbox.suspend();
    await outbox.wake();
    await server.settle();
    assert.equal(tries, 0);
    letGo();
    await server.settle();
    assert.equal(tries, 1);
  });

  it('does not go on with what was written during a try that is suspended', async () => {
    letGo();
    await server.settle();
    assert.equal(tries, 1);
    await outbox.add({...item, tempId: 'b', writtenAt: 2});
    outbox.suspend();
    await server.advance(60_000);
    assert.equal(tries, 1);
  });
});
