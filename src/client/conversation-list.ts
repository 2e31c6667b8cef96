import {Alarm} from '../connection/alarm.js';
import {
  ApiError,
  ConversationChangedEvent,
  idKey,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessagesReadEvent,
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
import {compareIds, compareMessages, isNewer, Observable} from '../store/index.js';
import {retryWait} from './retry-wait.js';
import type {Session} from './session.js';
import type {ConversationListStore} from './types.js';

type Snapshot = ReturnType<ConversationListStore['snapshot']>;
/** The session that the conversations belong to. */
type Owner = Pick<Session, 'api' | 'clock' | 'random' | 'signal'>;

/** How long to wait before asking for the list again because it seemed to be out of date (ms). */
const PAUSE = 2_000;

const EMPTY: Snapshot = {phase: 'idle', error: null, conversations: [], hasMore: false, unreadTotal: 0};

/** The conversations of the person: loaded when first asked for, and then kept up to date by events. */
export class ClientConversationList implements ConversationListStore {
  readonly #owner: () => Owner;
  readonly #state = new Observable<Snapshot>(EMPTY);
  readonly #byId = new Map<IdKey, Conversation>();
  /** Those that no page and no event has brought since the first page was last asked for. What is left at the last page is gone. */
  #unlisted = new Set<IdKey>();
  /**
   * Those of which a page brought an older revision than is known here, with that revision, and those that may lack something, with `NaN`;
   * until a newer row comes.
   */
  readonly #older = new Map<IdKey, number | null>();
  #cursor: string | null = null;
  /** Whether a message has come, since the list was last asked for, in a conversation that is not in it. */
  #isNewMissing = false;
  #abort: AbortController | null = null;
  /** The loading under way, or the last one. Callers whose page is given up for another one wait for that one. */
  #loading = Promise.resolve();
  readonly #retry: Alarm;
  /** How many times in a row loading has failed. */
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

  /** Events may have been missed, so the list is loaded again. Does nothing before somebody has asked for it. */
  refresh(): void {
    if (this.#state.state.phase !== 'idle') void this.load();
  }

  /** Applies an event to the list. Does nothing before somebody has asked for the list. `userId`: whose messages do not count as unread. */
  take(event: ChatEvent, userId: Id | null = null): void {
    const {phase} = this.#state.state;
    if (phase === 'idle') return;
    if (event instanceof MessageHintEvent) return this.#look(event);
    if (event instanceof MessagesReadEvent)
      return sameId(event.readerId, userId) ? this.#doubtCount(event.conversationId) : undefined;
    if (event instanceof ConversationChangedEvent) this.#hear(event.conversation, userId);
    else if (event instanceof MessageSentEvent) this.#count(event.message, userId);
    else if (event instanceof MessageUpdatedEvent || event instanceof MessageDeletedEvent) this.#amend(event.message);
    else return;
    if (phase === 'ready') this.#show();
  }

  /**
   * A row was fetched by itself. If it is ahead of the one here, an event was lost, and the list is asked for: not every backend fills in as
   * much of a single row.
   */
  compare(row: Conversation, userId: Id | null): void {
    const known = this.#byId.get(idKey(row.id));
    if (known && (readTo(row, userId) > readTo(known, userId) || (row.revision ?? 0) > (known.revision ?? Infinity)))
      this.#lookForNew();
  }

  /** Ends loading and retrying. What was loaded stays readable. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#retry.clear();
    this.#loading = Promise.resolve();
  }

  /** Forgets everything, because the person changes. */
  reset(): void {
    this.stop();
    this.#byId.clear();
    this.#cursor = null;
    this.#state.set(EMPTY);
  }

  /**
   * Takes the row of an event. Reading raises no revision, but the person's mark only moves forward: a row whose mark is behind is from before.
   * Where the one is newer by its mark, and the other by its revision, how many are unread is asked of the server.
   */
  #hear(row: Conversation, userId: Id | null): void {
    const known = this.#byId.get(idKey(row.id));
    const read = known ? readTo(row, userId) - readTo(known, userId) : 0;
    const changed = Number(row.revision) - Number(known?.revision);
    if (!(read < 0) || changed !== 0) this.#keep(row);
    if (read * changed < 0) this.#lookForNew();
  }

  /**
   * Takes a row unless it is older than the one that is known. Events come out of order, and a page (`isOfPage`) may be older than an event
   * that came while it was on its way, even at the same revision. A page with an older revision may come from a replica that lags behind.
   * If it brings the same one again after a pause (`isAgain`), the server was restored from a backup, and it is believed.
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
   * Counts a message in the row of its conversation, since not every backend sends a new row with each message. Whether the row counts it
   * already is told by the revisions; where there are none, by its last message. If one before it is missing, the server is asked: it may be
   * lost, and if it is only late, it will look as if it was counted.
   */
  #count(message: Message, userId: Id | null): void {
    const key = idKey(message.conversationId);
    const row = this.#byId.get(key);
    if (!row) return this.#lookForNew();
    if (isCounted(row, message)) return;
    this.#unlisted.delete(key);
    const lacksOne = this.#older.has(key) || (message.revision ?? 0) > (row.revision ?? Infinity) + 1;
    const unreadCount = row.unreadCount + (sameId(message.sender.id, userId) ? 0 : 1);
    this.#put({...row, lastMessage: message, unreadCount, revision: message.revision});
    if (lacksOne) this.#doubt(key);
  }

  /**
   * Updates the last message of a row, since not every backend sends a row for an edit either, and a deleted text must not stay readable.
   * The revision of the row stays as it is, unless it is the one before: the row may still lack a message.
   */
  #amend(message: Message): void {
    const key = idKey(message.conversationId);
    const row = this.#byId.get(key);
    if (!row) return;
    const {lastMessage: known} = row;
    const lastMessage = known && sameId(known.id, message.id) && isNewer(message, known) ? message : known;
    const revision = row.revision !== null && message.revision === row.revision + 1 ? message.revision : row.revision;
    this.#byId.set(key, {...row, lastMessage, revision});
    if (message.deletedAt) this.#doubtCount(key);
  }

  /** A message was too large for the wire: the list is loaded to get its row. A peer's hint has no revision and is ignored. */
  #look({conversationId, revision}: MessageHintEvent): void {
    if ((revision ?? 0) > (this.#byId.get(idKey(conversationId))?.revision ?? 0)) this.#lookForNew();
  }

  /**
   * Loads the list because of a message in a conversation that is not in it: it is new, or was on a page not loaded yet. Some conversations
   * are never listed, so there is only one request at a time, and a pause after each. Also because a row was overtaken, or a message too large.
   */
  #lookForNew(): void {
    this.#isNewMissing = true;
    if (!this.#abort && this.#retry.due === null) this.refresh();
  }

  /** Something was read or deleted. How many are left is told by the row that follows; if none does, for not each fits on the wire, by the server. */
  #doubtCount(conversationId: Id): void {
    const key = idKey(conversationId);
    if (this.#byId.get(key)?.unreadCount) this.#doubt(key);
  }

  /** A row may lack something. The list is asked for after a pause, unless a newer row comes before. */
  #doubt(key: IdKey): void {
    this.#older.set(key, NaN);
    if (this.#retry.due === null) this.#askLater();
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
      this.#unlisted = new Set(this.#byId.keys());
      this.#isNewMissing = false;
    }
    if (this.#state.state.phase !== 'ready') this.#state.set({phase: 'loading', error: null});
    try {
      const page = await api.listConversations({cursor, signal});
      if (signal.aborted) return;
      this.#failures = 0;
      // A cursor that leads to the same page would do so for ever.
      this.#cursor = page.nextCursor === cursor ? null : page.nextCursor;
      const last = page.conversations.at(-1);
      const isMissed = last && last.revision !== this.#byId.get(idKey(last.id))?.revision;
      for (const conversation of page.conversations) this.#keep(conversation, true, isAgain);
      // The list begins with what changed last. Where the whole page had, so may have what is shown below it.
      if (isMissed && this.#cursor !== null && this.#unlisted.size > 0) this.#loading = this.#loadPage(this.#cursor);
      if (page.nextCursor === null) for (const key of this.#unlisted) this.#byId.delete(key);
      this.#state.set({phase: 'ready', error: null});
      this.#show();
      // A pause, after which it looks once more if something came meanwhile.
      if (isLooking || this.#isNewMissing) this.#askLater();
    } catch (error) {
      if (signal.aborted) return;
      this.#unlisted.clear();
      const failure = ApiError.from(error);
      // Tried again, since nothing else would bring what was missed during a gap.
      if (failure.isTransient) this.#retry.set(retryWait(failure, (this.#failures += 1), random), () => void this.load());
      this.#state.set({phase: this.#state.state.conversations.length > 0 ? 'ready' : 'failed', error: failure});
    } finally {
      if (signal.aborted) await this.#loading;
      else this.#abort = null;
    }
  }

  #show(): void {
    const conversations = [...this.#byId.values()].sort(compareRows);
    const unreadTotal = conversations.reduce((sum, {unreadCount}) => sum + unreadCount, 0);
    this.#state.set({conversations, unreadTotal, hasMore: this.#cursor !== null});
  }
}

/** How far the person has read. `NaN` where ids are no numbers: which of two is the later is then not known. */
function readTo({participants}: Conversation, userId: Id | null): number {
  return Number(participants.find(({id}) => sameId(id, userId))?.lastReadMessageId);
}

/** Whether the unread count of a row includes a message. */
function isCounted({lastMessage, revision}: Conversation, message: Message): boolean {
  if (revision !== null && message.revision !== null) return message.revision <= revision;
  return lastMessage !== null && compareMessages(message, lastMessage) <= 0;
}

/** Negative if `a` comes before `b`. Not every server counts time in smaller steps than seconds, so those with the same one go by the ids. */
function compareRows({lastMessage: a}: Conversation, {lastMessage: b}: Conversation): number {
  return timeOf(b) - timeOf(a) || compareIds(b?.id ?? '', a?.id ?? '');
}

function timeOf(message: Message | null): number {
  return message?.createdAt.getTime() ?? 0;
}
