import {createLog} from '../logging/index.js';
import type {ChatErrorCode, Id} from '../model/index.js';

const log = createLog('Outbox');

/** Why a message was not sent, in a form that can be stored. */
export interface StoredFailure {
  readonly code: ChatErrorCode;
  readonly message: string;
  readonly status: number | null;
}

/** A message that the server has not confirmed yet. */
export interface OutboxItem {
  readonly tempId: string;
  readonly conversationId: Id;
  readonly content: string;
  readonly replyToId: Id | null;
  readonly attachmentIds: readonly Id[];
  /** When it was written (ms since the epoch), and the order in which it is sent. Unique within one tab. */
  readonly writtenAt: number;
  /** Why the server refused it; `null` while it waits. A refused one is not sent again until somebody asks for it. */
  readonly failure: StoredFailure | null;
}

/** What outlives the page. A call that fails rejects. */
export interface OutboxDisk {
  /** The messages, in no order. What is none is left out. */
  items(): Promise<readonly OutboxItem[]>;
  put(item: OutboxItem): Promise<unknown>;
  delete(tempId: string): Promise<unknown>;
  /** Empty where there is none. */
  draft(conversationId: Id): Promise<string>;
  keepDraft(conversationId: Id, text: string): Promise<void>;
  close(): void;
  /** Deletes all of it, also while another tab holds it. */
  destroy(): Promise<void>;
}

/**
 * Where unsent messages, and drafts, are kept. Every call resolves: where the disk cannot be had or fails (private window, sandboxed
 * frame, quota), unsent messages are kept for as long as the page lives; `isDurable` is then `false`, and `onLost` is called once.
 */
export class OutboxStorage {
  readonly #onLost: () => void;
  /** What is not on the disk: not yet, or not at all. */
  readonly #memory = new Map<string, OutboxItem>();
  /** What was on the disk when it last answered. */
  #stored = new Map<string, OutboxItem>();
  #open: (() => Promise<OutboxDisk>) | null;
  #disk: Promise<OutboxDisk> | null = null;

  /** `open` is called when the disk is first wanted; `null` for memory alone. */
  constructor(open: (() => Promise<OutboxDisk>) | null, onLost: () => void) {
    this.#open = open;
    this.#onLost = onLost;
  }

  /** Whether what is kept survives a reload. */
  get isDurable(): boolean {
    return this.#open !== null;
  }

  /** In the order in which they were written. */
  async list(): Promise<readonly OutboxItem[]> {
    const stored = await this.#ask((disk) => disk.items());
    if (stored) this.#stored = new Map(stored.map((item) => [item.tempId, item]));
    const items = new Map([...this.#stored, ...this.#memory]);
    return [...items.values()].sort((a, b) => a.writtenAt - b.writtenAt || (a.tempId < b.tempId ? -1 : 1));
  }

  /** What is on its way to the disk, and lost if the page goes away now. */
  get underWay(): Iterable<OutboxItem> {
    return this.#open ? this.#memory.values() : [];
  }

  async put(item: OutboxItem): Promise<void> {
    this.#memory.set(item.tempId, item);
    const key = await this.#ask((disk) => disk.put(item));
    // A newer state of it may be under way by now.
    if (key === undefined || this.#memory.get(item.tempId) !== item) return;
    this.#memory.delete(item.tempId);
    this.#stored.set(item.tempId, item);
  }

  async delete(tempId: string): Promise<void> {
    this.#memory.delete(tempId);
    this.#stored.delete(tempId);
    await this.#ask((disk) => disk.delete(tempId));
  }

  /** What is written in a conversation and not sent; empty where nothing is kept. */
  async draft(conversationId: Id): Promise<string> {
    return (await this.#ask((disk) => disk.draft(conversationId))) ?? '';
  }

  async keepDraft(conversationId: Id, text: string): Promise<void> {
    await this.#ask((disk) => disk.keepDraft(conversationId, text));
  }

  /** Keeps nothing from now on, and lets go of the disk. */
  close(): void {
    this.#open = null;
    this.#stored.clear();
    this.#disk?.then((disk) => disk.close()).catch(() => undefined);
  }

  /** What the disk answers; `undefined` where it fails, and from then on memory serves. */
  async #ask<Value>(ask: (disk: OutboxDisk) => Promise<Value>): Promise<Value | undefined> {
    if (!this.#open) return undefined;
    try {
      return await ask(await (this.#disk ??= this.#open()));
    } catch (error) {
      if (!this.isDurable) return undefined;
      this.#open = null;
      log.warn('Unsent messages are kept in memory only', () => ({error: String(error)}));
      this.#onLost();
      return undefined;
    }
  }
}
