import {expect, oneEvent} from '@open-wc/testing';
import {readJournal} from '../../src/client/outbox-journal.js';
import {resolveOptions} from '../../src/client/options.js';
import type {OutboxItem, OutboxStorage} from '../../src/client/outbox-storage.js';
import {openOutboxStorage, wipeOutboxStorage} from '../../src/client/outbox-store.js';

const {environment} = resolveOptions({appKey: 'key'});

const item = (tempId: string, writtenAt: number): OutboxItem => ({
  tempId,
  conversationId: 10,
  content: `text of ${tempId}`,
  replyToId: null,
  attachmentIds: [],
  writtenAt,
  failure: null,
});

describe('the journal of the outbox', () => {
  let scope: string;
  let ending: AbortController;
  let opened: OutboxStorage[];

  const open = (): OutboxStorage => {
    const storage = openOutboxStorage(scope, environment, () => undefined, ending.signal);
    opened.push(storage);
    return storage;
  };
  const keys = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(scope));
  const names = async (storage: OutboxStorage): Promise<string[]> => (await storage.list()).map(({tempId}) => tempId);
  const leave = (): boolean => window.dispatchEvent(new Event('pagehide'));

  beforeEach(() => {
    scope = `test-${crypto.randomUUID()}`;
    ending = new AbortController();
    opened = [];
  });

  afterEach(async () => {
    ending.abort();
    for (const storage of opened) storage.close();
    await wipeOutboxStorage(scope, environment);
    for (const key of keys()) localStorage.removeItem(key);
  });

  it('saves what a page wrote right before it was left, while another one kept the disk busy', async () => {
    const release = await holdDisk(scope, open());
    const frame = document.createElement('iframe');
    frame.srcdoc = `<script type="module">
      import {resolveOptions} from '/src/client/options.ts';
      import {openOutboxStorage} from '/src/client/outbox-store.ts';
      const {environment} = resolveOptions({appKey: 'key'});
      const storage = openOutboxStorage('${scope}', environment, () => undefined, new AbortController().signal);
      parent.dispatchEvent(new CustomEvent('storage-open', {detail: storage}));
    </script>`;
    const opening = oneEvent(window, 'storage-open');
    document.body.append(frame);
    const {detail: itsStorage} = (await opening) as CustomEvent<OutboxStorage>;
    const written = Array.from({length: 10}, (_, index) => item(`message ${9 - index}`, index));
    for (const one of written) void itsStorage.put(one);
    frame.remove();
    release();
    expect(await open().list()).to.deep.equal(written);
    expect(keys()).to.deep.equal([]);
  });

  it('holds nothing that is on the disk, or was discarded', async () => {
    const storage = open();
    await storage.put(item('on the disk', 1));
    const underWay = [storage.put(item('under way', 2)), storage.put(item('discarded', 3)), storage.delete('discarded')];
    leave();
    expect(keys()).to.deep.equal([`${scope}:under way`]);
    await Promise.all(underWay);
    expect(keys(), 'the page came back').to.deep.equal([]);
    expect(await names(storage)).to.deep.equal(['on the disk', 'under way']);
  });

  it('is written when the page is frozen, too', () => {
    void open().put(item('a', 1));
    document.dispatchEvent(new Event('freeze'));
    expect(keys()).to.deep.equal([`${scope}:a`]);
  });

  it('is not believed', async () => {
    const {tempId, ...nameless} = item('a', 1);
    const texts = {
      broken: '{',
      empty: '',
      number: '1',
      nameless: JSON.stringify(nameless),
      other: JSON.stringify({...nameless, tempId}),
    };
    for (const [key, text] of Object.entries(texts)) localStorage.setItem(`${scope}:${key}`, text);
    expect(await names(open())).to.deep.equal([]);
    expect(keys()).to.deep.equal([]);
  });

  it('is that of one person', () => {
    localStorage.setItem(`${scope}2:a`, JSON.stringify(item('a', 1)));
    expect(readJournal(scope)).to.deep.equal([]);
    expect(keys()).to.have.length(1);
  });

  it('is deleted with the rest, and not written after that', async () => {
    const storage = open();
    const putting = storage.put(item('a', 1));
    leave();
    ending.abort();
    storage.close();
    const wiping = wipeOutboxStorage(scope, environment);
    expect(keys(), 'at once').to.deep.equal([]);
    leave();
    expect(keys()).to.deep.equal([]);
    await Promise.all([putting, wiping]);
  });

  it('is done without where the browser refuses', async () => {
    const described = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('Not here', 'SecurityError');
      },
    });
    try {
      const storage = open();
      const putting = storage.put(item('a', 1));
      leave();
      await putting;
      expect(await names(storage)).to.deep.equal(['a']);
      expect(storage.isDurable).to.equal(true);
    } finally {
      Object.defineProperty(window, 'localStorage', described);
    }
  });
});

/** Keeps a transaction open in which others may not write, until the result is called. */
async function holdDisk(name: string, storage: OutboxStorage): Promise<() => void> {
  await storage.list();
  const opening = indexedDB.open(name);
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const store = opening.result.transaction('outbox', 'readwrite').objectStore('outbox');
  let isHeld = true;
  // It ends when nothing is asked of it any more.
  const goOn = (): void => {
    if (isHeld) store.count().onsuccess = goOn;
    else opening.result.close();
  };
  goOn();
  return () => (isHeld = false);
}
