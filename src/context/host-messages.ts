import {isId, toMessage, warnOnce, type Id, type MessageInput, type MessageLogView} from '../model/index.js';
import {MessageLog} from '../store/message-log.js';

/** If more messages than this are gone or replaced, the log is filled anew instead of changed one message at a time. */
const MAX_CHANGED = 100;

/** What a page must give for a message. */
const SHAPE = 'objects with id, sender {id}, content and createdAt';

/**
 * The messages of a list that a page fills by itself, without a connection. Values that are not messages are left out, with one warning;
 * nothing throws.
 *
 * With a framework, a page assigns a new array at every change. It is compared with the last one, so that a message that was added is
 * added to the log, rather than the whole list being replaced.
 */
export class HostMessages {
  readonly #log = new MessageLog();
  #last: readonly MessageInput[] = [];

  get view(): MessageLogView {
    return this.#log;
  }

  /** Sets all messages. */
  replaceAll(messages: unknown): void {
    const last = this.#last;
    const next = usable(messages ?? []);
    const shorter = Math.min(last.length, next.length);
    let before = 0;
    while (before < shorter && last[before] === next[before]) before++;
    let after = 0;
    while (after < shorter - before && last.at(-1 - after) === next.at(-1 - after)) after++;
    const gone = last.slice(before, last.length - after);
    const come = next.slice(before, next.length - after);
    if (gone.length > MAX_CHANGED) this.#renew(next);
    else if (last.length === 0) this.#log.replaceAll(next);
    else this.#replace(gone, come, next);
    this.#last = next;
  }

  /** Adds messages at the place that follows from their position or time. Known messages are replaced only by newer ones. */
  add(messages: unknown): void {
    this.#last = [];
    this.#log.merge(usable(messages).map(toMessage));
  }

  /** Adds a message, or replaces the one with the same id, whatever their revisions. */
  upsert(message: unknown): void {
    this.#last = [];
    for (const changed of usable([message]).map(toMessage)) {
      if (!this.#log.update(changed.id, changed)) this.#log.merge([changed]);
    }
  }

  remove(id: Id): void {
    this.#last = [];
    this.#log.remove(id);
  }

  /** Sets a list of mostly new objects: first the messages that were known, then those that are new, so that these count as arrivals. */
  #renew(next: readonly MessageInput[]): void {
    const isKnown = isAmong(this.#last);
    const known = next.filter(isKnown);
    this.#log.replaceAll(known.length > 0 ? known : next);
    if (known.length > 0) this.add(next.filter((message) => !isKnown(message)));
  }

  /** Replaces some messages by others: by the same messages with other contents, or by other messages. */
  #replace(gone: readonly MessageInput[], come: readonly MessageInput[], next: readonly MessageInput[]): void {
    if (gone.length === 0) return this.add(come);
    const isKept = isAmong(come);
    const lost = gone.filter((message) => !isKept(message));
    // All of them are other messages: another conversation is shown, so none of them is an arrival.
    if (lost.length === this.#last.length) return this.#log.replaceAll(come);
    // A page may have a message twice for a while, as it was written and as it was stored. Of these, one may stay.
    const twins = lost.length > 0 ? next.filter(isAmong(lost)) : [];
    const isTwin = isAmong(twins);
    for (const message of lost) if (!isTwin(message)) this.#log.remove(message.id);
    for (const message of [...twins, ...come]) this.upsert(message);
  }
}

/** The message that a page gave to a `<chat-message>`; undefined for none, and, with one warning, for a value that is not a message. */
export function hostMessage(value: unknown): ReturnType<typeof toMessage> | undefined {
  if (isMessageInput(value)) return toMessage(value);
  if (value != null) warnOnce('chat-message:message', `<chat-message> message cannot work: set it to one of ${SHAPE}.`);
  return undefined;
}

/** What a message is recognized by. When it is stored it gets another id, but keeps its temp id, which is unique to its sender only. */
function namesOf({id, tempId, sender}: MessageInput): readonly string[] {
  return [String(id), `${tempId ?? id} ${sender.id}`];
}

/** Returns a function that tells whether a message is one of these, even as another object. */
function isAmong(messages: readonly MessageInput[]): (message: MessageInput) => boolean {
  const names = new Set(messages.flatMap(namesOf));
  return (message) => namesOf(message).some((name) => names.has(name));
}

function usable(messages: unknown): readonly MessageInput[] {
  // Anything but an array counts as an array with one value that is not a message, so that there is a warning.
  const given: readonly unknown[] = Array.isArray(messages) ? messages : [undefined];
  const found = given.filter(isMessageInput);
  if (found.length < given.length) {
    warnOnce('chat-message-list:messages', `<chat-message-list> messages cannot work: set it to an array of ${SHAPE}.`);
  }
  return found;
}

/** Whether a value from a page has what a message needs. */
function isMessageInput(value: unknown): value is MessageInput {
  const {id, sender, content} = (value ?? {}) as Partial<MessageInput>;
  return typeof content === 'string' && isId(id) && isId(sender?.id);
}
