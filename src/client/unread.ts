import {isConfirmed, sameId, type Conversation, type Id, type Message} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';
import {ReadMarks} from './read-marks.js';

/** How much of a conversation the person has not seen yet: kept in the snapshot, corrected by what the server says. */
export class Unread {
  readonly #context: ConversationContext;
  readonly #marks: ReadMarks;
  /** The revision up to which the server's count counts. */
  #countedTo: number | null = null;
  /** The last message that was seen here; the server may not have heard of it yet. */
  #seenTo: Id | null = null;
  /** How many unread ones stand above what was looked through for the first of them; `null` until the looking begins. */
  #left: number | null = null;
  #lookedFrom: Id | undefined;

  constructor(context: ConversationContext) {
    this.#context = context;
    this.#marks = new ReadMarks(context);
  }

  /** The person has seen these messages; `elsewhere`: where those that are not loaded may be seen, too. */
  markRead(messageIds: readonly Id[], elsewhere: boolean): void {
    const {store} = this.#context;
    const seen = messageIds.filter((id) => {
      const message = store.find(id);
      return message ? isConfirmed(message) && !this.#isOwn(message.sender.id) : elsewhere;
    });
    if (seen.length === 0) return;
    this.#marks.add(seen);
    this.takeRead(seen);
  }

  /** The same person has read these elsewhere: in another tab, or on a phone. */
  takeRead(messageIds: readonly Id[]): void {
    this.#readUpTo(Math.max(-1, ...messageIds.map((id) => this.#context.store.head.indexOf(id))));
  }

  /** What the server says. It may not know yet what was seen here, and an older word of it may come after a newer one. */
  take({unreadCount, revision}: Conversation): void {
    if (revision !== null && this.#countedTo !== null && revision < this.#countedTo) return;
    this.#countedTo = revision;
    const seen = this.#seenTo === null ? -1 : this.#context.store.head.indexOf(this.#seenTo);
    this.#context.state.set({unreadCount: seen < 0 ? unreadCount : Math.min(unreadCount, this.#countOthers(seen + 1))});
    this.findFirst();
  }

  /** Messages of others came in while the conversation was shown; `missed` ones by catching up after a gap. */
  add(messages: readonly Message[], missed: boolean): void {
    const {state} = this.#context;
    const {unreadCount, newWhileAway} = state.state;
    const uncounted = messages.filter(({revision}) => revision === null || revision > (this.#countedTo ?? 0));
    state.set({unreadCount: unreadCount + uncounted.length, newWhileAway: newWhileAway + (missed ? messages.length : 0)});
    if (!missed || messages.length === 0) return;
    this.#left = null;
    this.findFirst();
  }

  /**
   * Where the unread ones began when the conversation was opened, or caught up with: looked for in what was loaded then, and goes on with
   * each older page until it is found. So the divider stands still, and no live message gets one.
   */
  findFirst(): void {
    const {state, store} = this.#context;
    const {unreadCount, phase, conversation} = state.state;
    if (this.#left === 0 || phase !== 'ready' || !conversation) return;
    const log = this.#left === null ? store.head : store.log;
    let index = this.#left === null ? log.size : log.indexOf(this.#lookedFrom ?? '');
    this.#left ??= unreadCount;
    if (index >= 0) this.#lookedFrom = log.at(0)?.id;
    while (this.#left > 0 && --index >= 0) {
      const message = log.at(index);
      if (!message || this.#isOwn(message.sender.id)) continue;
      this.#left -= 1;
      if (this.#left === 0) state.set({firstUnreadId: message.id});
    }
  }

  #readUpTo(index: number): void {
    if (index < 0) return;
    const {state, store} = this.#context;
    const {head} = store;
    if (this.#seenTo === null || head.indexOf(this.#seenTo) < index) this.#seenTo = head.at(index)?.id ?? null;
    const {unreadCount, newWhileAway} = state.state;
    const left = Math.min(unreadCount, this.#countOthers(index + 1));
    state.set({unreadCount: left, newWhileAway: Math.min(newWhileAway, left)});
  }

  #countOthers(from: number): number {
    const {head} = this.#context.store;
    let count = 0;
    for (let index = head.size - 1; index >= from; index -= 1) {
      if (!this.#isOwn(head.at(index)?.sender.id)) count += 1;
    }
    return count;
  }

  #isOwn(senderId: Id | undefined): boolean {
    return sameId(senderId, this.#context.session.userId);
  }
}
