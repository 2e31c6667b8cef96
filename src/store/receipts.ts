import {idKey, isConfirmed, sameId, type Id, type IdKey, type Message, type Participant} from '../model/index.js';
import type {MessageLog} from './message-log.js';

/** Who has read how far, and what that says of one's own messages. */
export class Receipts {
  readonly #log: MessageLog;
  readonly #ownId: Id | null;
  /** For each reader the last message read, as far as it is known. */
  readonly #last = new Map<IdKey, Id>();
  /** Own messages that somebody has read, though they are not in the log now. */
  readonly #readIds = new Set<IdKey>();

  constructor(log: MessageLog, ownId: Id | null) {
    this.#log = log;
    this.#ownId = ownId;
  }

  /** Takes in what the server tells of all participants. */
  takeParticipants(participants: readonly Participant[]): void {
    for (const {id, lastReadMessageId} of participants) {
      if (lastReadMessageId !== null) this.take(id, [lastReadMessageId]);
    }
  }

  /** Somebody has read these messages, and so all before them. */
  take(readerId: Id, messageIds: readonly Id[]): void {
    if (sameId(readerId, this.#ownId)) return;
    const before = this.#last.get(idKey(readerId));
    const newest = this.#newestOf(before === undefined ? messageIds : [...messageIds, before]);
    if (newest !== undefined) this.#last.set(idKey(readerId), newest);
    for (const id of messageIds) this.#readIds.add(idKey(id));
    this.#markRead(newest, messageIds);
  }

  /** The message with the status that follows from what is known. */
  applyTo(message: Message): Message {
    if (message.status === 'read' || !isConfirmed(message)) return message;
    return sameId(message.sender.id, this.#ownId) && this.#isRead(message) ? {...message, status: 'read'} : message;
  }

  #isRead(message: Message): boolean {
    if (this.#readIds.has(idKey(message.id))) return true;
    for (const last of this.#last.values()) if (isAtOrBefore(message, last, this.#log)) return true;
    return false;
  }

  /** From the newest one read upwards, until one is found that was marked before. */
  #markRead(newest: Id | undefined, messageIds: readonly Id[]): void {
    const ids: Id[] = [...messageIds];
    for (let index = newest === undefined ? -1 : this.#log.indexOf(newest); index >= 0; index -= 1) {
      const message = this.#log.at(index);
      if (!message || (sameId(message.sender.id, this.#ownId) && message.status === 'read')) break;
      ids.push(message.id);
    }
    this.#log.updateAll(ids, (message) => this.applyTo(message));
  }

  #newestOf(ids: readonly Id[]): Id | undefined {
    return ids.reduce<Id | undefined>(
      (newest, id) => (newest === undefined || isIdBefore(newest, id, this.#log) ? id : newest),
      undefined,
    );
  }
}

function isAtOrBefore(message: Message, last: Id, log: MessageLog): boolean {
  const lastMessage = log.get(last);
  if (lastMessage?.position != null && message.position !== null) return message.position <= lastMessage.position;
  return sameId(message.id, last) || isIdBefore(message.id, last, log);
}

/** By position where both are loaded; else by number, as ids that are counted up are. */
function isIdBefore(a: Id, b: Id, log: MessageLog): boolean {
  const left = log.get(a)?.position;
  const right = log.get(b)?.position;
  if (left != null && right != null) return left < right;
  return Number(a) < Number(b);
}
