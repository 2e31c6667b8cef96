import {Alarm} from '../connection/alarm.js';
import {
  ApiError,
  ConversationChangedEvent,
  idKey,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  sameId,
  type ChatEvent,
  type Conversation,
  type Id,
  type IdKey,
  type ListenOptions,
  type Message,
  type Unsubscribe,
} from '../model/index.js';
import {compareMessages, isNewer, Observable} from '../store/index.js';
import {retryWait} from './retry-wait.js';
import type {Session} from './session.js';
import type {ConversationListStore} from './types.js';

type Snapshot = ReturnType<ConversationListStore['snapshot']>;
/** Whose conversations they are. */
type Owner = Pick<Session, 'api' | 'clock' | 'random' | 'signal'>;

/** How long until it is asked for once more because of what it said (ms). */
const PAUSE = 2_000;

const EMPTY: Snapshot = {phase: 'idle', error: null, conversations: [], hasMore: false, unreadTotal: 0};

/** The person's conversations: loaded when somebody first asks, and kept up by the rows that the server sends. */
export class ClientConversationList implements ConversationListStore {
  readonly #owner: () => Owner;
  readonly #state = new Observable<Snapshot>(EMPTY);
  readonly #byId = new Map<IdKey, Conversation>();
  /** Which of them the server has not named since it was last asked for all: gone, if it comes to the end of the list without them. */
  #unlisted = new Set<IdKey>();
  /** The revisions of those that the server has named with an older one than is known, and nothing newer has come of since. */
  readonly #older = new Map<IdKey, number | null>();
  #cursor: string | null = null;
  /** Whether a message came of one that is not in it, since it was last asked for. */
  #isNewMissing = false;
  #abort: AbortController | null = null;
  /** What is being loaded, or was last. Whoever waits for a page that is given up for another one waits for that one. */
  #loading = Promise.resolve();
  readonly #retry: Alarm;
  /** How often in a row it could not be loaded. */
  #failures = 0;

  constructor(owner: () => Owner) {
    this.#owner = owner;
    this.#retry = new Alarm(owner().clock);
  }

  snapshot(): Snapshot {
    return this.#state.state;
  }

  subscribe(listener: () => void, options?: ListenOptions): Unsubscribe {
    return this.#state.subscribe(() => listener(), options);
  }

  load(): Promise<void> {
    return (this.#loading = this.#loadPage(null));
  }

  loadMore(): Promise<void> {
    return this.#cursor === null || this.#abort ? this.#loading : (this.#loading = this.#loadPage(this.#cursor));
  }

  /** Rows may have been missed. Whoever has not asked for the list yet gets it whole then. */
  refresh(): void {
    if (this.#state.state.phase !== 'idle') void this.load();
  }

  /** Takes a row that the server sent, or a message to count, once somebody has asked for the list. `userId` is who asked. */
  take(event: ChatEvent, userId: Id | null = null): void {
    const {phase} = this.#state.state;
    if (phase === 'idle') return;
    if (event instanceof MessageHintEvent) return this.#look(event);
    if (event instanceof ConversationChangedEvent) this.#keep(event.conversation);
    else if (event instanceof MessageSentEvent) this.#count(event.message, userId);
    else if (event instanceof MessageUpdatedEvent || event instanceof MessageDeletedEvent) this.#amend(event.message);
    else return;
    if (phase === 'ready') this.#show();
  }

  /** Ends what is under way. What is in it stays readable. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#retry.clear();
    this.#loading = Promise.resolve();
  }

  reset(): void {
    this.stop();
    this.#byId.clear();
    this.#cursor = null;
    this.#state.set(EMPTY);
  }

  /**
   * Events come out of order, and a page may be older than what came in while it was on its way, also where the revision is the same. A
   * replica may lag behind, too: only a server that was restored from a backup says the same again after a pause.
   */
  #keep(conversation: Conversation, isOfPage = false, isAgain = false): void {
    const {id, revision} = conversation;
    const key = idKey(id);
    const known = this.#byId.get(key)?.revision ?? -1;
    const mayBeOlder = !this.#unlisted.delete(key) && isOfPage;
    const isBack = isAgain && this.#older.get(key) === revision;
    if (isBack || (revision ?? Infinity) >= known + Number(mayBeOlder)) this.#put(conversation);
    else if (isOfPage && !mayBeOlder) {
      this.#older.set(key, revision);
      this.#askLater();
    }
  }

  #put(row: Conversation): void {
    const key = idKey(row.id);
    this.#byId.set(key, row);
    this.#older.delete(key);
  }

  /**
   * Not every backend sends a row with each message. The revision tells whether the one that is here counts it already; where there is
   * none, its last message does.
   */
  #count(message: Message, userId: Id | null): void {
    const row = this.#byId.get(idKey(message.conversationId));
    if (!row) return this.#lookForNew();
    if (isCounted(row, message)) return;
    const unreadCount = row.unreadCount + (sameId(message.sender.id, userId) ? 0 : 1);
    this.#put({...row, lastMessage: message, unreadCount, revision: message.revision});
  }

  /** Nor with each change, and what was taken back must not be read on here. The row is as old as before: it may lack a message still. */
  #amend(message: Message): void {
    const row = this.#byId.get(idKey(message.conversationId));
    const known = row?.lastMessage;
    if (!known || !sameId(known.id, message.id) || !isNewer(message, known)) return;
    this.#put({...row, lastMessage: message});
  }

  /** A message that was too long for the wire comes with the row it belongs to. What a peer claims, without a revision, is not looked for. */
  #look({conversationId, revision}: MessageHintEvent): void {
    if ((revision ?? 0) > (this.#byId.get(idKey(conversationId))?.revision ?? 0)) this.refresh();
  }

  /**
   * A new conversation, or one of a page that is not loaded, and now the first. Some are never listed, so one question at a time, and a
   * pause after each.
   */
  #lookForNew(): void {
    this.#isNewMissing = true;
    if (!this.#abort && this.#retry.due === null) this.refresh();
  }

  #askLater(): void {
    this.#retry.set(PAUSE, () => {
      if (this.#isNewMissing || this.#older.size > 0) this.#loading = this.#loadPage(null, true);
    });
  }

  async #loadPage(cursor: string | null, isAgain = false): Promise<void> {
    const {api, random, signal: life} = this.#owner();
    if (life.aborted) return;
    this.#abort?.abort();
    const {signal} = (this.#abort = new AbortController());
    const isLooking = this.#isNewMissing;
    if (cursor === null) {
      this.#retry.clear();
      if (!isAgain) this.#older.clear();
      this.#unlisted = new Set(this.#byId.keys());
      this.#isNewMissing = false;
    }
    if (this.#state.state.phase !== 'ready') this.#state.set({phase: 'loading', error: null});
    try {
      const page = await api.listConversations({cursor, signal});
      if (signal.aborted) return;
      this.#failures = 0;
      // One that leads to the same page again would lead there for ever.
      this.#cursor = page.nextCursor === cursor ? null : page.nextCursor;
      for (const conversation of page.conversations) this.#keep(conversation, true, isAgain);
      if (page.nextCursor === null) for (const key of this.#unlisted) this.#byId.delete(key);
      this.#state.set({phase: 'ready', error: null});
      this.#show();
      // The page may be older than the message.
      if (isLooking || this.#isNewMissing) this.#askLater();
    } catch (error) {
      if (signal.aborted) return;
      this.#unlisted.clear();
      const failure = ApiError.from(error);
      // After a gap nothing else would bring what was missed.
      if (failure.isTransient) this.#retry.set(retryWait(failure, (this.#failures += 1), random), () => void this.load());
      this.#state.set({phase: this.#state.state.conversations.length > 0 ? 'ready' : 'failed', error: failure});
    } finally {
      if (signal.aborted) await this.#loading;
      else this.#abort = null;
    }
  }

  #show(): void {
    const conversations = [...this.#byId.values()].sort((a, b) => timeOf(b) - timeOf(a));
    const unreadTotal = conversations.reduce((sum, {unreadCount}) => sum + unreadCount, 0);
    this.#state.set({conversations, unreadTotal, hasMore: this.#cursor !== null});
  }
}

function isCounted({lastMessage, revision}: Conversation, message: Message): boolean {
  if (revision !== null && message.revision !== null) return message.revision <= revision;
  return lastMessage !== null && compareMessages(message, lastMessage) <= 0;
}

function timeOf({lastMessage}: Conversation): number {
  return lastMessage?.createdAt.getTime() ?? 0;
}
