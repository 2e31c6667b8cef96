import type {ChatApi} from '../api/chat-api.js';
import {createLog} from '../logging/index.js';
import {ApiError, idKey, type Clock, type Id, type IdKey, type Message} from '../model/index.js';
import type {OutboxItem, OutboxStorage} from './outbox-storage.js';
import {retryWait} from './retry-wait.js';

/** How many times a server may answer a message with an error of its own before it is given up, so that it does not block the others for ever. */
const MAX_SERVER_ERRORS = 8;

/** Runs `work` while no other tab runs work under the same name. When `signal` is aborted while it waits, `work` runs without the lock. */
export type ExclusiveLock = (name: string, work: () => Promise<void>, signal?: AbortSignal) => Promise<void>;

/** What became of an item, for the other tabs. */
export type OutboxChange = 'added' | 'sending' | 'sent' | 'failed' | 'discarded';

/** Follows what becomes of the items of a conversation, whether written in this tab or found in the storage. */
export interface OutboxFollower {
  /** It is being sent, or waits for its turn or for the next try. */
  outboxMoved(item: OutboxItem, status: 'queued' | 'sending'): void;
  outboxSent(item: OutboxItem, message: Message): void;
  outboxFailed(item: OutboxItem, error: ApiError): void;
  /**
   * Nothing waits to be sent any more. What still seems to was sent by another tab, or another one heard that the server has it. Returns what
   * is to be sent again all the same, for the answer.
   */
  outboxEmptied(): readonly OutboxItem[];
}

export interface OutboxListener {
  /** Something changed that the other tabs need to know. */
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
  /** Ends the pause before the next try. */
  wake?: () => void;
}

/** What became of the tries of the message that is being sent. */
interface Tries {
  readonly tempId: string;
  failures: number;
  serverErrors: number;
}

const log = createLog('Outbox');

/**
 * Sends what was written, until the server has it or refuses it: one message at a time in each conversation, in order, and with the same
 * temp id on every try. The server answers a repeated temp id with the same message, so trying again never stores a second one.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes = new Map<IdKey, Lane>();
  /** What items of this tab wait for, by their temp ids. */
  readonly #waits = new Map<string, Promise<unknown>>();
  /** What was discarded, here or in another tab. A tab that did not know it yet may have written it to the disk once more. */
  readonly #discarded = new Set<string>();
  /** Aborted by `suspend`, and for good by `dispose`; ends the calls and waits under way. */
  #stop = new AbortController();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get isDurable(): boolean {
    return this.#options.storage.isDurable;
  }

  /** All messages that are not confirmed, in the order in which they were written. */
  async list(): Promise<readonly OutboxItem[]> {
    const items = await this.#options.storage.list();
    return items.filter(({tempId}) => !this.#discarded.has(tempId));
  }

  /** Stores an item, and sends it when its turn comes, but not before `after` is over: something written earlier may still be on its way here. */
  async add(item: OutboxItem, after?: Promise<unknown>): Promise<void> {
    const stored = this.#options.storage.put(item);
    // Nor before it is stored: it would be there again after another tab has heard that the server has it, and has deleted it.
    const wait = Promise.all([stored, after]).finally(() => this.#waits.delete(item.tempId));
    this.#waits.set(item.tempId, wait);
    await stored;
    this.#options.listener.changed(item, 'added');
    this.#drain(item.conversationId);
  }

  /** Stores an item that is not to be sent yet, as one that has failed. */
  keep(item: OutboxItem): Promise<void> {
    return this.#options.storage.put(item);
  }

  /** Told first: a tab that misses it on the disk must know by then that it was not sent. */
  discard(tempId: string, conversationId: Id): Promise<void> {
    this.#options.listener.changed({tempId, conversationId}, 'discarded');
    return this.forget(tempId);
  }

  /** This tab or another one has discarded it. */
  forget(tempId: string): Promise<void> {
    this.#discarded.add(tempId);
    return this.#options.storage.delete(tempId);
  }

  /** The server has the message, as was learned by other means than the answer to sending it. */
  confirm(tempId: string): Promise<void> {
    return this.#options.storage.delete(tempId);
  }

  /** Tries at once: the network or the page is back. */
  async wake(): Promise<void> {
    this.#endPauses();
    for (const item of await this.list()) this.#drain(item.conversationId);
  }

  /**
   * Another tab has the lock: it is sending, or has just sent. Queues for it, to send the rest if that tab is closed or crashes, and to send
   * again what only that tab was answered for.
   */
  follow(conversationId: Id): void {
    this.#drain(conversationId);
  }

  /** Stops until `wake`, and releases the locks: other tabs may need them, and they would keep the page out of the back/forward cache. */
  suspend(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const lane of this.#lanes.values()) lane.again = false;
    this.#endPauses();
  }

  /** Stops sending for good. A call under way may still reach the server; nothing is deleted. */
  dispose(): void {
    this.suspend();
    this.#stop.abort();
    this.#options.storage.close();
  }

  #drain(conversationId: Id): void {
    const lane = this.#lane(conversationId);
    lane.again = true;
    const {signal} = this.#stop;
    if (lane.running || signal.aborted) return;
    lane.running = true;
    void this.#options
      .lock(`outbox:${idKey(conversationId)}`, () => this.#run(conversationId, lane, signal), signal)
      .catch((error: unknown) => log.error('could not be drained', {error}))
      .finally(() => {
        lane.running = false;
        if (lane.again) this.#drain(conversationId);
      });
  }

  async #run(conversationId: Id, lane: Lane, signal: AbortSignal): Promise<void> {
    let tries: Tries | undefined;
    while (!signal.aborted) {
      lane.again = false;
      const item = await this.#next(conversationId);
      if (!item) {
        if (await this.#putBack(conversationId)) continue;
        return;
      }
      const wait = this.#waits.get(item.tempId);
      if (wait) {
        const over = new AbortController();
        await Promise.race([wait, new Promise((resolve) => signal.addEventListener('abort', resolve, {signal: over.signal}))]);
        over.abort();
        continue;
      }
      // Those so far may be of another message, which was discarded or confirmed by its echo.
      if (item.tempId !== tries?.tempId) tries = {tempId: item.tempId, failures: 0, serverErrors: 0};
      const pause = await this.#send(item, tries, signal);
      // The lock is kept during the pause. Otherwise each tab would make its own try at once.
      if (pause > 0) await this.#pause(lane, pause, signal);
      else tries = undefined;
    }
  }

  /** Resolves with how long to wait before the next try (ms). */
  async #send(item: OutboxItem, tries: Tries, signal: AbortSignal): Promise<number> {
    const {api, listener, storage} = this.#options;
    listener.followerOf(item.conversationId)?.outboxMoved(item, 'sending');
    listener.changed(item, 'sending');
    try {
      const {conversationId, content, tempId, replyToId, attachmentIds} = item;
      const request = {content, tempId, replyToId, attachmentIds, signal};
      const message = await api.sendMessage(conversationId, request);
      await storage.delete(tempId);
      listener.changed(item, 'sent');
      listener.followerOf(conversationId)?.outboxSent(item, message);
      return 0;
    } catch (error) {
      return signal.aborted ? 0 : await this.#takeFailure(item, tries, ApiError.from(error));
    }
  }

  async #takeFailure(item: OutboxItem, tries: Tries, error: ApiError): Promise<number> {
    // If only the answer was lost, the echo may have confirmed the message already. Another tab that did not wait for the lock may have been
    // refused it.
    if ((await this.#find(item.tempId))?.failure !== null) return 0;
    const {code, status} = error;
    // JSON of the wrong shape (which has no status) comes from the server. A page of HTML may come from a captive portal and does not count,
    // nor does what is above 501, which says nothing of the message: Laravel answers 503 while it is being deployed, and a proxy 502 or 504
    // while there is no server behind it.
    if (status === null ? code === 'malformed-answer' : status >= 500 && status < 502) tries.serverErrors += 1;
    if (error.isTransient && tries.serverErrors < MAX_SERVER_ERRORS) return this.#tryLater(item, tries, error);
    await this.#options.storage.put({...item, failure: {code, message: error.message, status}});
    log.warn('refused', {tempId: item.tempId, status, code});
    this.#options.listener.changed(item, 'failed');
    this.#options.listener.followerOf(item.conversationId)?.outboxFailed(item, error);
    return 0;
  }

  #tryLater(item: OutboxItem, tries: Tries, error: ApiError): number {
    const {random, listener} = this.#options;
    tries.failures += 1;
    const wait = retryWait(error, tries.failures, random);
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

  /** Stores again what is to be sent again. Only while this tab has the lock: another one would send it, and keep the answer to itself. */
  async #putBack(conversationId: Id): Promise<boolean> {
    let isBack = false;
    for (const item of this.#options.listener.followerOf(conversationId)?.outboxEmptied() ?? []) {
      // It is there if it has failed in another tab. It may have been discarded meanwhile.
      if ((await this.#find(item.tempId)) || this.#discarded.has(item.tempId)) continue;
      await this.#options.storage.put(item);
      isBack = true;
    }
    return isBack;
  }

  async #find(tempId: string): Promise<OutboxItem | undefined> {
    return (await this.list()).find((item) => item.tempId === tempId);
  }

  #lane(conversationId: Id): Lane {
    const key = idKey(conversationId);
    const lane: Lane = this.#lanes.get(key) ?? {running: false, again: false};
    this.#lanes.set(key, lane);
    return lane;
  }

  #endPauses(): void {
    for (const lane of this.#lanes.values()) lane.wake?.();
  }
}
