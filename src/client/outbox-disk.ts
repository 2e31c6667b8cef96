import type {Clock, Id} from '../model/index.js';
import {decodeOutboxItem} from './outbox-decode.js';
import {dropFromJournal, readJournal} from './outbox-journal.js';
import type {OutboxDisk, OutboxItem} from './outbox-storage.js';

/** How long opening or deleting may take (ms). Another tab that does not close the database would block it for ever. */
const PATIENCE = 3_000;

const STORE = 'outbox';

/** Unsent messages and drafts in IndexedDB, with a database for each person. This module is loaded when it is first needed. */
export class IdbOutboxDisk implements OutboxDisk {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #onCut: (() => void) | undefined;
  readonly #drafts = new Map<string, string>();
  #writing: Promise<void> | null = null;
  #db: Promise<IDBDatabase> | null = null;
  /** The transaction that collects the writes of the current task. */
  #transaction: IDBTransaction | null = null;

  /** `onCut` is called when the browser ends the connection by itself, as when somebody clears what it keeps of the site. */
  constructor(name: string, clock: Clock, onCut?: () => void) {
    this.#name = name;
    this.#clock = clock;
    this.#onCut = onCut;
  }

  async items(): Promise<readonly OutboxItem[]> {
    // The journal is read each time: a tab that was closed meanwhile may have left something there.
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

  /** While one text is being written, only the newest of those that follow is kept, so that a slow disk keeps up with typing. */
  keepDraft(conversationId: Id, text: string): Promise<void> {
    this.#drafts.set(draftKey(conversationId), text);
    return (this.#writing ??= this.#writeDrafts().finally(() => (this.#writing = null)));
  }

  close(): void {
    this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  /** Empties the database before deleting it: if another tab does not close it, at least it is empty. */
  async destroy(): Promise<void> {
    await this.#ask<unknown>('readwrite', (store) => store.clear()).catch(() => undefined);
    this.close();
    await this.#inTime(indexedDB.deleteDatabase(this.#name)).catch(() => undefined);
  }

  async #writeDrafts(): Promise<void> {
    // A draft that is set again during the loop is added at the end of the map, so the loop comes to it.
    for (const [key, text] of this.#drafts) {
      this.#drafts.delete(key);
      await this.#ask<unknown>('readwrite', (store) => (text ? store.put(text, key) : store.delete(key)));
    }
  }

  /** Resolves with the result of a request once its transaction is complete. */
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

  /** Begins a transaction for all writes of this task, and commits it right after: when a page goes away, the browser drops what is not committed. */
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
    db.onversionchange = () => this.close();
    db.onclose = () => {
      this.close();
      this.#onCut?.();
    };
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

/** The key of a draft. Drafts are in the same store as the messages, whose keys are temp ids. */
function draftKey(conversationId: Id): string {
  return `draft:${conversationId}`;
}
