import {expect, oneEvent, waitUntil} from '@open-wc/testing';
import {IdbOutboxDisk} from '../../src/client/outbox-disk.js';
import {OutboxStorage, type OutboxDisk, type OutboxItem} from '../../src/client/outbox-storage.js';
import {systemClock, type Clock} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';

const item = (tempId: string, writtenAt: number): OutboxItem => ({
  tempId,
  conversationId: 10,
  content: `text of ${tempId}`,
  replyToId: null,
  attachmentIds: [],
  writtenAt,
  failure: null,
});

/** The connection that a storage opens. It must not have opened one before. */
async function connectionOf(storage: OutboxStorage): Promise<IDBDatabase> {
  let held: IDBDatabase | undefined;
  const openDatabase = indexedDB.open.bind(indexedDB);
  indexedDB.open = (...args) => {
    const request = openDatabase(...args);
    request.addEventListener('success', () => (held = request.result));
    return request;
  };
  await storage.list();
  Reflect.deleteProperty(indexedDB, 'open');
  expect(held).to.be.instanceOf(IDBDatabase);
  return held as IDBDatabase;
}

/** Does something else when a transaction of this connection is to be committed. */
function atCommit(db: IDBDatabase, work: (transaction: IDBTransaction) => void): void {
  const begin = db.transaction.bind(db);
  db.transaction = (...args) => {
    const transaction = begin(...args);
    transaction.commit = () => work(transaction);
    return transaction;
  };
}

/** Keeps a transaction open, so that no other one begins until what it resolves with is called. */
async function occupy(name: string): Promise<() => Promise<void>> {
  const opening = indexedDB.open(name);
  await oneEvent(opening, 'success');
  const db = opening.result;
  const transaction = db.transaction('outbox', 'readwrite');
  let isOver = false;
  const goOn = (): void => {
    if (!isOver) transaction.objectStore('outbox').get('').onsuccess = goOn;
  };
  goOn();
  return async () => {
    isOver = true;
    await oneEvent(transaction, 'complete');
    db.close();
  };
}

describe('OutboxStorage', () => {
  let name: string;
  let lost: number;
  const opened: OutboxStorage[] = [];

  const disk = (onCut?: () => void): Promise<OutboxDisk> => Promise.resolve(new IdbOutboxDisk(name, systemClock, onCut));
  const open = (openDisk: typeof disk | null = disk): OutboxStorage => {
    const storage = new OutboxStorage(openDisk, () => (lost += 1));
    opened.push(storage);
    return storage;
  };
  const names = async (storage: OutboxStorage): Promise<string[]> => (await storage.list()).map(({tempId}) => tempId);

  beforeEach(() => {
    name = `test-${crypto.randomUUID()}`;
    lost = 0;
  });

  afterEach(async () => {
    for (const storage of opened.splice(0)) storage.close();
    await (await disk()).destroy();
  });

  it('gives back a draft as it was changed last, also while the disk is behind', async () => {
    const storage = open();
    for (const text of ['Hel', 'Hello', '']) void storage.keepDraft(10, text);
    expect(await storage.draft(10)).to.equal('');
    for (const text of ['By', 'Bye']) void storage.keepDraft(10, text);
    expect(await storage.draft(10)).to.equal('Bye');
  });

  it('gives back what was kept, in the order of writing, to whoever opens it next', async () => {
    const first = open();
    await first.put(item('b', 2));
    await first.put(item('a', 1));
    first.close();
    const next = open();
    expect(await names(next)).to.deep.equal(['a', 'b']);
    expect(next.isDurable).to.equal(true);
    expect(lost).to.equal(0);
  });

  it('has kept what was written in one go when the page goes away right after', async function () {
    // WebKit drops what it was told to commit all the same; there, a reload is up to the journal alone.
    if (/AppleWebKit(?!.*Chrom)/u.test(navigator.userAgent)) return this.skip();
    const frame = document.createElement('iframe');
    frame.srcdoc = `<script type="module">
      import {IdbOutboxDisk} from '/src/client/outbox-disk.ts';
      import {systemClock} from '/src/model/index.ts';
      const disk = new IdbOutboxDisk('${name}', systemClock);
      await disk.items();
      parent.dispatchEvent(new CustomEvent('disk-open', {detail: disk}));
    </script>`;
    const opening = oneEvent(window, 'disk-open');
    document.body.append(frame);
    const {detail: itsDisk} = (await opening) as CustomEvent<OutboxDisk>;
    const items = ['a', 'b', 'c'].map((tempId, index) => item(tempId, index));
    for (const one of items) void itsDisk.put(one);
    // Ends what was begun in this very moment, and gives the disk no time.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    frame.remove();
    expect(await names(open())).to.deep.equal(['a', 'b', 'c']);
  });

  it('is one storage for two tabs', async () => {
    const [here, there] = [open(), open()];
    await here.put(item('a', 1));
    expect(await names(there)).to.deep.equal(['a']);
    await there.delete('a');
    expect(await names(here)).to.deep.equal([]);
  });

  it('is emptied and deleted while another tab holds it', async () => {
    const [here, there] = [open(), open()];
    await here.put(item('a', 1));
    await there.list();
    await (await disk()).destroy();
    expect((await indexedDB.databases()).map((database) => database.name)).not.to.include(name);
    expect(await names(there)).to.deep.equal([]);
  });

  it('keeps the newest draft of each conversation, until it is empty', async () => {
    const storage = open();
    void storage.keepDraft(10, 'a');
    void storage.keepDraft(11, 'b');
    void storage.keepDraft(10, 'ab');
    await storage.keepDraft(10, 'abc');
    storage.close();
    const next = open();
    expect(await next.draft('10')).to.equal('abc');
    expect(await next.draft(11)).to.equal('b');
    expect(await next.draft(12)).to.equal('');
    expect(await next.list()).to.deep.equal([]);
    await next.keepDraft(10, '');
    expect(await next.draft(10)).to.equal('');
  });

  it('passes over what it did not write', async () => {
    const storage = open();
    await storage.put(item('a', 1));
    await storage.put({tempId: 'odd'} as OutboxItem);
    expect(await names(storage)).to.deep.equal(['a']);
  });

  it('goes on in memory where the browser refuses, and says so once', async () => {
    const storage = open();
    const cannotBeStored = {...item('a', 1), attachmentIds: [(() => undefined) as never]};
    await storage.put(cannotBeStored);
    await storage.put(item('b', 2));
    expect(await names(storage)).to.deep.equal(['a', 'b']);
    expect(storage.isDurable).to.equal(false);
    expect(lost).to.equal(1);
  });

  it('lets go of a database that opens too late, so that another tab can delete it', async () => {
    const clock = new VirtualClock();
    const opening = indexedDB.open(name);
    await oneEvent(opening, 'success');
    // What is deleted cannot be opened before the deletion is over, and that waits for this connection.
    indexedDB.deleteDatabase(name);
    const storage = open(() => Promise.resolve(new IdbOutboxDisk(name, clock)));
    const listed = storage.list();
    await waitUntil(() => clock.pending > 0);
    await clock.advance(6_000);
    await listed;
    expect(storage.isDurable).to.equal(false);
    storage.close();
    opening.result.close();
    const deletion = indexedDB.deleteDatabase(name);
    const {type} = await Promise.race([oneEvent(deletion, 'success'), oneEvent(deletion, 'blocked')]);
    expect(type).to.equal('success');
  });

  it('has in memory what the disk held, once the disk fails', async () => {
    const earlier = open();
    await earlier.put(item('a', 1));
    earlier.close();
    const failing = new IdbOutboxDisk(name, systemClock);
    const storage = open(() => Promise.resolve(failing));
    await storage.list();
    await Promise.all([storage.put(item('b', 2)), storage.put(item('c', 3))]);
    await storage.delete('b');
    failing.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await storage.put(item('d', 4));
    expect(await names(storage)).to.deep.equal(['a', 'c', 'd']);
    expect(lost).to.equal(1);
  });

  it('deletes from a disk that is full, so that the next page does not send what was discarded', async () => {
    const full = new IdbOutboxDisk(name, systemClock);
    const storage = open(() => Promise.resolve(full));
    await storage.put(item('a', 1));
    full.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await storage.put(item('b', 2));
    expect(lost).to.equal(1);
    await storage.delete('a');
    expect(await names(storage)).to.deep.equal(['b']);
    const next = open();
    await waitUntil(async () => (await names(next)).length === 0, 'the next page finds it');
  });

  it('still has what waits once somebody clears what the browser keeps of the site', async () => {
    const storage = open();
    const held = await connectionOf(storage);
    await storage.put(item('a', 1));
    await storage.put(item('b', 2));
    // As a browser does it, which asks nobody.
    held.close();
    await (await disk()).destroy();
    held.dispatchEvent(new Event('close'));
    expect(await names(storage)).to.deep.equal(['a', 'b']);
    expect([...storage.underWay].map(({tempId}) => tempId)).to.deep.equal(['a', 'b']);
    await storage.delete('a');
    await storage.put(item('c', 3));
    expect(await names(storage)).to.deep.equal(['b', 'c']);
    expect(storage.isDurable).to.equal(true);
    expect(lost).to.equal(0);
  });

  it('still has what waits once a script of the page deletes the database', async () => {
    const storage = open();
    await storage.put(item('a', 1));
    await storage.put(item('b', 2));
    await oneEvent(indexedDB.deleteDatabase(name), 'success');
    expect(await names(storage)).to.deep.equal(['a', 'b']);
    await storage.delete('a');
    expect(await names(storage)).to.deep.equal(['b']);
    expect(storage.isDurable).to.equal(true);
  });

  it('connects again once its connection has ended, as in WebKit after a page was stopped', async () => {
    const storage = open();
    const held = await connectionOf(storage);
    await storage.put(item('a', 1));
    held.close();
    await Promise.all([storage.put(item('b', 2)), storage.put(item('c', 3)), storage.delete('a')]);
    expect(await names(storage)).to.deep.equal(['b', 'c']);
    expect(storage.isDurable).to.equal(true);
    expect(await names(open()), 'on the disk').to.deep.equal(['b', 'c']);
    expect(lost).to.equal(0);
  });

  it('tries once more when a transaction was aborted', async () => {
    const storage = open();
    const held = await connectionOf(storage);
    atCommit(held, (transaction) => transaction.abort());
    await storage.put(item('a', 1));
    expect(storage.isDurable).to.equal(true);
    expect(await names(open()), 'on the disk').to.deep.equal(['a']);
  });

  it('waits for a disk that answers while the page is busy for longer than it would wait', async () => {
    // As after such a time: the timer that was set first is over when the page comes to it, and the answer has not been heard yet.
    let isBusy = true;
    const setTimer: Clock['setTimeout'] = (fn, ms) => {
      const wait = isBusy ? 0 : ms;
      isBusy = false;
      return systemClock.setTimeout(fn, wait);
    };
    const storage = open(() => Promise.resolve(new IdbOutboxDisk(name, {...systemClock, setTimeout: setTimer})));
    await storage.put(item('a', 1));
    expect(storage.isDurable).to.equal(true);
    expect(lost).to.equal(0);
    expect(await names(open()), 'on the disk').to.deep.equal(['a']);
  });

  describe('when the browser never ends a transaction', () => {
    let clock: VirtualClock;
    let storage: OutboxStorage;
    let put: Promise<void>;
    let release: () => Promise<void>;

    beforeEach(async () => {
      clock = new VirtualClock();
      storage = open((onCut) => Promise.resolve(new IdbOutboxDisk(name, clock, onCut)));
      await storage.list();
      release = await occupy(name);
      put = storage.put(item('a', 1));
      await waitUntil(() => clock.pending === 1, undefined, {timeout: 20_000});
      await clock.advance(9_999);
      expect(clock.pending).to.equal(1);
    });

    it('goes on in memory after the second one', async () => {
      await clock.advance(1);
      // The time to connect, and then that for the transaction.
      await waitUntil(() => clock.untilNext === 10_000, undefined, {timeout: 20_000});
      await clock.advance(10_000);
      await put;
      expect(await names(storage)).to.deep.equal(['a']);
      expect(lost).to.equal(1);
      await release();
    });

    it('goes on by a new connection where that can', async () => {
      await clock.advance(1);
      await release();
      await put;
      expect(storage.isDurable).to.equal(true);
      expect(await names(open()), 'on the disk').to.deep.equal(['a']);
      expect(clock.pending).to.equal(0);
    });
  });

  it('does not connect again where a transaction fails once it is closed', async () => {
    const storage = open();
    const held = await connectionOf(storage);
    atCommit(held, (transaction) => {
      storage.close();
      void Promise.resolve().then(() => transaction.abort());
    });
    let connections = 0;
    const openDatabase = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...args) => {
      connections += 1;
      return openDatabase(...args);
    };
    await storage.put(item('a', 1));
    Reflect.deleteProperty(indexedDB, 'open');
    expect(connections).to.equal(0);
    expect(lost).to.equal(0);
  });

  it('goes on in memory where the code for the disk cannot be loaded', async () => {
    const storage = open(() => Promise.reject(new Error('not found')));
    await storage.put(item('a', 1));
    expect(await names(storage)).to.deep.equal(['a']);
    expect(storage.isDurable).to.equal(false);
    expect(lost).to.equal(1);
  });

  it('keeps nothing after it was closed', async () => {
    const storage = open();
    await storage.put(item('a', 1));
    storage.close();
    expect(await names(storage)).to.deep.equal([]);
    expect(lost).to.equal(0);
  });
});
