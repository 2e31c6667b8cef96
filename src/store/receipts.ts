import {idKey, sameId, type Id, type IdKey, type Message, type Participant} from '../model/index.js';
import type {MessageLog} from './message-log.js';

/** Who has read how far, and what that says of one's own messages. */
export class Receipts {
  readonly #log: MessageLog;
  /** For each reader the last message read, as far as it is known. */
  readonly #last = new Map<IdKey, Id>();
  /** Own messages that somebody has read, though they are not in the log now. */
  readonly #readIds = new Set<IdKey>();

  constructor(log: MessageLog) {
    this.#log = log;
  }

  /** Takes in what the server tells of all participants. */
  takeParticipants(participants: readonly Participant[], ownId: Id | null): void {
    for (const {id, lastReadMessageId} of participants) {
      if (lastReadMessageId !== null && !sameId(id, ownId)) this.take(id, [lastReadMessageId], ownId);
    }
  }

  /** Somebody has read these messages, and so all before them. */
  take(readerId: Id, messageIds: readonly Id[], ownId: Id | null): void {
    if (sameId(readerId, ownId)) return;
    const before = this.#last.get(idKey(readerId));
    const newest = this.#newestOf(before === undefined ? messageIds : [...messageIds, before]);
    if (newest !== undefined) this.#last.set(idKey(readerId), newest);
    for (const id of messageIds) this.#readIds.add(idKey(id));
    this.#markRead(newest, messageIds, ownId);
  }

  /** The message with the status that follows from what is known. */
  applyTo(message: Message, ownId: Id | null): Message {
    if (message.status === 'read' || message.status === 'queued' || message.status === 'sending' || message.status === 'failed')
      return message;
    return sameId(message.sender.id, ownId) && this.#isRead(message) ? {...message, status: 'read'} : message;
  }

  #isRead(message: Message): boolean {
    if (this.#readIds.has(idKey(message.id))) return true;
    for (const last of this.#last.values()) if (isAtOrBefore(message, last, this.#log)) return true;
    return false;
  }

  /** From the newest one read upwards, until one is found that was marked before. */
  #markRead(newest: Id | undefined, messageIds: readonly Id[], ownId: Id | null): void {
    const ids: Id[] = [...messageIds];
    for (let index = newest === undefined ? -1 : this.#log.indexOf(newest); index >= 0; index -= 1) {
      const message = this.#log.at(index);
      if (!message || (sameId(message.sender.id, ownId) && message.status === 'read')) break;
      ids.push(message.id);
    }
    this.#log.updateAll(ids, (message) => this.applyTo(message, ownId));
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
