import type {Clock, Id} from '../model/index.js';
import {decodeOutboxItem} from './outbox-decode.js';
import {dropFromJournal, readJournal} from './outbox-journal.js';
import type {OutboxDisk, OutboxItem} from './outbox-storage.js';

/** How long deleting may take (ms), and opening twice as long. Another tab that does not close the database would block them for ever. */
const PATIENCE = 3_000;

/** How long a transaction may take (ms). Far longer than any does, unless the browser has lost it. */
const PATIENCE_WITH_WORK = 10_000;

const STORE = 'outbox';

type Ask<Value> = (store: IDBObjectStore) => Pick<IDBRequest<Value>, 'result'>;

/** Unsent messages and drafts in IndexedDB, with a database for each person. This module is loaded when it is first needed. */
export class IdbOutboxDisk implements OutboxDisk {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #onCut: (() => void) | undefined;
  readonly #drafts = new Map<string, string>();
  #writing: Promise<void> | null = null;
  #db: Promise<IDBDatabase> | null = null;
  #isClosed = false;
  /** The transaction that collects the writes of the current task. */
  #transaction: IDBTransaction | null = null;

  /** `onCut` is called when a connection has ended by itself, as when somebody clears what the browser keeps of the site. */
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
    const key = draftKey(conversationId);
    // What waits to be written is newer than what is there: a text that was just sent must not come back.
    const text = this.#drafts.get(key) ?? (await this.#ask('readonly', (store) => store.get(key) as IDBRequest<unknown>));
    return typeof text === 'string' ? text : '';
  }

  /** While one text is being written, only the newest of those that follow is kept, so that a slow disk keeps up with typing. */
  keepDraft(conversationId: Id, text: string): Promise<void> {
    this.#drafts.set(draftKey(conversationId), text);
    return (this.#writing ??= this.#writeDrafts().finally(() => (this.#writing = null)));
  }

  close(): void {
    this.#isClosed = true;
    this.#disconnect();
  }

  #disconnect(): void {
    this.#transaction = null;
    this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  /** Empties the database before deleting it: if another tab does not close it, at least it is empty. */
  async destroy(): Promise<void> {
    await this.#ask<unknown>('readwrite', (store) => store.clear()).catch(() => undefined);
    this.close();
    await this.#inTime(answered(indexedDB.deleteDatabase(this.#name))).catch(() => undefined);
  }

  async #writeDrafts(): Promise<void> {
    // A draft that is set again during the loop is added at the end of the map, so the loop comes to it.
    for (const [key, text] of this.#drafts) {
      this.#drafts.delete(key);
      await this.#ask<unknown>('readwrite', (store) => (text ? store.put(text, key) : store.delete(key)));
    }
  }

  /**
   * Resolves with the result of a request once its transaction is complete. If that fails, it is tried once more on a new connection: WebKit
   * ends connections, or never answers them again, when it stops a page. What is asked may be done twice.
   */
  async #ask<Value>(mode: IDBTransactionMode, ask: Ask<Value>): Promise<Value> {
    const opening = (this.#db ??= this.#open());
    const db = await opening;
    try {
      return await this.#askOnce(db, mode, ask);
    } catch (error) {
      if (this.#isClosed) throw error;
      if (this.#db === opening) {
        this.#disconnect();
        this.#onCut?.();
      }
      return this.#askOnce(await (this.#db ??= this.#open()), mode, ask);
    }
  }

  async #askOnce<Value>(db: IDBDatabase, mode: IDBTransactionMode, ask: Ask<Value>): Promise<Value> {
    const transaction = mode === 'readonly' ? db.transaction(STORE) : (this.#transaction ??= this.#begin(db));
    const request = ask(transaction.objectStore(STORE));
    await this.#inTime(completed(transaction), PATIENCE_WITH_WORK);
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
    const opening = answered(request);
    // Twice: if the page was busy for all of the first time, as pages are while they start, the answer is there but has not been heard yet.
    const twice = this.#inTime(opening).catch(() => this.#inTime(opening));
    const db = await twice.catch((error: unknown) => {
      // It may still open, and nobody would close it: another tab could not delete it.
      opening.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
    // Somebody wants to delete or upgrade it, and must not wait for this one. What is still in it may be lost; a logout empties it before.
    db.onversionchange = () => {
      this.#askOnce(db, 'readonly', (store) => store.count()).then(
        (count) => count > 0 && this.#onCut?.(),
        // WebKit also asks a connection that is being closed.
        () => undefined,
      );
      this.#disconnect();
    };
    db.onclose = () => {
      this.#disconnect();
      this.#onCut?.();
    };
    return db;
  }

  #inTime<Value>(answer: Promise<Value>, patience = PATIENCE): Promise<Value> {
    const clock = this.#clock;
    return new Promise<Value>((resolve, reject) => {
      const timer = clock.setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
      answer.finally(() => clock.clearTimeout(timer)).then(resolve, reject);
    });
  }
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });
}

/** The key of a draft. Drafts are in the same store as the messages, whose keys are temp ids. */
function draftKey(conversationId: Id): string {
  return `draft:${conversationId}`;
}
