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
import {BlockList} from './block-list.js';
import {compareOrder, orderOf, type Order} from './order.js';

interface Entry {
  message: Message;
  order: Order;
  /** The row's key on the screen: stays what it was when the message first showed. */
  readonly key: IdKey;
}

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
 * Changed in place, and told about by a notice that says what changed, so that one more message costs what the first did.
 * A message is taken only if it is newer than the one there is (by revision), so the same one may come any number of times and by any way.
 */
export class MessageLog implements MessageLogView {
  readonly #list = new BlockList<Entry>((a, b) => compareOrder(a.order, b.order));
  readonly #byId = new Map<IdKey, Entry>();
  readonly #byTempId = new Map<string, Entry>();
  readonly #listeners = new Listeners<[LogChange]>();
  #turn = 0;

  get size(): number {
    return this.#list.size;
  }

  at(index: number): Message | undefined {
    return this.#list.at(index)?.message;
  }

  slice(from: number, to: number): readonly Message[] {
    return this.#list.slice(from, to).map((entry) => entry.message);
  }

  get(id: Id): Message | undefined {
    return this.#entry(id)?.message;
  }

  indexOf(id: Id): number {
    const entry = this.#entry(id);
    return entry ? this.#list.rank(entry) : -1;
  }

  subscribe(listener: (change: LogChange) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** The oldest message that the server knows, `undefined` if there is none. */
  get oldest(): Message | undefined {
    const first = this.at(0);
    return first && isConfirmed(first) ? first : undefined;
  }

  /** The newest message that the server knows. What is not sent yet stands behind it. */
  get newest(): Message | undefined {
    for (let index = this.size - 1; index >= 0; index -= 1) {
      const message = this.at(index);
      if (message && isConfirmed(message)) return message;
    }
    return undefined;
  }

  /** Takes messages in, in any order: new ones to their place, known ones if they are newer. */
  merge(messages: Iterable<Message>): MergeResult {
    const added = new Map<IdKey, Message>();
    const replaced: Message[] = [];
    const changed: IdKey[] = [];
    for (const message of messages) {
      const known = this.#find(message);
      if (!known) {
        this.#collect(added, message);
        continue;
      }
      this.#dropTwin(known, message);
      if (!isNewer(message, known.message)) continue;
      replaced.push(known.message);
      if (this.#replace(known, {...message, tempId: known.message.tempId})) changed.push(known.key);
    }
    if (changed.length > 0) this.#listeners.call({type: 'changed', keys: changed});
    return {added: this.#insert([...added.values()]), replaced};
  }

  /** Changes a message that is there. Its place follows what the new one says. */
  update(id: Id, change: Partial<Message>): Message | undefined {
    const entry = this.#entry(id);
    if (!entry) return undefined;
    const message = {...entry.message, ...change};
    if (this.#replace(entry, message)) this.#listeners.call({type: 'changed', keys: [entry.key]});
    return message;
  }

  /** Changes many messages that stay where they are, with one notice. */
  updateAll(ids: Iterable<Id>, change: (message: Message) => Message): void {
    const keys: IdKey[] = [];
    for (const id of ids) {
      const entry = this.#entry(id);
      if (!entry) continue;
      const message = change(entry.message);
      if (message === entry.message) continue;
      entry.message = message;
      keys.push(entry.key);
    }
    if (keys.length > 0) this.#listeners.call({type: 'changed', keys});
  }

  remove(id: Id): boolean {
    const entry = this.#entry(id);
    if (!entry) return false;
    const index = this.#list.remove(entry);
    this.#forget(entry);
    this.#listeners.call({type: 'removed', index, count: 1});
    return true;
  }

  /** Leaves only these messages and those that the server does not know yet. */
  replaceConfirmed(messages: Iterable<Message>): void {
    const pending = this.slice(0, this.size).filter((message) => !isConfirmed(message));
    this.#empty();
    this.#place([...messages, ...pending]);
    this.#listeners.call({type: 'reset'});
  }

  /** Leaves only these messages. */
  replaceAll(messages: Iterable<Message>): void {
    this.#empty();
    this.#place(messages);
    this.#listeners.call({type: 'reset'});
  }

  #entry(id: Id): Entry | undefined {
    const key = idKey(id);
    return this.#byId.get(key) ?? this.#byTempId.get(key);
  }

  #find(message: Message): Entry | undefined {
    return this.#byId.get(idKey(message.id)) ?? this.#findByTempId(message);
  }

  /** A temp id is unique to its sender only: somebody else may send the same one again, and must not take this row. */
  #findByTempId({tempId, sender}: Message): Entry | undefined {
    const entry = tempId === null ? undefined : this.#byTempId.get(tempId);
    return entry && sameId(entry.message.sender.id, sender.id) ? entry : undefined;
  }

  /** Removes the unsent form of a message whose stored form came in before without a temp id. */
  #dropTwin(known: Entry, message: Message): void {
    const twin = this.#findByTempId(message);
    if (twin && twin !== known && !isConfirmed(twin.message)) this.remove(twin.message.id);
  }

  /** Keeps of several forms of one new message in the same batch the newest. */
  #collect(added: Map<IdKey, Message>, message: Message): void {
    const key = messageKey(message);
    const other = added.get(key);
    if (!other || isNewer(message, other)) added.set(key, message);
  }

  #insert(messages: readonly Message[]): readonly Message[] {
    const entries = messages.map((message) => this.#makeEntry(message)).sort((a, b) => compareOrder(a.order, b.order));
    let from = 0;
    while (from < entries.length) {
      const run = this.#runFrom(entries, from);
      const index = this.#list.insertRun(run);
      for (const entry of run) this.#remember(entry);
      this.#announceInserted(index, run.length);
      from += run.length;
    }
    return entries.map((entry) => entry.message);
  }

  /** The entries, beginning with the one at `from`, between which nothing of the log belongs. */
  #runFrom(entries: readonly Entry[], from: number): Entry[] {
    const first = entries[from];
    if (!first) return [];
    const next = this.#list.at(this.#list.rank(first));
    if (!next) return entries.slice(from);
    let to = from + 1;
    for (let entry = entries[to]; entry && compareOrder(entry.order, next.order) < 0; entry = entries[to]) to += 1;
    return entries.slice(from, to);
  }

  #announceInserted(index: number, count: number): void {
    if (index + count === this.size) this.#listeners.call({type: 'appended', count});
    else if (index === 0) this.#listeners.call({type: 'prepended', count});
    else this.#listeners.call({type: 'inserted', index, count});
  }

  /** Puts another message in the place of one; returns whether the place stayed the same. Announces a move, but not a change. */
  #replace(entry: Entry, message: Message): boolean {
    const turn = entry.order.group === 2 ? entry.order.major : this.#nextTurn();
    const order = isSamePlace(entry, message) ? entry.order : orderOf(message, turn);
    const from = this.#list.rank(entry);
    this.#list.remove(entry);
    this.#forget(entry);
    entry.message = message;
    entry.order = order;
    const to = this.#list.insertRun([entry]);
    this.#remember(entry);
    if (from === to) return true;
    this.#listeners.call({type: 'moved', key: entry.key, from, to});
    return false;
  }

  #place(messages: Iterable<Message>): void {
    const unique = new Map<IdKey, Message>();
    for (const message of messages) this.#collect(unique, message);
    const entries = [...unique.values()]
      .map((message) => this.#makeEntry(message))
      .sort((a, b) => compareOrder(a.order, b.order));
    this.#list.insertRun(entries);
    for (const entry of entries) this.#remember(entry);
  }

  #makeEntry(message: Message): Entry {
    return {message, order: orderOf(message, isConfirmed(message) ? 0 : this.#nextTurn()), key: messageKey(message)};
  }

  #nextTurn(): number {
    this.#turn += 1;
    return this.#turn;
  }

  #remember(entry: Entry): void {
    this.#byId.set(idKey(entry.message.id), entry);
    if (entry.message.tempId !== null) this.#byTempId.set(entry.message.tempId, entry);
  }

  #forget(entry: Entry): void {
    this.#byId.delete(idKey(entry.message.id));
    if (entry.message.tempId !== null) this.#byTempId.delete(entry.message.tempId);
  }

  #empty(): void {
    this.#list.clear();
    this.#byId.clear();
    this.#byTempId.clear();
  }
}

function isSamePlace(entry: Entry, message: Message): boolean {
  const {message: before} = entry;
  return isConfirmed(before) === isConfirmed(message) && before.position === message.position && isSameTime(before, message);
}

function isSameTime(a: Message, b: Message): boolean {
  return a.position !== null || a.createdAt.getTime() === b.createdAt.getTime() || !isConfirmed(a);
}

/** Whether `message` says more than `known`. Without revisions the one that came later is believed, except that nothing undeletes. */
function isNewer(message: Message, known: Message): boolean {
  if (!isConfirmed(message)) return !isConfirmed(known);
  if (!isConfirmed(known)) return true;
  if (message.revision !== null && known.revision !== null) return message.revision > known.revision;
  if (known.revision !== null) return false;
  return !(known.deletedAt !== null && message.deletedAt === null);
}
