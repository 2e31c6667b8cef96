import {
  idKey,
  isConfirmed,
  Listeners,
  messageKey,
  sameId,
  type Id,
  type IdKey,
  type LogChange,
  type Message,
  type MessageLogView,
  type Unsubscribe,
} from '../model/index.js';
import {compareMessages} from './order.js';

/** So many messages are put into the array in one go: engines take no more than some ten thousand arguments. */
const CHUNK = 1_000;

/** What `merge` did. */
export interface MergeResult {
  /** The messages that were not in the log before, in order. */
  readonly added: readonly Message[];
  /** The messages that were in the log and are different now, as they were before. */
  readonly replaced: readonly Message[];
}

/**
 * The messages of a conversation: each once, in order, found by id or temp id.
 *
 * Changed in place, and told about by a notice that says what changed, so that one more message costs what the first did: adding at the
 * end O(1), finding O(log n). Adding elsewhere moves the references behind it, which takes some 10 µs with 100,000 messages.
 * A message is taken only if it is newer than the one there is (by revision), so the same one may come any number of times and by any way.
 */
export class MessageLog implements MessageLogView {
  /** In order. */
  readonly #messages: Message[] = [];
  readonly #byId = new Map<IdKey, Message>();
  readonly #byTempId = new Map<string, Message>();
  readonly #listeners = new Listeners<[LogChange]>();

  get size(): number {
    return this.#messages.length;
  }

  at(index: number): Message | undefined {
    return this.#messages[index];
  }

  slice(from: number, to: number): readonly Message[] {
    return this.#messages.slice(Math.max(0, from), to);
  }

  get(id: Id): Message | undefined {
    const key = idKey(id);
    return this.#byId.get(key) ?? this.#byTempId.get(key);
  }

  indexOf(id: Id): number {
    const message = this.get(id);
    return message ? this.#rank(message) : -1;
  }

  subscribe(listener: (change: LogChange) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** The oldest message that the server knows, `undefined` if there is none. */
  get oldest(): Message | undefined {
    const first = this.at(0);
    return first && isConfirmed(first) ? first : undefined;
  }

  /** Takes messages in, in any order: new ones to their place, known ones if they are newer. */
  merge(messages: Iterable<Message>): MergeResult {
    const added = new Map<IdKey, Message>();
    const replaced: Message[] = [];
    const changed: IdKey[] = [];
    for (const message of messages) {
      const known = this.#byId.get(idKey(message.id)) ?? this.#findByTempId(message);
      if (!known) {
        collect(added, message);
        continue;
      }
      this.#dropTwin(known, message);
      if (!isNewer(message, known)) continue;
      replaced.push(known);
      if (this.#replace(known, message)) changed.push(messageKey(known));
    }
    this.#announceChanged(changed);
    return {added: this.#insert(added.values()), replaced};
  }

  /** Changes a message that is there. Its place follows what the new one says. */
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
      this.#messages[this.#rank(known)] = message;
      this.#remember(message);
      keys.push(messageKey(message));
    }
    this.#announceChanged(keys);
  }

  remove(id: Id): boolean {
    const message = this.get(id);
    if (!message) return false;
    this.#listeners.call({type: 'removed', index: this.#take(message), count: 1});
    return true;
  }

  /** Leaves only these messages and those that the server does not know yet. */
  replaceConfirmed(messages: readonly Message[]): void {
    this.replaceAll([...messages, ...this.#messages.filter((message) => !isConfirmed(message))]);
  }

  /** Leaves only these messages. */
  replaceAll(messages: Iterable<Message>): void {
    const unique = new Map<IdKey, Message>();
    for (const message of messages) collect(unique, message);
    this.#messages.length = 0;
    this.#byId.clear();
    this.#byTempId.clear();
    this.#place(0, [...unique.values()].sort(compareMessages));
    this.#listeners.call({type: 'reset'});
  }

  /** A temp id is unique to its sender only: somebody else may send the same one again, and must not take this row. */
  #findByTempId({tempId, sender}: Message): Message | undefined {
    const message = tempId === null ? undefined : this.#byTempId.get(tempId);
    return message && sameId(message.sender.id, sender.id) ? message : undefined;
  }

  /** Removes the unsent form of a message whose stored form came in before without a temp id. */
  #dropTwin(known: Message, message: Message): void {
    const twin = this.#findByTempId(message);
    if (twin && twin !== known && !isConfirmed(twin)) this.remove(twin.id);
  }

  /** Puts new messages in, a run at a time between which nothing of the log belongs; returns them in order. */
  #insert(messages: Iterable<Message>): readonly Message[] {
    const added = [...messages].sort(compareMessages);
    const left = [...added];
    for (let first = left[0]; first; first = left[0]) {
      const index = this.#rank(first);
      const next = this.at(index);
      const end = next ? left.findIndex((message) => compareMessages(message, next) > 0) : -1;
      const run = left.splice(0, end < 0 ? left.length : end);
      this.#place(index, run);
      this.#announceInserted(index, run.length);
    }
    return added;
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
   * Puts another message in the place of one, as the same row; returns whether the place stayed the same. Announces a move, but not a
   * change.
   */
  #replace(known: Message, message: Message): boolean {
    const from = this.#take(known);
    const row = {...message, tempId: known.tempId};
    const to = this.#rank(row);
    this.#place(to, [row]);
    if (from === to) return true;
    this.#listeners.call({type: 'moved', key: messageKey(row), from, to});
    return false;
  }

  /** How many messages stand before this one: its own index if it is in the log, else the index it would get. */
  #rank(message: Message): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.at(middle);
      if (other && compareMessages(other, message) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #place(index: number, run: readonly Message[]): void {
    for (let from = 0; from < run.length; from += CHUNK) {
      this.#messages.splice(index + from, 0, ...run.slice(from, from + CHUNK));
    }
    for (const message of run) this.#remember(message);
  }

  #remember(message: Message): void {
    this.#byId.set(idKey(message.id), message);
    if (message.tempId !== null) this.#byTempId.set(message.tempId, message);
  }

  /** Takes a message out; returns the index it had. */
  #take(message: Message): number {
    const index = this.#rank(message);
    this.#messages.splice(index, 1);
    this.#byId.delete(idKey(message.id));
    if (message.tempId !== null) this.#byTempId.delete(message.tempId);
    return index;
  }
}

/** Keeps of several forms of one new message the newest. */
function collect(messages: Map<IdKey, Message>, message: Message): void {
  const key = messageKey(message);
  const other = messages.get(key);
  if (!other || isNewer(message, other)) messages.set(key, message);
}

/** Whether `message` says more than `known`. Without revisions the one that came later is believed, except that nothing undeletes. */
function isNewer(message: Message, known: Message): boolean {
  if (!isConfirmed(message)) return !isConfirmed(known);
  if (!isConfirmed(known)) return true;
  if (message.revision !== null && known.revision !== null) return message.revision > known.revision;
  if (known.revision !== null) return false;
  return !(known.deletedAt !== null && message.deletedAt === null);
}
