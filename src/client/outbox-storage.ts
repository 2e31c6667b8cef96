import type {ChatErrorCode, Id, IdKey} from '../model/index.js';

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

/** Where unsent messages, and drafts, are kept. Every call resolves: a storage that fails goes on in memory and says so by `isDurable`. */
export interface OutboxStorage {
  /** Whether what is kept survives a reload. */
  readonly isDurable: boolean;
  /** In the order in which they were written. */
  list(): Promise<readonly OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  delete(tempId: string): Promise<void>;
  /** What is written in a conversation and not sent; empty where nothing is kept. */
  draft(conversationId: Id): Promise<string>;
  keepDraft(conversationId: Id, text: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Keeps unsent messages for as long as the page lives. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly isDurable = false;
  readonly #items = new Map<IdKey, OutboxItem>();

  list(): Promise<readonly OutboxItem[]> {
    return Promise.resolve([...this.#items.values()].sort(byTimeOfWriting));
  }

  put(item: OutboxItem): Promise<void> {
    this.#items.set(item.tempId, item);
    return Promise.resolve();
  }

  delete(tempId: string): Promise<void> {
    this.#items.delete(tempId);
    return Promise.resolve();
  }

  draft(): Promise<string> {
    // The conversation itself lives as long as this.
    return Promise.resolve('');
  }

  keepDraft(): Promise<void> {
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#items.clear();
    return Promise.resolve();
  }

  close(): void {
    // Nothing is held open.
  }
}

/** The order in which messages were written. */
export function byTimeOfWriting(a: OutboxItem, b: OutboxItem): number {
  return a.writtenAt - b.writtenAt || (a.tempId < b.tempId ? -1 : 1);
}
