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
  /** When it was written (ms since the epoch); messages are sent in this order. Unique within one tab. */
  readonly writtenAt: number;
  /** Why it was not sent; `null` while it waits. Such a message is sent again only if the person asks for it. `aborted`: its files are, or were, on their way. */
  readonly failure: StoredFailure | null;
}

/** The storage that outlives the page. A call that fails rejects. */
export interface OutboxDisk {
  /** All unsent messages, in no particular order. Entries that cannot be read are left out. */
  items(): Promise<readonly OutboxItem[]>;
  put(item: OutboxItem): Promise<unknown>;
  delete(tempId: string): Promise<unknown>;
  /** The draft of a conversation; empty where there is none. */
  draft(conversationId: Id): Promise<string>;
  keepDraft(conversationId: Id, text: string): Promise<void>;
  close(): void;
  /** Deletes everything, even while another tab has it open. */
  destroy(): Promise<void>;
}

/**
 * Keeps unsent messages and drafts. No call rejects: if the disk is not available or fails (private window, sandboxed frame, quota),
 * unsent messages are kept in memory; `isDurable` is then `false`, and `onLost` is called once.
 */
export class OutboxStorage {
  readonly #onLost: () => void;
  /** The messages that are not on the disk yet, or never will be. */
  readonly #memory = new Map<string, OutboxItem>();
  /** The messages that may be on the disk no more. As soon as one is found there it counts as it is there: another tab may have changed it. */
  #atRisk = new Map<string, OutboxItem>();
  /** The messages that were on the disk when it last answered. */
  #stored = new Map<string, OutboxItem>();
  /** The messages that are being deleted. What was read from the disk before may still hold them. */
  readonly #leaving = new Set<string>();
  #open: ((onCut: () => void) => Promise<OutboxDisk>) | null;
  #disk: Promise<OutboxDisk> | null = null;

  /**
   * `open` is called when the disk is first needed; `null` to use memory only. The disk calls `onCut` when it may have lost what it held;
   * it can be used on.
   */
  constructor(open: ((onCut: () => void) => Promise<OutboxDisk>) | null, onLost: () => void) {
    this.#open = open;
    this.#onLost = onLost;
  }

  /** Whether what is kept survives a reload. */
  get isDurable(): boolean {
    return this.#open !== null;
  }

  /** All unsent messages, in the order in which they were written. */
  async list(): Promise<readonly OutboxItem[]> {
    const stored = await this.#ask((disk) => disk.items());
    if (stored)
      this.#stored = new Map(stored.filter(({tempId}) => !this.#leaving.has(tempId)).map((item) => [item.tempId, item]));
    for (const tempId of this.#stored.keys()) this.#atRisk.delete(tempId);
    const items = new Map([...this.#atRisk, ...this.#stored, ...this.#memory]);
    return [...items.values()].sort((a, b) => a.writtenAt - b.writtenAt || (a.tempId < b.tempId ? -1 : 1));
  }

  /** The messages that are not known to be on the disk, and might be lost if the page went away now. */
  get underWay(): Iterable<OutboxItem> {
    return this.#open ? [...this.#atRisk.values(), ...this.#memory.values()] : [];
  }

  async put(item: OutboxItem): Promise<void> {
    this.#memory.set(item.tempId, item);
    const key = await this.#ask((disk) => disk.put(item));
    // A newer state of the same message may be in memory by now, and must stay there.
    if (key === undefined || this.#memory.get(item.tempId) !== item) return;
    this.#memory.delete(item.tempId);
    this.#atRisk.delete(item.tempId);
    this.#stored.set(item.tempId, item);
  }

  async delete(tempId: string): Promise<void> {
    for (const items of [this.#memory, this.#atRisk, this.#stored]) items.delete(tempId);
    this.#leaving.add(tempId);
    await this.#ask((disk) => disk.delete(tempId));
    this.#leaving.delete(tempId);
    // A full disk still deletes, and the next page would send what is left there.
    if (!this.#open) this.#disk?.then((disk) => disk.delete(tempId)).catch(() => undefined);
  }

  /** The draft of a conversation; empty where there is none, or no disk. */
  async draft(conversationId: Id): Promise<string> {
    return (await this.#ask((disk) => disk.draft(conversationId))) ?? '';
  }

  async keepDraft(conversationId: Id, text: string): Promise<void> {
    await this.#ask((disk) => disk.keepDraft(conversationId, text));
  }

  /** Closes the disk. Nothing more is written to it. */
  close(): void {
    this.#open = null;
    this.#stored.clear();
    this.#disk?.then((disk) => disk.close()).catch(() => undefined);
    this.#disk = null;
  }

  /** Resolves with the answer of the disk; with `undefined` if it fails, and from then on only memory is used. */
  async #ask<Value>(ask: (disk: OutboxDisk) => Promise<Value>): Promise<Value | undefined> {
    if (!this.#open) return undefined;
    try {
      this.#disk ??= this.#open(() => {
        // What was on the disk may be gone, while the person still sees it wait.
        this.#atRisk = new Map([...this.#atRisk, ...this.#stored]);
      });
      return await ask(await this.#disk);
    } catch (error) {
      if (!this.isDurable) return undefined;
      this.#open = null;
      log.warn('Unsent messages are kept in memory only', () => ({error: String(error)}));
      this.#onLost();
      return undefined;
    }
  }
}
