import {
  idKey,
  isConfirmed,
  sameId,
  type Conversation,
  type Id,
  type IdKey,
  type Message,
  type MessagesReadEvent,
} from '../model/index.js';
import {LoadedRange} from './loaded-range.js';
import {MessageLog, type MergeResult} from './message-log.js';
import {compareMessages} from './order.js';
import {Receipts} from './receipts.js';
import type {MessagesPage} from './recovery-types.js';

/** How many of the last messages may have come in out of order, so that an earlier one was still missing when the connection broke. */
const OVERLAP = 20;

/** How many of the newest messages are kept while others are shown: a page, so that going back to them takes no fetch. */
const KEPT = 50;

/** The result of taking in messages. */
export interface Taken extends MergeResult {
  /** Those of `added` that somebody else wrote. */
  readonly addedByOthers: readonly Message[];
}

/** Stands for a page that is being fetched. It is taken only if the shown range is still the one that it was fetched for. */
export interface PageTicket {
  /** The generation of the shown range when the page was asked for. */
  readonly generation: number;
  /** The messages that came in meanwhile. The page may be older than these. */
  readonly passed: Message[];
}

/**
 * The state of one conversation: its messages, and who has read them. The same changes in any order, any number of times, lead to the
 * same state.
 *
 * There are two ranges of messages, each without gaps. The head ends with the newest message; it follows the server, and holds the
 * messages that are not sent yet. The shown range is what is on the screen. Usually both are one and the same. After a jump to messages that
 * were not loaded they are two, until paging makes them meet, or somebody goes back to the end. Each change is applied to both. A
 * message that is in neither range is left out: it comes when its page is loaded.
 */
export class ConversationStore {
  /** The shown range. It is the same object for ever. */
  readonly log: MessageLog;
  readonly #receipts: Receipts;
  readonly #conversationId: Id;
  readonly #ownId: Id | null;
  readonly #kept: number;
  readonly #shown: LoadedRange;
  #head: LoadedRange;
  readonly #expected = new Set<PageTicket>();
  #generation = 0;
  #isStale = false;

  /** Nobody else may change `log`. `ownId`: the person who uses the page. `kept`: how many of the newest messages are kept; for tests. */
  constructor(log: MessageLog, conversationId: Id, ownId: Id | null, kept = KEPT) {
    this.#kept = kept;
    this.log = log;
    this.#shown = new LoadedRange(log);
    this.#head = this.#shown;
    this.#receipts = new Receipts(() => new Set([this.head, log]), ownId);
    this.#conversationId = conversationId;
    this.#ownId = ownId;
  }

  /** The newest messages, and those that are not sent yet. The same as `log` if that reaches the end. */
  get head(): MessageLog {
    return this.#head.log;
  }

  /** Whether the conversation's first message is in the shown log. */
  get reachesStart(): boolean {
    return this.#shown.reachesStart;
  }

  /** Whether the newest message is in the shown log. */
  get reachesEnd(): boolean {
    return this.#head === this.#shown;
  }

  /** Whether the shown range has missed changes and must be fetched again. Never while it reaches the end. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** A message with this id or temp id, wherever it is loaded. */
  find(id: Id): Message | undefined {
    return this.log.get(id) ?? this.head.get(id);
  }

  /**
   * Takes in messages that the server has stored or changed. Messages of another conversation are left out, and so are those outside the
   * loaded ranges: beside them they would hide a gap. Those come when their page is loaded.
   */
  take(messages: readonly Message[]): Taken {
    const own = this.#prepare(messages);
    for (const {passed} of this.#expected) passed.push(...own);
    if (!this.reachesEnd) this.#shown.log.merge(own.filter((message) => this.#shown.touches(message)));
    const taken = this.#merge(own.filter((message) => this.#head.startsBefore(message) || this.#dropUnsent(message)));
    this.#requote(own);
    return taken;
  }

  /** A page is about to be fetched. The ticket is for one of the methods below, or for `forget`. */
  expect(): PageTicket {
    const ticket: PageTicket = {generation: this.#generation, passed: []};
    this.#expected.add(ticket);
    return ticket;
  }

  /** The page will not be taken. Returns whether it would still have fitted. */
  forget(ticket: PageTicket): boolean {
    this.#expected.delete(ticket);
    return ticket.generation === this.#generation;
  }

  /** Takes in the page before the oldest message. Returns whether it fitted; if not, another range is shown by now. */
  takeOlder(ticket: PageTicket, page: MessagesPage): boolean {
    // An empty page that claims that there is more would be asked for for ever.
    const hasMoreBefore = page.hasMoreBefore && page.messages.length > 0;
    return this.forget(ticket) && !this.#isStale && this.#takePage(ticket, {...page, hasMoreBefore, hasMoreAfter: true});
  }

  /** Takes in the page after the newest message that is shown. Returns whether it fitted. */
  takeNewer(ticket: PageTicket, page: MessagesPage): boolean {
    return this.forget(ticket) && !this.#isStale && this.#takePage(ticket, {...page, hasMoreBefore: true});
  }

  /**
   * Shows a page from anywhere in the conversation: it extends the shown range if it touches it, and otherwise replaces it. Returns whether
   * it fitted. `focus`: the message in it to show first.
   */
  takeAround(ticket: PageTicket, page: MessagesPage, focus?: Id): boolean {
    if (!this.forget(ticket)) return false;
    const messages = this.#prepare(page.messages);
    const goesOn = !this.#isStale && this.#shown.touches(messages[0], messages.at(-1));
    if (!goesOn) {
      if (this.reachesEnd) this.#detach();
      this.#shown.reachesStart = false;
      this.#isStale = false;
      const generation = (this.#generation += 1);
      this.log.replaceAll(messages, focus);
      // A listener may have gone elsewhere, where the page does not fit.
      if (generation !== this.#generation) return false;
    }
    return this.#takePage(ticket, page);
  }

  /** Shows the newest messages that are loaded. */
  showLatest(focus?: Id): void {
    if (this.reachesEnd) return;
    const {log, reachesStart} = this.#head;
    this.#head = this.#shown;
    this.#shown.reachesStart = reachesStart;
    this.#isStale = false;
    this.#generation += 1;
    this.log.replaceAll(log.slice(0, log.size), focus);
  }

  /**
   * Once more than `limit` messages are shown, drops those that are farthest from the messages `around`, a tenth of the limit at a time. An
   * id that is not in the log, or none at all, stands for the end.
   */
  trim(limit: number, around: readonly Id[]): void {
    const {log} = this;
    const most = Math.max(limit, 10 * this.#kept);
    if (log.size <= most) return;
    const kept = Math.trunc(most * 0.9);
    const places = around.map((id) => log.indexOf(id)).map((index) => (index < 0 ? log.size - 1 : index));
    const first = Math.min(log.size - 1, ...places);
    const last = places.length > 0 ? Math.max(...places) : first;
    // What is between two holders must stay, however much it is.
    if (last - first > kept) return;
    // Messages that are not sent yet are never dropped: they are nowhere else. Nor is the last one that is: it says where the range is.
    const from = Math.max(0, Math.min((first + last - kept) >> 1, log.size - kept, this.#shown.confirmed - 1));
    const to = from + kept;
    const generation = (this.#generation += 1);
    if (to < log.size && (log.size - to > this.#kept || !this.reachesEnd)) {
      if (this.reachesEnd) this.#detach();
      log.removeRange(to, log.size - to);
      // A listener may have gone elsewhere.
      if (generation !== this.#generation) return;
    }
    if (from > 0) this.#shown.reachesStart = false;
    log.removeRange(0, from);
  }

  #merge(messages: readonly Message[]): Taken {
    const result = this.head.merge(messages);
    const gone = this.#head.confirmed - this.#kept;
    // The head is not shown, so old messages can be dropped from it at any time.
    if (!this.reachesEnd && gone > this.#kept) {
      this.head.removeRange(0, gone);
      this.#head.reachesStart = false;
    }
    return {
      ...result,
      addedByOthers: result.added.filter(({sender, deletedAt}) => !deletedAt && !sameId(sender.id, this.#ownId)),
    };
  }

  /** The message is stored, but before all that is loaded. Its unsent form must not stay there as if it were still on its way. */
  #dropUnsent({tempId}: Message): false {
    const twin = tempId === null ? undefined : this.head.get(tempId);
    if (twin && !isConfirmed(twin)) this.head.remove(twin.id);
    return false;
  }

  /** Takes a page that adjoins the shown range, and the messages that came in while it was fetched. */
  #takePage({passed}: PageTicket, {messages, hasMoreBefore, hasMoreAfter}: MessagesPage): true {
    this.#shown.reachesStart ||= !hasMoreBefore;
    this.log.merge(this.#prepare(messages));
    // After the last page of the server, there are only the messages that have come in since.
    const isLast = !hasMoreAfter || this.reachesEnd;
    this.log.merge(passed.filter((message) => this.#shown.startsBefore(message) && (isLast || this.#shown.endsBehind(message))));
    const {oldest, newest} = this.head;
    if (isLast || this.#shown.touches(oldest, newest)) this.#join();
    this.#requote(passed);
    return true;
  }

  /**
   * Brings the quotes of these messages up to date: a deleted text must not stay readable in the answers to it, whose revisions stay as they
   * are. Of a message that is not loaded nobody knows which text is the newest, unless it is deleted.
   */
  #requote(messages: readonly Message[]): void {
    const texts = new Map<IdKey, string>();
    for (const message of messages) {
      const now = message.deletedAt ? message : this.find(message.id);
      if (now?.deletedAt ?? now?.editedAt) texts.set(idKey(message.id), now.content);
    }
    if (texts.size === 0) return;
    const requote = (message: Message): Message => {
      const {replyTo} = message;
      const content = replyTo ? (texts.get(idKey(replyTo.id)) ?? replyTo.content) : '';
      return !replyTo || content === replyTo.content ? message : {...message, replyTo: {...replyTo, content}};
    };
    for (const log of new Set([this.log, this.head])) {
      const outdated = log.slice(0, log.size).filter((message) => requote(message) !== message);
      log.updateAll(
        outdated.map(({id}) => id),
        requote,
      );
    }
  }

  /** Separates the head from the shown range. */
  #detach(): void {
    const {log} = this;
    const kept = log.slice(this.#shown.confirmed - this.#kept, log.size);
    this.#head = new LoadedRange(new MessageLog());
    this.#head.reachesStart = this.reachesStart && kept.length === log.size;
    this.head.replaceAll(kept);
  }

  /** Makes the head and the shown range one. */
  #join(): void {
    if (this.reachesEnd) return;
    const {log, reachesStart} = this.#head;
    this.#head = this.#shown;
    this.#shown.reachesStart ||= reachesStart;
    this.log.merge(log.slice(0, log.size));
  }

  /** The head is loaded again because it missed changes. So did the shown range, and the pages that are being fetched. */
  #takeHead({hasMoreBefore}: MessagesPage): void {
    this.#head.reachesStart = !hasMoreBefore;
    this.#generation += 1;
    this.#isStale = !this.reachesEnd;
  }

  /**
   * Replaces the head by this page. Kept are messages of `fresh` that have changed since the server made the page, and those that are not
   * sent yet.
   */
  replace(page: MessagesPage, fresh: ReadonlySet<IdKey>): Taken {
    const {head} = this;
    const isLater = ({id, revision}: Message): boolean => fresh.has(idKey(id)) && (revision ?? 0) > (page.revision ?? Infinity);
    const later = head.slice(0, head.size).filter(isLater);
    this.#takeHead(page);
    head.replaceConfirmed(this.#prepare(page.messages));
    head.merge(later.filter((message) => this.#head.startsBefore(message)));
    return {added: [], replaced: [], addedByOthers: []};
  }

  /** Takes in the newest page, and removes what it should hold and does not: such messages were deleted by a backend without tombstones. */
  reload(page: MessagesPage, keep: ReadonlySet<IdKey>): Taken {
    const {reachesStart} = this.#head;
    this.#takeHead(page);
    this.#head.reachesStart ||= reachesStart;
    const present = new Set(page.messages.map(({id}) => idKey(id)));
    for (const message of this.#from(page)) {
      const key = idKey(message.id);
      if (isConfirmed(message) && !present.has(key) && !keep.has(key)) this.head.remove(message.id);
    }
    return this.#merge(this.#prepare(page.messages));
  }

  /** Begins the head with this page: messages before it are dropped, and come back with older pages. Those after it are newer, and stay. */
  rebase(page: MessagesPage): Taken {
    const first = page.messages[0];
    this.#takeHead(page);
    for (let top = this.head.oldest; first && top; top = this.head.oldest) {
      if (compareMessages(top, first) >= 0) break;
      this.head.remove(top.id);
    }
    return this.#merge(this.#prepare(page.messages));
  }

  /** A message so far from the end that everything before it has surely arrived; `null` if the conversation has too few messages. */
  anchor(): Message | null {
    const {head} = this;
    const index = this.#head.confirmed - OVERLAP;
    return head.at(index) ?? (this.#head.reachesStart ? null : (head.oldest ?? null));
  }

  /** Takes in how far the participants have read. */
  takeConversation(conversation: Conversation): void {
    this.#receipts.takeParticipants(conversation.participants);
  }

  takeRead(event: MessagesReadEvent): void {
    this.#receipts.take(event.readerId, event.messageIds);
  }

  /** The messages of this conversation, with their read status. Temp ids of others are removed: they mean something only to their own client. */
  #prepare(messages: readonly Message[]): readonly Message[] {
    const own = messages.filter(({conversationId}) => sameId(conversationId, this.#conversationId));
    const named = own.map((message) =>
      message.tempId === null || this.#ownId === null || sameId(message.sender.id, this.#ownId)
        ? message
        : {...message, tempId: null},
    );
    return this.#receipts.applyTo(named);
  }

  /** The messages of the head from the beginning of a newest page on. */
  #from(page: MessagesPage): readonly Message[] {
    const {head} = this;
    const first = page.messages[0];
    if (!first) return page.hasMoreBefore ? [] : head.slice(0, head.size);
    const known = page.messages.map(({id}) => head.indexOf(id)).filter((index) => index >= 0);
    if (known.length === 0) return [];
    return head.slice(page.hasMoreBefore ? Math.min(...known) : 0, head.size);
  }
}
