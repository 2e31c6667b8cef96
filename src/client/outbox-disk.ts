import type {Clock, Id} from '../model/index.js';
import {decodeOutboxItem} from './outbox-decode.js';
import {dropFromJournal, readJournal} from './outbox-journal.js';
import type {OutboxDisk, OutboxItem} from './outbox-storage.js';

/** Opening or deleting may wait for ever for another tab to let go (ms). */
const PATIENCE = 3_000;

const STORE = 'outbox';

/** Unsent messages and drafts in IndexedDB, in a database of the one person whose name it bears. Loaded when it is first wanted. */
export class IdbOutboxDisk implements OutboxDisk {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #drafts = new Map<string, string>();
  #writing: Promise<void> | null = null;
  #db: Promise<IDBDatabase> | null = null;
  /** What is being written in this very moment. */
  #transaction: IDBTransaction | null = null;

  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  async items(): Promise<readonly OutboxItem[]> {
    // Also what a tab has left that was closed meanwhile.
    await Promise.all(readJournal(this.#name).map((item) => this.put(item)));
    const stored = await this.#ask('readonly', (store) => store.getAll() as IDBRequest<unknown[]>);
    return stored.map(decodeOutboxItem).filter((item) => item !== null);
  }

  async put(item: OutboxItem): Promise<unknown> {
    const key = await this.#ask('readwrite', (store) => store.put(item, item.tempId));
    dropFromJournal(this.#name, item.tempId);
    return key;
  }

  delete(tempId: string): Promise<unknown> {
    dropFromJournal(this.#name, tempId);
    return this.#ask<unknown>('readwrite', (store) => store.delete(tempId));
  }

  async draft(conversationId: Id): Promise<string> {
    const text = await this.#ask('readonly', (store) => store.get(draftKey(conversationId)) as IDBRequest<unknown>);
    return typeof text === 'string' ? text : '';
  }

  /** Only the newest is written, so that a slow disk does not fall behind somebody who types. */
  keepDraft(conversationId: Id, text: string): Promise<void> {
    this.#drafts.set(draftKey(conversationId), text);
    return (this.#writing ??= this.#writeDrafts().finally(() => (this.#writing = null)));
  }

  close(): void {
    this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  /** Empties the database first: a tab that holds it is asked to let go, and if it does not, an empty one remains. */
  async destroy(): Promise<void> {
    await this.#ask<unknown>('readwrite', (store) => store.clear()).catch(() => undefined);
    this.close();
    await this.#inTime(indexedDB.deleteDatabase(this.#name)).catch(() => undefined);
  }

  async #writeDrafts(): Promise<void> {
    // One that is set anew meanwhile comes round again.
    for (const [key, text] of this.#drafts) {
      this.#drafts.delete(key);
      await this.#ask<unknown>('readwrite', (store) => (text ? store.put(text, key) : store.delete(key)));
    }
  }

  /** What the storage answers, once that is on the disk. */
  async #ask<Value>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => Pick<IDBRequest<Value>, 'result'>): Promise<Value> {
    this.#db ??= this.#open();
    const db = await this.#db;
    const transaction = mode === 'readonly' ? db.transaction(STORE) : (this.#transaction ??= this.#begin(db));
    const request = ask(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
    });
    return request.result;
  }

  /** What is written in one go goes to the disk in one go, and at once: of a page that goes away, the browser drops what is not committed. */
  #begin(db: IDBDatabase): IDBTransaction {
    const transaction = db.transaction(STORE, 'readwrite');
    queueMicrotask(() => {
      this.#transaction = null;
      transaction.commit();
    });
    return transaction;
  }

  async #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const db = await this.#inTime(request);
    // Another tab wants to delete or upgrade it, and must not wait for this one.
    db.onversionchange = db.onclose = () => this.close();
    return db;
  }

  #inTime<Value>(request: IDBRequest<Value>): Promise<Value> {
    const clock = this.#clock;
    return new Promise<Value>((resolve, reject) => {
      const timer = clock.setTimeout(() => reject(new Error('no answer within 3 s')), PATIENCE);
      const settle = (): void => {
        clock.clearTimeout(timer);
        if (request.error) reject(request.error);
        else resolve(request.result);
      };
      request.onsuccess = settle;
      request.onerror = settle;
    });
  }
}

/** Beside the messages, whose keys are temp ids. */
function draftKey(conversationId: Id): string {
  return `draft:${conversationId}`;
}
