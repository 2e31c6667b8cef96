import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {dropFromJournal, readJournal} from '../../src/client/outbox-journal.js';
import {resolveOptions} from '../../src/client/options.js';
import type {OutboxItem, OutboxStorage} from '../../src/client/outbox-storage.js';
import {openOutboxStorage} from '../../src/client/outbox-store.js';
import {FakePage} from '../connection/support/fake-page.js';

const SCOPE = 'scope';

const item = (tempId: string): OutboxItem => ({
  tempId,
  conversationId: 10,
  content: `text of ${tempId}`,
  replyToId: null,
  attachmentIds: [],
  writtenAt: 1,
  failure: null,
});

describe('the journal of the outbox', () => {
  let page: FakePage;
  let journal: FakeStorage;
  let ending: AbortController;

  /** Its disk never answers. */
  const open = (): OutboxStorage =>
    openOutboxStorage(SCOPE, resolveOptions({appKey: 'key'}).environment, () => undefined, ending.signal);

  beforeEach(() => {
    page = new FakePage();
    journal = new FakeStorage();
    ending = new AbortController();
    const indexedDB = {open: () => ({})};
    const {window, document} = page;
    for (const [name, value] of Object.entries({window, document, indexedDB, localStorage: journal}))
      Object.defineProperty(globalThis, name, {value, configurable: true});
  });

  afterEach(() => {
    ending.abort();
    for (const name of ['window', 'document', 'indexedDB', 'localStorage']) Reflect.deleteProperty(globalThis, name);
  });

  it('holds what was written right before the page goes away', () => {
    const storage = open();
    const items = Array.from({length: 10}, (_, index) => item(`message ${index}`));
    for (const one of items) void storage.put(one);
    void storage.delete('message 3');
    assert.deepEqual(readJournal(SCOPE), [], 'not before');
    page.leave();
    assert.deepEqual(readJournal(SCOPE), items.toSpliced(3, 1));
    dropFromJournal(SCOPE, 'message 0');
    assert.equal(readJournal(SCOPE).length, 8);
  });

  it('holds it when the page is frozen', () => {
    void open().put(item('a'));
    page.freeze();
    assert.deepEqual(readJournal(SCOPE), [item('a')]);
  });

  it('is left alone by a person who is gone', () => {
    void open().put(item('a'));
    ending.abort();
    page.leave();
    assert.deepEqual(readJournal(SCOPE), []);
    assert.equal(page.listeners, 0);
  });

  it('is done without when it is full', () => {
    journal.isFull = true;
    void open().put(item('a'));
    page.leave();
    assert.deepEqual(readJournal(SCOPE), []);
  });
});

/** As in a browser, what is stored are properties of its own. */
class FakeStorage {
  [key: string]: unknown;

  declare isFull: boolean;

  constructor() {
    Object.defineProperty(this, 'isFull', {value: false, writable: true});
  }

  getItem(key: string): unknown {
    return this[key] ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException('Full', 'QuotaExceededError');
    this[key] = value;
  }

  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}
