import {isId, toMessage, warnOnce, type Id, type MessageInput, type MessageLogView} from '../model/index.js';
import {MessageLog} from '../store/message-log.js';

/** More changes than this are not made one by one. */
const MAX_CHANGED = 100;

/** What a page must give for a message. */
const SHAPE = 'objects with id, sender {id}, content and createdAt';

/**
 * The messages of a list that a page fills itself, without a connection. What is no message is left out, with one warning; nothing
 * throws.
 *
 * A page with a framework hands in a new array at every change. What differs from the last one is told apart, so that one more
 * message is one more message, and not another list.
 */
export class HostMessages {
  readonly #log = new MessageLog();
  #last: readonly MessageInput[] = [];

  get view(): MessageLogView {
    return this.#log;
  }

  /** Takes the whole list. */
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
    else this.#replace(gone, come);
    this.#last = next;
  }

  /** Adds messages. Where each stands follows from its position or its time; known ones are left as they are unless newer. */
  add(messages: unknown): void {
    this.#last = [];
    this.#log.merge(usable(messages).map(toMessage));
  }

  /** Adds a message, or puts it in the place of the one with the same id, whatever its revision. */
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

  /** Takes a list of which most is made anew: the messages that are known, and then what has come to them. */
  #renew(next: readonly MessageInput[]): void {
    const isKnown = isAmong(this.#last);
    const known = next.filter(isKnown);
    this.#log.replaceAll(known.length > 0 ? known : next);
    if (known.length > 0) this.add(next.filter((message) => !isKnown(message)));
  }

  /** Takes what stands in the place of some others: the same message with other contents, or another one. */
  #replace(gone: readonly MessageInput[], come: readonly MessageInput[]): void {
    if (gone.length === 0) return this.add(come);
    const isKept = isAmong(come);
    const lost = gone.filter((message) => !isKept(message));
    // Of another conversation, nothing has just come in.
    if (lost.length === this.#last.length) return this.#log.replaceAll(come);
    for (const {id} of lost) this.#log.remove(id);
    for (const message of come) this.upsert(message);
  }
}

/** The message that a page gave for a `<chat-message>`; undefined for none, and for what is none, with one warning. */
export function hostMessage(value: unknown): ReturnType<typeof toMessage> | undefined {
  if (isMessageInput(value)) return toMessage(value);
  if (value != null) warnOnce('chat-message:message', `<chat-message> message cannot work: set it to one of ${SHAPE}.`);
  return undefined;
}

/** What a message is known by. One that was just sent gets another id as it is stored, and stays the same one by its temp id. */
function namesOf({id, tempId}: MessageInput): readonly string[] {
  return [id, tempId ?? id].map(String);
}

/** Tells whether a message is one of these, be it another object. */
function isAmong(messages: readonly MessageInput[]): (message: MessageInput) => boolean {
  const names = new Set(messages.flatMap(namesOf));
  return (message) => namesOf(message).some((name) => names.has(name));
}

function usable(messages: unknown): readonly MessageInput[] {
  // What is no array has nothing in it that is a message.
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
