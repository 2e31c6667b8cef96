import {deleteDB, openDB, type DBSchema, type IDBPDatabase} from 'idb';
import {createLog} from '../logging/index.js';
import type {Clock} from '../model/index.js';
import {decodeOutboxItem} from './outbox-decode.js';
import {byTimeOfWriting, MemoryOutboxStorage, type OutboxItem, type OutboxStorage} from './outbox-storage.js';

/** Opening may wait for ever for another tab to let go of an older version (ms). */
const OPEN_TIMEOUT = 3_000;

interface Schema extends DBSchema {
  outbox: {key: string; value: OutboxItem};
}

const log = createLog('Outbox');

/**
 * Keeps unsent messages in IndexedDB, in a database of the one person whose name it bears. Where the browser refuses (private window, sandboxed
 * frame, quota, a broken disk), it goes on in memory: `isDurable` is then `false` and `onLost` is called once.
 */
export class IdbOutboxStorage implements OutboxStorage {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #onLost: () => void;
  readonly #memory = new MemoryOutboxStorage();
  #db: Promise<IDBPDatabase<Schema>> | null = null;
  #lost = false;
  #closed = false;

  constructor(name: string, clock: Clock, onLost: () => void) {
    this.#name = name;
    this.#clock = clock;
    this.#onLost = onLost;
  }

  get isDurable(): boolean {
    return !this.#lost;
  }

  async list(): Promise<readonly OutboxItem[]> {
    const stored = await this.#try((db) => db.getAll('outbox'), []);
    const kept = await this.#memory.list();
    const items = new Map<string, OutboxItem>();
    for (const item of [...stored.map(decodeOutboxItem), ...kept]) if (item) items.set(item.tempId, item);
    return [...items.values()].sort(byTimeOfWriting);
  }

  async put(item: OutboxItem): Promise<void> {
    const stored = await this.#try(async (db) => {
      await db.put('outbox', item, item.tempId);
      return true;
    }, false);
    if (stored) await this.#memory.delete(item.tempId);
    else await this.#memory.put(item);
  }

  async delete(tempId: string): Promise<void> {
    await this.#memory.delete(tempId);
    await this.#try((db) => db.delete('outbox', tempId), undefined);
  }

  async clear(): Promise<void> {
    await this.#memory.clear();
    await this.#try((db) => db.clear('outbox'), undefined);
  }

  close(): void {
    this.#closed = true;
    void this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  /** Closes and deletes the database. A tab that holds it is asked to let go; if it does not, an empty one remains. */
  async destroy(): Promise<void> {
    this.close();
    await Promise.race([deleteDB(this.#name).catch(() => undefined), this.#pause(OPEN_TIMEOUT)]);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.setTimeout(resolve, ms));
  }

  /** What `work` gives; `otherwise` where the storage fails, and from then on memory does. */
  async #try<Value>(work: (db: IDBPDatabase<Schema>) => Promise<Value>, otherwise: Value): Promise<Value> {
    if (this.#lost || this.#closed) return otherwise;
    try {
      return await work(await this.#open());
    } catch (error) {
      if (this.#closed) return otherwise;
      this.#lost = true;
      log.warn('Unsent messages cannot be stored, and are kept in memory only', () => ({error: String(error)}));
      this.#onLost();
      return otherwise;
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= this.#withTimeout(
      openDB<Schema>(this.#name, 1, {
        upgrade: (db) => void db.createObjectStore('outbox'),
        // Another tab wants to delete or upgrade it, and must not wait for this one.
        blocking: () => this.#reopenLater(),
        terminated: () => this.#reopenLater(),
      }),
    );
    return this.#db;
  }

  #reopenLater(): void {
    void this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = null;
  }

  #withTimeout<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => reject(new Error('The storage did not open in time.')), OPEN_TIMEOUT);
      work.then(resolve, reject).finally(() => this.#clock.clearTimeout(timer));
    });
  }
}
