import {isConfirmed, sameId, type Conversation, type Id, type Message} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';
import {ReadMarks} from './read-marks.js';

/** Counts the messages that the person has not seen yet. The counts are in the snapshot, and corrected by those of the server. */
export class Unread {
  readonly #context: ConversationContext;
  readonly #marks: ReadMarks;
  /** The revision up to which the server's count includes messages. */
  #countedTo: number | null = null;
  /** The newest message that was seen here; `''`, which is no message's id, before that. The server may not know it yet. */
  #seenTo: Id = '';
  /** While looking for the first unread message: how many unread ones must be above those looked through. `null` before the search begins. */
  #left: number | null = null;
  /** The oldest message that was looked through. */
  #lookedFrom: Id | undefined;

  constructor(context: ConversationContext) {
    this.#context = context;
    this.#marks = new ReadMarks(context);
  }

  /**
   * The person has seen these messages. `elsewhere`: whether messages that are not loaded count, since the page may have its own list. Returns
   * those that count: other tabs must not take an own one, with unread ones above it, for what was read.
   */
  markRead(messageIds: readonly Id[], elsewhere: boolean): readonly Id[] {
    const {store} = this.#context;
    const seen = messageIds.filter((id) => {
      const message = store.find(id);
      return message ? isConfirmed(message) && !this.#isOwn(message.sender.id) : elsewhere;
    });
    this.#marks.add(seen);
    this.#readUpTo(seen, true);
    return seen;
  }

  /** The person has read these messages elsewhere: in another tab or on another device. */
  takeRead(messageIds: readonly Id[]): void {
    this.#readUpTo(messageIds, false);
  }

  /** Takes the server's count. The server may not know yet what was seen here, and an older answer may come after a newer one. */
  take({unreadCount, revision}: Conversation): void {
    if (revision !== null && this.#countedTo !== null && revision < this.#countedTo) return;
    this.#countedTo = revision;
    const {store} = this.#context;
    const seen = store.head.indexOf(this.#seenTo);
    // Not every backend sends a new row with each message, so the count may be from before the last ones.
    const count = unreadCount + this.#countLater(revision ?? Infinity);
    const left = seen < 0 ? count : this.#limit(count, seen);
    this.#settle(left);
    this.findFirst();
  }

  /** The first page is there. What was stored since the server counted comes with it, and is not told of as news. */
  countPage(): void {
    const {state} = this.#context;
    state.set({unreadCount: state.state.unreadCount + this.#countLater(this.#countedTo ?? Infinity)});
  }

  /** Messages of others came in while the conversation was open. `missed`: by catching up after a gap. */
  add(messages: readonly Message[], missed: boolean): void {
    const {state} = this.#context;
    const {unreadCount, newWhileAway} = state.state;
    const uncounted = messages.filter(({position, revision}) => (position ?? revision ?? Infinity) > (this.#countedTo ?? 0));
    state.set({unreadCount: unreadCount + uncounted.length});
    if (!missed || messages.length === 0) return;
    // Where the end has been seen since, the first of those missed before is no longer the first unread one.
    state.set({newWhileAway: Math.min(newWhileAway, unreadCount) + messages.length});
    this.#left = null;
    this.findFirst();
  }

  /**
   * Finds the first message that was unread when the conversation was opened, or caught up. The search begins with what is loaded and goes
   * on with each older page, or with the page around the last message that was read. It happens once, so the divider does not move, and no
   * live message gets one.
   */
  findFirst(): void {
    const {state, store} = this.#context;
    const {phase, conversation} = state.state;
    if (phase !== 'ready' || !conversation) return;
    const log = this.#left === null ? store.head : store.log;
    let index = this.#left === null ? log.size : log.indexOf(this.#lookedFrom ?? '');
    let left = (this.#left ??= this.#begin(conversation));
    if (index >= 0) this.#lookedFrom = log.at(0)?.id;
    while (left > 0 && --index >= 0) if (this.#counts(log.at(index))) left -= 1;
    if (left > 0) {
      // Without the last one read in this range, -1: nothing is found.
      index = log.indexOf(state.state.lastReadId ?? '');
      while (index >= 0 && left > 0 && ++index < log.size) if (this.#counts(log.at(index))) left = 0;
    }
    if (this.#left > 0 && left === 0) state.set({firstUnreadId: log.at(index)?.id ?? null});
    this.#left = left;
  }

  /** The search begins. What was missed before the conversation was opened is told of as is what was missed since. Returns how many are unread. */
  #begin({participants}: Conversation): number {
    const {state, session} = this.#context;
    const {unreadCount, newWhileAway} = state.state;
    const lastReadId = participants.find(({id}) => sameId(id, session.userId))?.lastReadMessageId ?? null;
    state.set({firstUnreadId: null, lastReadId, newWhileAway: newWhileAway || unreadCount});
    return unreadCount;
  }

  /** These were read, `here` on the screen or elsewhere, and with them what stands above. */
  #readUpTo(messageIds: readonly Id[], here: boolean): void {
    const {state, store} = this.#context;
    const {head} = store;
    const {unreadCount, firstUnreadId, lastReadId} = state.state;
    if (here && messageIds.some((id) => sameId(id, firstUnreadId))) state.set({newWhileAway: 0});
    const index = Math.max(-1, ...messageIds.map((id) => head.indexOf(id)));
    if (index < 0) return;
    if (head.indexOf(this.#seenTo) < index) this.#seenTo = head.at(index)?.id ?? '';
    const left = this.#limit(unreadCount, index);
    // Who sees the end has not seen what stands above it, out of sight, and is still to be told of it, if there is a way to it.
    this.#settle(left, here && (firstUnreadId ?? lastReadId) !== null ? Infinity : undefined);
  }

  /** So many are unread, and of those missed at most `away` are new: if some were read elsewhere, no more than are unread. */
  #settle(left: number, away?: number): void {
    const {state} = this.#context;
    const {unreadCount, newWhileAway} = state.state;
    const limit = away ?? (left < unreadCount ? left : Infinity);
    state.set({unreadCount: left, newWhileAway: Math.min(newWhileAway, limit)});
  }

  /**
   * A count, but no more than stand behind the one at an index, which was seen. What the server has counted and is not here yet is then counted
   * as it comes.
   */
  #limit(count: number, seen: number): number {
    const others = this.#countOthers(seen + 1);
    if (others >= count) return count;
    const counted = this.#countedTo;
    if (counted !== null) this.#countedTo = Math.min(counted, this.#context.store.head.newest?.position ?? counted);
    return others;
  }

  #countOthers(from: number): number {
    const {head} = this.#context.store;
    let count = 0;
    for (let index = head.size - 1; index >= from; index -= 1) if (this.#counts(head.at(index))) count += 1;
    return count;
  }

  /** How many messages of others were stored after this revision: the position of a message is the revision that it came with. */
  #countLater(than: number): number {
    const {head} = this.#context.store;
    let count = 0;
    for (let index = head.size - 1; index >= 0; index -= 1) {
      const message = head.at(index) as Message;
      if (message.position === null) continue;
      if (message.position <= than) break;
      if (this.#counts(message)) count += 1;
    }
    return count;
  }

  /** Whether the server counts it among the unread ones, as long as it is one. */
  #counts(message: Message | undefined): boolean {
    return !!message && !message.deletedAt && !this.#isOwn(message.sender.id);
  }

  #isOwn(senderId: Id | undefined): boolean {
    return sameId(senderId, this.#context.session.userId);
  }
}
