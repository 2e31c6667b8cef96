import type {ChatApi} from '../api/chat-api.js';
import {createLog} from '../logging/index.js';
import {ApiError, idKey, type Clock, type Id, type IdKey, type Message} from '../model/index.js';
import type {OutboxItem, OutboxStorage} from './outbox-storage.js';
import {retryWait} from './retry-wait.js';

/** So often a server may answer one message with an error of its own before that message is given up: it must not hold up the others for ever. */
const MAX_SERVER_ERRORS = 8;

/** Runs `work` while no other tab runs work under the same name. Once `signal` is aborted it waits no longer, and runs `work` without. */
export type ExclusiveLock = (name: string, work: () => Promise<void>, signal?: AbortSignal) => Promise<void>;

/** What became of an item, for the other tabs. */
export type OutboxChange = 'added' | 'sending' | 'sent' | 'failed' | 'discarded';

/** Who wants to know what becomes of the items of a conversation: those of this tab, and those found in the storage. */
export interface OutboxFollower {
  /** It is being sent, or waits: for its turn, or for the next try. */
  outboxMoved(item: OutboxItem, status: 'queued' | 'sending'): void;
  outboxSent(item: OutboxItem, message: Message): void;
  outboxFailed(item: OutboxItem, error: ApiError): void;
}

export interface OutboxListener {
  /** Something for the other tabs to know. */
  changed(item: Pick<OutboxItem, 'conversationId' | 'tempId'>, change: OutboxChange): void;
  followerOf(conversationId: Id): OutboxFollower | undefined;
}

interface OutboxOptions {
  readonly api: ChatApi;
  readonly clock: Clock;
  readonly random: () => number;
  readonly storage: OutboxStorage;
  readonly lock: ExclusiveLock;
  readonly listener: OutboxListener;
}

/** One conversation's items, sent one after the other. */
interface Lane {
  running: boolean;
  again: boolean;
  failures: number;
  serverErrors: number;
  /** Ends the pause before the next try. */
  wake: (() => void) | undefined;
}

const log = createLog('Outbox');

/**
 * Sends what was written: in order within a conversation, one at a time, each with the same temp id on every try, until the server
 * has it or refuses it. Because a repeated temp id gets the same message, trying again never doubles one.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes = new Map<IdKey, Lane>();
  #disposed = false;
  /** Ends what is under way. */
  #stop = new AbortController();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get isDurable(): boolean {
    return this.#options.storage.isDurable;
  }

  /** Everything that is not confirmed, in the order of writing. */
  list(): Promise<readonly OutboxItem[]> {
    return this.#options.storage.list();
  }

  async add(item: OutboxItem): Promise<void> {
    await this.#options.storage.put(item);
    this.#options.listener.changed(item, 'added');
    this.#drain(item.conversationId);
  }

  async discard(tempId: string, conversationId: Id): Promise<void> {
    await this.#options.storage.delete(tempId);
    this.#options.listener.changed({tempId, conversationId}, 'discarded');
  }

  /** The server has it, as something else than the answer to sending it has told. */
  confirm(tempId: string): Promise<void> {
    return this.#options.storage.delete(tempId);
  }

  /** A good moment to try: the network is back, the page has come back to life. */
  async wake(): Promise<void> {
    if (this.#disposed) return;
    this.#endPauses();
    for (const item of await this.list()) this.#drain(item.conversationId);
  }

  /** Another tab is sending, and has the lock. What it leaves undone when it is closed or crashes is sent from here. */
  follow(conversationId: Id): void {
    this.#drain(conversationId);
  }

  /** Stops until `wake`, and lets go of the locks, which another tab may need and which keep a page out of the back/forward cache. */
  suspend(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const lane of this.#lanes.values()) lane.again = false;
    this.#endPauses();
  }

  /** Stops sending. What is under way may still arrive; nothing is forgotten. */
  dispose(): void {
    this.#disposed = true;
    this.suspend();
    this.#options.storage.close();
  }

  #drain(conversationId: Id): void {
    const lane = this.#lane(conversationId);
    lane.again = true;
    if (lane.running || this.#disposed) return;
    lane.running = true;
    const {signal} = this.#stop;
    void this.#options
      .lock(`outbox:${idKey(conversationId)}`, () => this.#run(conversationId, lane, signal), signal)
      .catch((error: unknown) => log.error('could not be drained', {error}))
      .finally(() => {
        lane.running = false;
        if (lane.again) this.#drain(conversationId);
      });
  }

  async #run(conversationId: Id, lane: Lane, signal: AbortSignal): Promise<void> {
    let tried: string | undefined;
    while (!signal.aborted && !this.#disposed) {
      lane.again = false;
      const item = await this.#next(conversationId);
      if (!item) return;
      // Those of a message that was discarded, or came by its echo, are not this one's.
      if (item.tempId !== tried) lane.serverErrors = 0;
      tried = item.tempId;
      const wait = await this.#send(item, lane, signal);
      // The lock is kept, so that a fault is not met by one try after another of each tab.
      if (wait > 0) await this.#pause(lane, wait, signal);
    }
  }

  /** Resolves with how long to wait before the next try (ms). */
  async #send(item: OutboxItem, lane: Lane, signal: AbortSignal): Promise<number> {
    const {api, listener, storage} = this.#options;
    listener.followerOf(item.conversationId)?.outboxMoved(item, 'sending');
    listener.changed(item, 'sending');
    try {
      const {conversationId, content, tempId, replyToId, attachmentIds} = item;
      const request = {content, tempId, replyToId, attachmentIds, signal};
      const message = await api.sendMessage(conversationId, request);
      lane.failures = 0;
      await storage.delete(tempId);
      listener.changed(item, 'sent');
      listener.followerOf(conversationId)?.outboxSent(item, message);
      return 0;
    } catch (error) {
      return signal.aborted ? 0 : await this.#takeFailure(item, lane, ApiError.from(error));
    }
  }

  async #takeFailure(item: OutboxItem, lane: Lane, error: ApiError): Promise<number> {
    // The echo may have come in while the answer got lost, and then there is nothing left to do.
    if (!(await this.#find(item.tempId))) return 0;
    // JSON of another shape, which has no status, is the server's own; a page of HTML may be that of a portal.
    if (error.status === null ? error.code === 'malformed-answer' : error.status >= 500) lane.serverErrors += 1;
    if (error.isTransient && lane.serverErrors < MAX_SERVER_ERRORS) {
      return this.#tryLater(item, lane, error);
    }
    lane.failures = 0;
    lane.serverErrors = 0;
    const failure = {code: error.code, message: error.message, status: error.status};
    await this.#options.storage.put({...item, failure});
    log.warn('refused', {tempId: item.tempId, status: error.status, code: error.code});
    this.#options.listener.changed(item, 'failed');
    this.#options.listener.followerOf(item.conversationId)?.outboxFailed(item, error);
    return 0;
  }

  #tryLater(item: OutboxItem, lane: Lane, error: ApiError): number {
    const {random, listener} = this.#options;
    lane.failures += 1;
    const wait = retryWait(error, lane.failures, random);
    log.info('tries again', {tempId: item.tempId, wait, code: error.code});
    listener.followerOf(item.conversationId)?.outboxMoved(item, 'queued');
    return wait;
  }

  #pause(lane: Lane, ms: number, signal: AbortSignal): Promise<void> {
    const {clock} = this.#options;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = clock.setTimeout(resolve, ms);
      lane.wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });
  }

  async #next(conversationId: Id): Promise<OutboxItem | undefined> {
    return (await this.list()).find((item) => item.failure === null && idKey(item.conversationId) === idKey(conversationId));
  }

  async #find(tempId: string): Promise<OutboxItem | undefined> {
    return (await this.list()).find((item) => item.tempId === tempId);
  }

  #lane(conversationId: Id): Lane {
    const key = idKey(conversationId);
    const lane = this.#lanes.get(key) ?? {running: false, again: false, failures: 0, serverErrors: 0, wake: undefined};
    this.#lanes.set(key, lane);
    return lane;
  }

  #endPauses(): void {
    for (const lane of this.#lanes.values()) lane.wake?.();
  }
}

/** A lock among the pieces of one page, for where the browser offers none among tabs. */
export function createLocalLock(): ExclusiveLock {
  const last = new Map<string, Promise<void>>();
  return (name, work) => {
    const own = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, own);
    return own;
  };
}
