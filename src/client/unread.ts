import {isConfirmed, sameId, type Conversation, type Id, type Message, type MessagesReadEvent} from '../model/index.js';
import type {MessageLog, Observable} from '../store/index.js';
import type {ReadMarks} from './read-marks.js';
import type {ConversationSnapshot} from './types.js';

interface UnreadOptions {
  readonly log: MessageLog;
  readonly snapshot: Observable<ConversationSnapshot>;
  readonly marks: ReadMarks;
  readonly ownId: () => Id | null;
}

/** How much of a conversation the person has not seen yet: kept in the snapshot, corrected by what the server says. */
export class Unread {
  readonly #options: UnreadOptions;
  /** The revision up to which the server's count counts. */
  #countedTo: number | null = null;
  /** The last message that was seen here; the server may not have heard of it yet. */
  #seenTo: Id | null = null;

  constructor(options: UnreadOptions) {
    this.#options = options;
  }

  /** The person has seen these messages. */
  markRead(messageIds: readonly Id[]): void {
    const {log, marks} = this.#options;
    const seen = messageIds.filter((id) => {
      const message = log.get(id);
      return message && isConfirmed(message) && !this.#isOwn(message.sender.id);
    });
    if (seen.length === 0) return;
    marks.add(seen);
    this.#readUpTo(Math.max(...seen.map((id) => log.indexOf(id))));
  }

  /** The same person has read elsewhere: in another tab, or on a phone. */
  readElsewhere(event: MessagesReadEvent): void {
    this.readUpToAny(event.messageIds);
  }

  /** As `readElsewhere`, up to the last of these. */
  readUpToAny(messageIds: readonly Id[]): void {
    this.#readUpTo(Math.max(-1, ...messageIds.map((id) => this.#options.log.indexOf(id))));
  }

  /** What the server says. It may not know yet what was seen here, and an older word of it may come after a newer one. */
  take({unreadCount, revision}: Conversation): void {
    if (revision !== null && this.#countedTo !== null && revision < this.#countedTo) return;
    this.#countedTo = revision;
    const seen = this.#seenTo === null ? -1 : this.#options.log.indexOf(this.#seenTo);
    this.#options.snapshot.set({unreadCount: seen < 0 ? unreadCount : Math.min(unreadCount, this.#countOthers(seen + 1))});
    this.findFirst();
  }

  /** Messages of others came in while the conversation was shown; `missed` ones by catching up after a gap. */
  add(messages: readonly Message[], missed: boolean): void {
    const {snapshot} = this.#options;
    const {unreadCount, newWhileAway} = snapshot.state;
    const uncounted = messages.filter(({revision}) => revision === null || revision > (this.#countedTo ?? 0));
    snapshot.set({unreadCount: unreadCount + uncounted.length, newWhileAway: newWhileAway + (missed ? messages.length : 0)});
  }

  /** Forgets what was seen, as for another person. */
  reset(): void {
    this.#countedTo = null;
    this.#seenTo = null;
  }

  /** Where the unread ones began when the conversation was opened: found once, so that the divider does not wander. */
  findFirst(): void {
    const {log, snapshot} = this.#options;
    const {firstUnreadId, unreadCount, phase, conversation} = snapshot.state;
    if (firstUnreadId !== null || phase !== 'ready' || !conversation || unreadCount === 0) return;
    let left = unreadCount;
    for (let index = log.size - 1; index >= 0; index -= 1) {
      const message = log.at(index);
      if (!message || this.#isOwn(message.sender.id)) continue;
      left -= 1;
      if (left === 0) return snapshot.set({firstUnreadId: message.id});
    }
  }

  #readUpTo(index: number): void {
    if (index < 0) return;
    const {log, snapshot} = this.#options;
    if (this.#seenTo === null || log.indexOf(this.#seenTo) < index) this.#seenTo = log.at(index)?.id ?? null;
    const {unreadCount, newWhileAway} = snapshot.state;
    const left = Math.min(unreadCount, this.#countOthers(index + 1));
    snapshot.set({unreadCount: left, newWhileAway: Math.min(newWhileAway, left)});
  }

  #countOthers(from: number): number {
    const {log} = this.#options;
    let count = 0;
    for (let index = log.size - 1; index >= from; index -= 1) {
      if (!this.#isOwn(log.at(index)?.sender.id)) count += 1;
    }
    return count;
  }

  #isOwn(senderId: Id | undefined): boolean {
    return sameId(senderId, this.#options.ownId());
  }
}
