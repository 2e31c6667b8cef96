import {createLog} from '../logging/index.js';
import type {Clock, Id} from '../model/index.js';
import {within} from '../model/within.js';
import {decodeOutboxItem} from './outbox-decode.js';
import {byTimeOfWriting, MemoryOutboxStorage, type OutboxItem, type OutboxStorage} from './outbox-storage.js';

/** Opening or deleting may wait for ever for another tab to let go (ms). */
const PATIENCE = 3_000;

const STORE = 'outbox';

const log = createLog('Outbox');

/**
 * Keeps unsent messages in IndexedDB, in a database of the one person whose name it bears. Where the browser refuses (private window,
 * sandboxed frame, quota, a broken disk), it goes on in memory: `isDurable` is then `false` and `onLost` is called once.
 */
export class IdbOutboxStorage implements OutboxStorage {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #onLost: () => void;
  readonly #memory = new MemoryOutboxStorage();
  readonly #drafts = new Map<string, string>();
  #writing: Promise<void> | null = null;
  #db: Promise<IDBDatabase> | null = null;
  #use: 'disk' | 'memory' | 'none' = 'disk';

  constructor(name: string, clock: Clock, onLost: () => void) {
    this.#name = name;
    this.#clock = clock;
    this.#onLost = onLost;
  }

  get isDurable(): boolean {
    return this.#use !== 'memory';
  }

  async list(): Promise<readonly OutboxItem[]> {
    const items = new Map<string, OutboxItem>();
    const stored = (await this.#ask('readonly', (store) => store.getAll() as IDBRequest<unknown[]>)) ?? [];
    for (const item of [...stored.map(decodeOutboxItem), ...(await this.#memory.list())]) if (item) items.set(item.tempId, item);
    return [...items.values()].sort(byTimeOfWriting);
  }

  async put(item: OutboxItem): Promise<void> {
    const key = await this.#ask('readwrite', (store) => store.put(item, item.tempId));
    if (key === undefined) await this.#memory.put(item);
    else await this.#memory.delete(item.tempId);
  }

  async delete(tempId: string): Promise<void> {
    await this.#memory.delete(tempId);
    await this.#ask('readwrite', (store) => store.delete(tempId));
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

  async clear(): Promise<void> {
    await this.#memory.clear();
    await this.#ask('readwrite', (store) => store.clear());
  }

  close(): void {
    this.#use = 'none';
    this.#letGo();
  }

  /** Closes and deletes the database. A tab that holds it is asked to let go; if it does not, an empty one remains. */
  async destroy(): Promise<void> {
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

  /** What the storage answers once that is on the disk; `undefined` where it fails, and from then on memory serves. */
  async #ask<Value>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => Pick<IDBRequest<Value>, 'result'>,
  ): Promise<Value | undefined> {
    if (this.#use !== 'disk') return undefined;
    try {
      const db = await this.#open();
      const transaction = db.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
      return request.result;
    } catch (error) {
      this.#lose(error);
      return undefined;
    }
  }

  #lose(error: unknown): void {
    if (this.#use !== 'disk') return;
    this.#use = 'memory';
    log.warn('Unsent messages cannot be stored, and are kept in memory only', () => ({error: String(error)}));
    this.#onLost();
  }

  #open(): Promise<IDBDatabase> {
    if (this.#db) return this.#db;
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    this.#db = this.#inTime(request).then((db) => {
      // Another tab wants to delete or upgrade it, and must not wait for this one.
      db.onversionchange = db.onclose = () => this.#letGo();
      return db;
    });
    return this.#db;
  }

  #letGo(): void {
    void this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  #inTime<Value>(request: IDBRequest<Value>): Promise<Value> {
    return within({clock: this.#clock, timeout: PATIENCE, what: 'The storage'}, () => settle(request));
  }
}

/** Beside the messages, whose keys are temp ids. */
function draftKey(conversationId: Id): string {
  return `draft:${conversationId}`;
}

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
}
