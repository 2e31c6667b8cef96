import {
  idKey,
  isConfirmed,
  Listeners,
  messageKey,
  sameId,
  isMessage,
  toMessage,
  type Id,
  type IdKey,
  type LogChange,
  type Message,
  type MessageInput,
  type MessageLogView,
  type Unsubscribe,
} from '../model/index.js';
import {compareMessages, isInOrder} from './order.js';
import {SortedList} from './sorted-list.js';

/** The result of `merge`. */
export interface MergeResult {
  /** The messages that were not in the log before, in order. */
  readonly added: readonly Message[];
  /** The messages of the log that were replaced, in their former state. */
  readonly replaced: readonly Message[];
}

/**
 * The messages of a conversation: each once, in order, found by id or temp id.
 *
 * It is changed in place, and listeners are told what changed, so that the cost of a message does not grow with the log: adding at the end
 * takes O(1), finding and adding elsewhere O(log n).
 * A message replaces the one in the log only if it is newer (by revision), so the same message may arrive any number of times, by any way.
 */
export class MessageLog implements MessageLogView {
  /** The messages as they were given. Missing fields are filled in only when a message is read: most of a long list never is. */
  readonly #messages = new SortedList<MessageInput>(compareMessages);
  readonly #filled = new WeakMap<MessageInput, Message>();
  readonly #byId = new Map<Id, MessageInput>();
  readonly #byTempId = new Map<string | null, Message>();
  /** Messages that are not in these maps yet. */
  #unindexed: (readonly MessageInput[])[] = [];
  readonly #listeners = new Listeners<[LogChange]>();

  get size(): number {
    return this.#messages.size;
  }

  at(index: number): Message | undefined {
    return this.#fill(this.#messages.at(index));
  }

  slice(from: number, to: number): readonly Message[] {
    return this.#messages.slice(from, to).map((message) => this.#fill(message));
  }

  get(id: Id): Message | undefined {
    return this.#find(id) ?? this.#byTempId.get(idKey(id));
  }

  indexOf(id: Id): number {
    const message = this.get(id);
    return message ? this.#messages.rank(message) : -1;
  }

  subscribe(listener: (change: LogChange) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** The oldest message that the server has stored, `undefined` if there is none. */
  get oldest(): Message | undefined {
    const first = this.at(0);
    return first && isConfirmed(first) ? first : undefined;
  }

  /** The newest message that the server has stored, `undefined` if there is none. */
  get newest(): Message | undefined {
    let index = this.size - 1;
    for (let last = this.at(index); last && !isConfirmed(last); last = this.at(index)) index -= 1;
    return this.at(index);
  }

  /** Takes in messages in any order: new ones at their place, known ones if they are newer. */
  merge(messages: Iterable<Message>): MergeResult {
    const added: Message[] = [];
    const replaced: Message[] = [];
    const changed: IdKey[] = [];
    for (const message of messages) {
      const known = this.#find(message.id) ?? this.#findByTempId(message);
      if (!known) {
        added.push(message);
        continue;
      }
      this.#dropTwin(message, known);
      if (!isNewer(message, known)) continue;
      replaced.push(known);
      if (this.#replace(known, message)) changed.push(messageKey(known));
    }
    this.#announceChanged(changed);
    return {added: this.#insert(isInOrder(added) ? added : sorted(added)), replaced};
  }

  /** Changes a message of the log, and moves it if its place changes with that. Returns it, or `undefined` if it is not there. */
  update(id: Id, change: Partial<Message>): Message | undefined {
    const known = this.get(id);
    if (!known) return undefined;
    if (this.#replace(known, {...known, ...change})) this.#announceChanged([messageKey(known)]);
    return this.get(id);
  }

  /** Changes many messages that stay where they are, with one notice. */
  updateAll(ids: Iterable<Id>, change: (message: Message) => Message): void {
    const keys: IdKey[] = [];
    for (const id of ids) {
      const known = this.get(id);
      const message = known && change(known);
      if (!message || message === known) continue;
      this.#messages.replace(this.#messages.rank(known), message);
      this.#unindexed.push([message]);
      keys.push(messageKey(message));
    }
    this.#announceChanged(keys);
  }

  remove(id: Id): void {
    const message = this.get(id);
    if (message) this.#listeners.call({type: 'removed', index: this.#take(message), count: 1});
  }

  /** Takes out `count` messages from an index on. */
  removeRange(index: number, count: number): void {
    const gone = this.slice(index, index + count);
    if (gone.length === 0) return;
    this.#messages.reset([...this.#messages.slice(0, index), ...this.#messages.slice(index + count, this.size)]);
    for (const message of gone) this.#forget(message);
    this.#listeners.call({type: 'removed', index, count: gone.length});
  }

  /** Keeps only these messages and those that are not sent yet. */
  replaceConfirmed(messages: readonly Message[]): void {
    for (const message of messages) this.#dropTwin(message);
    this.replaceAll([...messages, ...this.slice(0, this.size).filter((message) => !isConfirmed(message))]);
  }

  /**
   * Keeps only these messages. The objects are used as they are, so nobody may change them. `focus`: the message to show first; default: the
   * last one.
   */
  replaceAll(messages: readonly MessageInput[], focus?: Id): void {
    this.#messages.reset([]);
    this.#byId.clear();
    this.#byTempId.clear();
    this.#unindexed = [];
    this.#place(0, isInOrder(messages) ? messages : sorted(messages.map((message) => this.#fill(message))));
    this.#listeners.call({type: 'reset', focus});
  }

  /**
   * A temp id is unique to its sender only: somebody else may send the same one again, and must not take this row. Where the client was not
   * told who the person is, an unsent message has a sender with an empty id.
   */
  #findByTempId({tempId, sender}: Message): Message | undefined {
    this.#indexAll();
    const message = this.#byTempId.get(tempId);
    return message && (message.sender.id === '' || sameId(message.sender.id, sender.id)) ? message : undefined;
  }

  /** Removes the unsent form of a stored message, unless that is `known`, the row that it is to replace. */
  #dropTwin(message: Message, known?: Message): void {
    const twin = this.#findByTempId(message);
    if (twin && twin !== known && !isConfirmed(twin)) this.remove(twin.id);
  }

  /** Inserts new messages, one run at a time. A run is a series that no message of the log comes between. Returns all in order. */
  #insert(added: readonly Message[]): readonly Message[] {
    let from = 0;
    for (let first = added[from]; first; first = added[from]) {
      const index = this.#messages.rank(first);
      const next = this.#messages.at(index);
      let end = from + 1;
      for (let other = added[end]; other && !(next && compareMessages(other, next) > 0); other = added[end]) end++;
      const count = end - from;
      // A large batch, which mostly is one run, is not copied.
      this.#place(index, count === added.length ? added : added.slice(from, end));
      this.#announceInserted(index, count);
      from = end;
    }
    return added;
  }

  #fill(message: MessageInput): Message;
  #fill(message: MessageInput | undefined): Message | undefined;
  #fill(message: MessageInput | undefined): Message | undefined {
    if (!message || isMessage(message)) return message;
    const filled = this.#filled.get(message) ?? toMessage(message);
    this.#filled.set(message, filled);
    return filled;
  }

  #announceInserted(index: number, count: number): void {
    if (index + count === this.size) this.#listeners.call({type: 'appended', count});
    else if (index === 0) this.#listeners.call({type: 'prepended', count});
    else this.#listeners.call({type: 'inserted', index, count});
  }

  #announceChanged(keys: readonly IdKey[]): void {
    if (keys.length > 0) this.#listeners.call({type: 'changed', keys});
  }

  /**
   * Replaces a message; it stays the same row. Returns whether its place stayed the same. Announces a move, but leaves announcing a change
   * to the caller.
   */
  #replace(known: Message, message: Message): boolean {
    const from = this.#take(known);
    const row = {...message, tempId: known.tempId};
    const to = this.#messages.rank(row);
    this.#place(to, [row]);
    if (from === to) return true;
    this.#listeners.call({type: 'moved', key: messageKey(row), from, to});
    return false;
  }

  #place(index: number, run: readonly MessageInput[]): void {
    this.#messages.insert(index, run);
    this.#unindexed.push(run);
  }

  #find(id: Id): Message | undefined {
    this.#indexAll();
    return this.#fill(this.#byId.get(numberOf(id)));
  }

  /** Fills the maps. This is done before the first lookup rather than when messages come in, so that a long list is shown sooner. */
  #indexAll(): void {
    const runs = this.#unindexed;
    this.#unindexed = [];
    for (const run of runs) {
      for (const message of run) {
        this.#byId.set(numberOf(message.id), message);
        if (message.tempId != null) this.#byTempId.set(message.tempId, this.#fill(message));
      }
    }
  }

  /** Takes a message out; returns the index it had. */
  #take(message: Message): number {
    const index = this.#messages.rank(message);
    this.#messages.remove(index);
    this.#forget(message);
    return index;
  }

  #forget({id, tempId}: Message): void {
    this.#indexAll();
    this.#byId.delete(numberOf(id));
    this.#byTempId.delete(tempId);
  }
}

/**
 * The messages in order. Of several states of one message only the newest is kept: they share the id, or, for the unsent one, the temp id,
 * which is unique to its sender only.
 */
function sorted(messages: readonly Message[]): readonly Message[] {
  // A string only where there must be one: making them for a long list takes as long as sorting it.
  const nameOf = (message: Message): Id =>
    message.tempId === null && isConfirmed(message) ? numberOf(message.id) : `${messageKey(message)} ${message.sender.id}`;
  let kept = [...messages];
  for (const keyOf of [nameOf, ({id}: Message) => numberOf(id)]) {
    const unique = new Map<Id, Message>();
    for (const message of kept) {
      const key = keyOf(message);
      const other = unique.get(key);
      if (!other || isNewer(message, other)) unique.set(key, message);
    }
    kept = [...unique.values()];
  }
  return kept.sort(compareMessages);
}

/** An id as the key of a map: as a number if possible, since a string for each message of a long list takes memory. */
function numberOf(id: Id): Id {
  const number = Number(id);
  return typeof id === 'string' && String(number) === id ? number : id;
}

/** Whether `message` is newer than `known`. Without revisions the one that came later is, but a deleted message stays as it is. */
export function isNewer(message: Message, known: Message): boolean {
  if (!isConfirmed(message)) return !isConfirmed(known);
  if (!isConfirmed(known)) return true;
  if (known.revision !== null) return (message.revision ?? 0) > known.revision;
  return known.deletedAt === null;
}
