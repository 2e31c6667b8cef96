import {addNewest, idKey, sameId, type Id, type IdKey, type Message, type Participant} from '../model/index.js';
import type {MessageLog} from './message-log.js';

/** Up to which message somebody has read. */
interface Mark {
  readonly id: Id;
  /** Where that message stands, once that is known. It may have been let go since. */
  position?: number | null | undefined;
}

/** Knows how far each participant has read, and sets the status of the person's own messages to `read`. */
export class Receipts {
  readonly #logs: () => Iterable<MessageLog>;
  readonly #ownId: Id | null;
  readonly #last = new Map<IdKey, Mark>();
  /** Own messages that somebody has read, though they are not in the log now. */
  readonly #readIds = new Set<IdKey>();
  /** The last message that anybody has read, of those that were loaded. Up to it everything is marked: what is loaded later is as it comes. */
  #furthest: Id = '';

  /** `logs` returns the logs whose messages are marked. */
  constructor(logs: () => Iterable<MessageLog>, ownId: Id | null) {
    this.#logs = logs;
    this.#ownId = ownId;
  }

  /** Takes in what the server tells of all participants. */
  takeParticipants(participants: readonly Participant[]): void {
    const readIds: Id[] = [];
    for (const {id, lastReadMessageId} of participants) {
      if (lastReadMessageId !== null && this.#note(id, [lastReadMessageId])) readIds.push(lastReadMessageId);
    }
    // Once for all of them: going through the messages for each of 2,000 people would take seconds.
    this.#markRead(readIds);
  }

  /** Somebody has read these messages, and so all before them. */
  take(readerId: Id, messageIds: readonly Id[]): void {
    const newest = this.#note(readerId, messageIds);
    if (newest) this.#markRead(messageIds, newest.id);
  }

  /** Notes how far somebody has read. Returns that mark; nothing for the person who uses the page. */
  #note(readerId: Id, messageIds: readonly Id[]): Mark | undefined {
    if (sameId(readerId, this.#ownId)) return undefined;
    const key = idKey(readerId);
    let newest = this.#last.get(key);
    for (const id of messageIds) {
      addNewest(this.#readIds, idKey(id));
      const mark = {id, position: this.#positionOf(id)};
      // A mark whose position is not known is replaced by any mark that is not before it: unless ids are numeric, it says nothing of others.
      if (!newest || (newest.position == null ? !isUpTo(mark, newest) : isUpTo(newest, mark))) newest = mark;
    }
    if (newest) this.#last.set(key, newest);
    return newest;
  }

  /** The messages with the status that follows from what is known, and from where these stand. */
  applyTo(messages: readonly Message[]): readonly Message[] {
    // The participants may be told of before the first page, and there may be thousands of them.
    const places = new Map(messages.map(({id, position}) => [idKey(id), position]));
    for (const mark of this.#last.values()) mark.position ??= places.get(idKey(mark.id));
    return messages.map((message) => this.#applyTo(message));
  }

  #applyTo(message: Message): Message {
    const isRead = message.status !== 'read' && sameId(message.sender.id, this.#ownId) && this.#isRead(message);
    return isRead ? {...message, status: 'read'} : message;
  }

  #isRead(message: Message): boolean {
    return this.#readIds.has(idKey(message.id)) || [...this.#last.values()].some((mark) => isUpTo(message, mark));
  }

  /**
   * Marks own messages as read: from the newest one read (from the end if it is not loaded) back to where everything is marked already. In a
   * large group each message is read by hundreds, and only the first of them has anything to mark.
   */
  #markRead(messageIds: readonly Id[], newest: Id = ''): void {
    const furthest = this.#furthest;
    for (const log of this.#logs()) {
      const ids: Id[] = [...messageIds];
      const last = log.indexOf(newest);
      const marked = log.indexOf(furthest);
      for (let index = last < 0 ? log.size - 1 : last; index > marked; index -= 1) {
        const message = log.at(index);
        if (!message || (sameId(message.sender.id, this.#ownId) && message.status === 'read')) break;
        ids.push(message.id);
      }
      log.updateAll(ids, (message) => this.#applyTo(message));
      if (last > marked) this.#furthest = newest;
    }
  }

  #positionOf(id: Id): Mark['position'] {
    let position: Mark['position'];
    for (const log of this.#logs()) position ??= log.get(id)?.position;
    return position;
  }
}

/** Whether `a` is `b` or stands before it: by position where both are known, otherwise by numeric id. */
function isUpTo(a: Mark, b: Mark): boolean {
  if (a.position != null && b.position != null) return a.position <= b.position;
  return Number(a.id) <= Number(b.id);
}
