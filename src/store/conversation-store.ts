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

/** So many messages at the end may have come in out of order, with an earlier one still on its way when the connection broke. */
const OVERLAP = 20;

/** How many of the newest messages are kept while others are shown: a page, so that going back to them takes no fetch. */
const KEPT = 50;

/** What taking in messages brought. */
export interface Taken extends MergeResult {
  /** Those of `added` that somebody else wrote. */
  readonly addedByOthers: readonly Message[];
}

/** A page that is on its way: what it has to fit to when it comes. */
export interface PageTicket {
  readonly generation: number;
  /** What came in meanwhile. The page may be older than these. */
  readonly passed: Message[];
}

/**
 * What is true of one conversation now: its messages, and who has read them.
 * The same changes in any order, any number of times, lead to the same state.
 *
 * There are two ranges, each without holes. The head reaches to the newest message; it follows the server, and holds what is not sent
 * yet. The other one is shown. Mostly they are one. After a jump to what was not loaded they are two, until paging lets one touch the
 * other or the end is gone back to. Every change is put into both, so each is as true as the other; what belongs into neither is left
 * out, as it comes with its page.
 */
export class ConversationStore {
  /** What is shown. The same log for ever. */
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

  /** `log` is to be filled by this alone. `ownId` is the person who looks at it. `kept`: how many of the newest are kept; for tests. */
  constructor(log: MessageLog, conversationId: Id, ownId: Id | null, kept = KEPT) {
    this.#kept = kept;
    this.log = log;
    this.#shown = new LoadedRange(log);
    this.#head = this.#shown;
    this.#receipts = new Receipts(() => new Set([this.head, log]), ownId);
    this.#conversationId = conversationId;
    this.#ownId = ownId;
  }

  /** The newest messages, and those that are not sent: the shown log if it reaches to the end. */
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

  /** Whether what is shown was not told of some changes, and has to be fetched again. Never while it reaches to the end. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** A message with this id or temp id, wherever it is loaded. */
  find(id: Id): Message | undefined {
    return this.log.get(id) ?? this.head.get(id);
  }

  /**
   * Takes in messages that the server stored or changed. Left out are those of another conversation, and those that stand beyond what is
   * loaded: alone there they would look as if nothing were between. They come with their page.
   */
  take(messages: readonly Message[]): Taken {
    const own = this.#prepare(messages);
    for (const {passed} of this.#expected) passed.push(...own);
    if (!this.reachesEnd) this.#shown.log.merge(own.filter((message) => this.#isInside(message)));
    return this.#merge(own.filter((message) => this.#head.startsBefore(message) || this.#dropUnsent(message)));
  }

  /** Says that a page is being fetched from now on. It is given to one of the methods below, or to `forget`. */
  expect(): PageTicket {
    const ticket: PageTicket = {generation: this.#generation, passed: []};
    this.#expected.add(ticket);
    return ticket;
  }

  /** The page does not come. Returns whether it would have fitted still. */
  forget(ticket: PageTicket): boolean {
    this.#expected.delete(ticket);
    return ticket.generation === this.#generation;
  }

  /** Takes in the page before the oldest message. Returns whether it fitted: if not, something else is shown now. */
  takeOlder(ticket: PageTicket, page: MessagesPage): boolean {
    // A page that says there is more but brings nothing would be asked for for ever.
    const hasMoreBefore = page.hasMoreBefore && page.messages.length > 0;
    return this.forget(ticket) && !this.#isStale && this.#takePage(ticket, {...page, hasMoreBefore, hasMoreAfter: true});
  }

  /** Takes in the page behind the newest message that is shown. Returns whether it fitted. */
  takeNewer(ticket: PageTicket, page: MessagesPage): boolean {
    return this.forget(ticket) && !this.#isStale && this.#takePage(ticket, {...page, hasMoreBefore: true});
  }

  /** Shows a page from anywhere, and what goes on from it. Returns whether it fitted. `focus`: what is to be looked at in it. */
  takeAround(ticket: PageTicket, page: MessagesPage, focus?: Id): boolean {
    if (!this.forget(ticket)) return false;
    const messages = this.#prepare(page.messages);
    const goesOn = !this.#isStale && this.#shown.touches(messages[0], messages.at(-1));
    if (!goesOn) {
      if (this.reachesEnd) this.#detach();
      this.#shown.reachesStart = false;
      this.log.replaceAll(messages, focus);
      this.#isStale = false;
      this.#generation += 1;
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
   * Lets go of what is far from these messages, once more than `limit` are shown: as many as that the person does not scroll into it at once.
   * For a message that is not shown, and without any, the end is what must stay.
   */
  trim(limit: number, around: readonly Id[]): void {
    const {log} = this;
    const most = Math.max(limit, 10 * this.#kept);
    if (log.size <= most) return;
    const kept = Math.trunc(most * 0.9);
    const places = around.map((id) => log.indexOf(id)).map((index) => (index < 0 ? log.size - 1 : index));
    const first = Math.min(log.size - 1, ...places);
    const last = places.length > 0 ? Math.max(...places) : first;
    // What stands between must stay, however much it is.
    if (last - first > kept) return;
    // What is not sent is nowhere else.
    const from = Math.min(Math.max(0, (first + last - kept) >> 1), log.size - kept, this.#shown.confirmed);
    const to = from + kept;
    this.#generation += 1;
    if (to < log.size && (log.size - to > this.#kept || !this.reachesEnd)) {
      if (this.reachesEnd) this.#detach();
      log.removeRange(to, log.size - to);
    }
    if (from > 0) this.#shown.reachesStart = false;
    log.removeRange(0, from);
  }

  #merge(messages: readonly Message[]): Taken {
    const result = this.head.merge(messages);
    const gone = this.#head.confirmed - this.#kept;
    // Nobody sees them go.
    if (!this.reachesEnd && gone > this.#kept) {
      this.head.removeRange(0, gone);
      this.#head.reachesStart = false;
    }
    return {
      ...result,
      addedByOthers: result.added.filter(({sender, deletedAt}) => !deletedAt && !sameId(sender.id, this.#ownId)),
    };
  }

  /** What is stored above all that is loaded is not shown as if it were on its way. */
  #dropUnsent({tempId}: Message): false {
    const twin = tempId === null ? undefined : this.head.get(tempId);
    if (twin && !isConfirmed(twin)) this.head.remove(twin.id);
    return false;
  }

  /** Whether a message is one of what is shown, or would be. */
  #isInside(message: Message): boolean {
    return this.#shown.startsBefore(message) && this.#shown.endsBehind(message);
  }

  /** Takes a page that goes on from what is shown, and what came in while it was on its way. */
  #takePage({passed}: PageTicket, {messages, hasMoreBefore, hasMoreAfter}: MessagesPage): true {
    this.#shown.reachesStart ||= !hasMoreBefore;
    this.log.merge(this.#prepare(messages));
    // Behind a page that ends where the server ends, there is only what has come in since.
    const isLast = !hasMoreAfter || this.reachesEnd;
    this.log.merge(passed.filter((message) => this.#shown.startsBefore(message) && (isLast || this.#shown.endsBehind(message))));
    const {oldest, newest} = this.head;
    if (isLast || this.#shown.touches(oldest, newest)) this.#join();
    return true;
  }

  /** Lets the head be a log of its own. */
  #detach(): void {
    const {log} = this;
    const kept = log.slice(this.#shown.confirmed - this.#kept, log.size);
    this.#head = new LoadedRange(new MessageLog());
    this.#head.reachesStart = this.reachesStart && kept.length === log.size;
    this.head.replaceAll(kept);
  }

  /** Lets what is shown and the head be one. */
  #join(): void {
    if (this.reachesEnd) return;
    const {log, reachesStart} = this.#head;
    this.#head = this.#shown;
    this.#shown.reachesStart ||= reachesStart;
    this.log.merge(log.slice(0, log.size));
  }

  /** The head was not told of some changes, so neither were the pages that are on their way nor what is shown. */
  #takeHead({hasMoreBefore}: MessagesPage): void {
    this.#head.reachesStart = !hasMoreBefore;
    this.#generation += 1;
    this.#isStale = !this.reachesEnd;
  }

  /**
   * Leaves only this page of what the server knows, those of `fresh` that have changed since the server looked, and what it does not
   * know yet.
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

  /** Takes in the newest page, and takes out what is missing from it or behind it: what a backend without tombstones has deleted. */
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

  /** Lets a newest page be the beginning: what stands above it comes back with the older pages. What stands behind it is newer. */
  rebase(page: MessagesPage): Taken {
    const first = page.messages[0];
    this.#takeHead(page);
    for (let top = this.head.oldest; first && top; top = this.head.oldest) {
      if (compareMessages(top, first) >= 0) break;
      this.head.remove(top.id);
    }
    return this.#merge(this.#prepare(page.messages));
  }

  /** A message so far above the end that everything before it has arrived; `null` if everything there is stands near the end. */
  anchor(): Message | null {
    const {head} = this;
    const index = this.#head.confirmed - OVERLAP;
    return head.at(index) ?? (this.#head.reachesStart ? null : (head.oldest ?? null));
  }

  /** Takes in what the server tells of the conversation and of how far its people have read. */
  takeConversation(conversation: Conversation): void {
    this.#receipts.takeParticipants(conversation.participants);
  }

  takeRead(event: MessagesReadEvent): void {
    this.#receipts.take(event.readerId, event.messageIds);
  }

  /** Those of this conversation, with what is known of them. A temp id means something to the one who chose it only. */
  #prepare(messages: readonly Message[]): readonly Message[] {
    return messages
      .filter(({conversationId}) => sameId(conversationId, this.#conversationId))
      .map((message) => {
        const own = this.#ownId === null || sameId(message.sender.id, this.#ownId);
        return this.#receipts.applyTo(own || message.tempId === null ? message : {...message, tempId: null});
      });
  }

  /** What the head holds from the beginning of a newest page on. */
  #from(page: MessagesPage): readonly Message[] {
    const {head} = this;
    const first = page.messages[0];
    if (!first) return page.hasMoreBefore ? [] : head.slice(0, head.size);
    const known = page.messages.map(({id}) => head.indexOf(id)).filter((index) => index >= 0);
    if (known.length === 0) return [];
    return head.slice(page.hasMoreBefore ? Math.min(...known) : 0, head.size);
  }
}
