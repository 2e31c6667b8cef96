import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatApi} from '../../src/api/chat-api.js';
import {OutboxStorage, type OutboxDisk, type OutboxItem, type StoredFailure} from '../../src/client/outbox-storage.js';
import {Outbox, type OutboxFollower} from '../../src/client/outbox.js';
import {exclusiveLock} from '../../src/client/tab-lock.js';
import {ApiError} from '../../src/model/index.js';
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

const failure: StoredFailure = {code: 'invalid', message: 'Too long.', status: 422};

/** The disk that the tabs of one person share. */
class SharedDisk implements OutboxDisk {
  readonly kept = new Map<string, OutboxItem>();

  items(): Promise<readonly OutboxItem[]> {
    return Promise.resolve([...this.kept.values()]);
  }

  put(kept: OutboxItem): Promise<string> {
    this.kept.set(kept.tempId, kept);
    return Promise.resolve(kept.tempId);
  }

  delete(tempId: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(tempId));
  }

  draft(): Promise<string> {
    return Promise.resolve('');
  }

  keepDraft(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    // Nothing is held.
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

/** The outbox of a tab that waits for the lock that another one has. */
describe('an outbox that waits for its turn', () => {
  let server: FakeServer;
  let outbox: Outbox;
  let here: FakeTab;
  let there: FakeTab;
  let letGo: () => void;
  let tries: number;
  let isVisible: boolean;
  let isOnline: boolean;

  const request = (tab: FakeTab, hold: () => Promise<void>): void =>
    void tab.environment.locks?.request('scope:outbox:10', {}, hold);

  beforeEach(async () => {
    server = createFakeServer();
    const browser = new FakeBrowser(server.environment);
    [here, there] = [browser.openTab(), browser.openTab()];
    tries = 0;
    isVisible = true;
    isOnline = false;
    const {clock, random} = server.environment;
    const sendMessage = (): Promise<object> => {
      tries += 1;
      return isOnline ? Promise.resolve({}) : Promise.reject(new Error('no network'));
    };
    outbox = new Outbox({
      api: {sendMessage} as unknown as ChatApi,
      clock,
      random,
      storage: new OutboxStorage(null, () => undefined),
      lock: exclusiveLock('scope', {...here.environment, isVisible: () => isVisible}),
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

  for (const [what, waits] of [
    ['before the next try', () => Promise.resolve()],
    [
      'for something written earlier',
      () => {
        isOnline = true;
        return outbox.add({...item, tempId: 'b', writtenAt: 2}, new Promise(() => undefined));
      },
    ],
  ] as const) {
    it(`lets go of it when it is suspended while it waits ${what}`, async () => {
      await waits();
      letGo();
      await server.settle();
      assert.equal(tries, 1);
      let isNext = false;
      request(there, () => {
        isNext = true;
        return Promise.resolve();
      });
      await server.settle();
      assert.equal(isNext, false);
      outbox.suspend();
      await server.settle();
      assert.equal(isNext, true);
    });
  }

  it('tries less and less often, and begins anew after a success', async () => {
    letGo();
    await server.advance(600_000);
    assert.ok(tries < 100, `${tries} tries in ten minutes`);
    isOnline = true;
    await server.advance(20_000);
    isOnline = false;
    await outbox.add({...item, tempId: 'b', writtenAt: 2});
    await server.settle();
    const before = tries;
    await server.advance(1500);
    assert.equal(tries, before + 1);
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

  describe('while the tab that has it was stopped without a word', () => {
    beforeEach(() => {
      there.freeze();
      isOnline = true;
    });

    it('sends after half a minute all the same, and what is written after that a moment later', async () => {
      await server.advance(29_999);
      assert.equal(tries, 0);
      await server.advance(1);
      assert.equal(tries, 1);
      await outbox.add({...item, tempId: 'b', writtenAt: 2});
      await server.advance(999);
      assert.equal(tries, 1);
      await server.advance(1);
      assert.equal(tries, 2);
      await server.advance(120_000);
      assert.equal(tries, 2);
      assert.equal(here.timers, 0);
    });

    it('waits as long as nobody sees the page', async () => {
      isVisible = false;
      await server.advance(600_000);
      assert.equal(tries, 0);
      isVisible = true;
      await server.advance(30_000);
      assert.equal(tries, 1);
    });

    it('takes its turn again once that tab lets go, with all its patience', async () => {
      await server.advance(30_000);
      there.thaw();
      letGo();
      await outbox.add({...item, tempId: 'b', writtenAt: 2});
      await server.settle();
      assert.equal(tries, 2);

      request(there, () => new Promise<void>(() => undefined));
      await server.settle();
      await outbox.add({...item, tempId: 'c', writtenAt: 3});
      await server.advance(29_999);
      assert.equal(tries, 2);
      await server.advance(1);
      assert.equal(tries, 3);
    });

    it('ends its waiting with the page', async () => {
      outbox.dispose();
      assert.equal(here.timers, 0);
      await outbox.wake();
      outbox.follow(10);
      await server.advance(60_000);
      assert.equal(tries, 0);
    });
  });
});

/** The outbox of a tab whose messages another one, on the same disk, sends or discards meanwhile. */
describe('an outbox that shares its disk', () => {
  let server: FakeServer;
  let disk: SharedDisk;
  let cut: () => void;
  let storage: OutboxStorage;
  let outbox: Outbox;
  let tries: ((error: Error) => void)[];
  let moves: string[];
  /** What the other tabs are told. */
  let told: string[];
  let unanswered: readonly OutboxItem[];

  beforeEach(() => {
    server = createFakeServer();
    disk = new SharedDisk();
    tries = [];
    moves = [];
    told = [];
    unanswered = [];
    storage = new OutboxStorage((onCut) => {
      cut = onCut;
      return Promise.resolve(disk);
    }, assert.fail);
    const {clock, random} = server.environment;
    const follower: OutboxFollower = {
      outboxMoved: (_item, status) => moves.push(status),
      outboxSent: () => assert.fail(),
      outboxFailed: () => assert.fail(),
      outboxEmptied: () => {
        const again = unanswered;
        unanswered = [];
        return again;
      },
    };
    outbox = new Outbox({
      api: {sendMessage: () => new Promise((_, reject) => tries.push(reject))} as unknown as ChatApi,
      clock,
      random,
      storage,
      lock: (_name, work) => work(),
      listener: {changed: (_item, change) => told.push(change), followerOf: () => follower},
    });
  });

  afterEach(() => {
    outbox.dispose();
    server.dispose();
  });

  it('sends nothing that is not on the disk yet, or it would be there again after the other tab has heard that it is stored', async () => {
    await outbox.add(item);
    await server.settle();
    const second = {...item, tempId: 'b', writtenAt: 2};
    let store = (): void => undefined;
    disk.put = () =>
      new Promise((resolve) => {
        store = () => {
          disk.kept.set('b', second);
          resolve('b');
        };
      });
    void outbox.add(second);
    await outbox.forget('a');
    tries[0]?.(new Error('no network'));
    await server.settle();
    assert.equal(tries.length, 1);
    assert.deepEqual(told, ['added', 'sending'], 'nor does it tell the other tab to look for it there');
    store();
    await server.settle();
    assert.equal(tries.length, 2);
  });

  it('lets a message wait for its next try, but none of another conversation with it', async () => {
    await outbox.add(item);
    await server.settle();
    tries[0]?.(new Error('no network'));
    await server.settle();
    assert.deepEqual(moves, ['sending', 'queued']);
    await outbox.add({...item, tempId: 'b', conversationId: 11, writtenAt: 2});
    await server.settle();
    assert.equal(tries.length, 2);
  });

  it('sends again what was under way when it was suspended, and does not call it failed', async () => {
    await outbox.add(item);
    await server.settle();
    outbox.suspend();
    tries[0]?.(new ApiError('aborted', 'The call was broken off.'));
    await outbox.wake();
    await server.settle();
    assert.deepEqual(moves, ['sending', 'sending']);
    assert.equal(tries.length, 2);
  });

  describe('with a message that is discarded in the other tab', () => {
    it('has it no more, though it was found before on the disk', async () => {
      let answer = (_items: readonly OutboxItem[]): void => undefined;
      disk.items = () => new Promise((resolve) => (answer = resolve));
      const listed = outbox.list();
      await server.settle();
      await outbox.forget('a');
      answer([item]);
      assert.deepEqual(await listed, []);
    });

    it('does not put it back for an answer', async () => {
      unanswered = [item];
      let looks = 0;
      disk.items = async () => {
        looks += 1;
        // It looks for the message that it is about to put back.
        if (looks === 2) await outbox.forget('a');
        return [];
      };
      outbox.follow(10);
      await server.settle();
      assert.ok(looks >= 2);
      assert.equal(disk.kept.size, 0);
    });

    it('does not keep it as one that has failed', async () => {
      await outbox.add(item);
      await server.settle();
      disk.kept.clear();
      await outbox.forget('a');
      tries[0]?.(new ApiError('invalid', 'Too long.', {status: 422}));
      await server.settle();
      assert.equal(disk.kept.size, 0);
    });
  });

  describe('with a message that has failed for good in the other tab', () => {
    it('lets it be when its own try, which went on meanwhile, comes to nothing', async () => {
      await outbox.add(item);
      await server.settle();
      await disk.put({...item, failure});
      tries[0]?.(new Error('no network'));
      await server.advance(60_000);
      assert.deepEqual(moves, ['sending']);
      assert.equal(tries.length, 1);
    });

    it('does not send it again for an answer', async () => {
      unanswered = [item];
      await disk.put({...item, failure});
      outbox.follow(10);
      await server.settle();
      assert.equal(tries.length, 0);
    });

    it('does not send it again though its own connection to the disk had ended before', async () => {
      await storage.put(item);
      cut();
      await disk.put({...item, failure});
      await outbox.wake();
      await server.settle();
      assert.deepEqual(await outbox.list(), [{...item, failure}]);
      assert.equal(tries.length, 0);
    });
  });
});

describe('OutboxStorage', () => {
  it('has nothing any more that was discarded while the disk was being read', async () => {
    let answer = (_items: readonly OutboxItem[]): void => undefined;
    const reading = new Promise<readonly OutboxItem[]>((resolve) => (answer = resolve));
    const disk: OutboxDisk = {
      items: () => reading,
      put: () => Promise.resolve(),
      // One transaction comes after the other.
      delete: () => reading.then(() => undefined),
      draft: () => Promise.resolve(''),
      keepDraft: () => Promise.resolve(),
      close: () => undefined,
      destroy: () => Promise.resolve(),
    };
    const storage = new OutboxStorage(() => Promise.resolve(disk), assert.fail);
    await storage.put(item);
    const listed = storage.list();
    const deleted = storage.delete('a');
    answer([item]);
    assert.deepEqual(await listed, []);
    await deleted;
  });
});
