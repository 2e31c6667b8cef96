import {LocalMessages} from '../context/local-messages.js';
import {warnOnce, type Id, type MessageInput, type MessageLogView} from '../model/index.js';
import {isMessageInput} from './chat-message.js';

/** With more changes than this at once, it is another list. */
const MAX_CHANGED = 100;

const SHAPE = 'Give objects with id, sender {id}, content and createdAt.';

/**
 * The messages of a list that a page fills itself. What is no message is left out, with one warning; nothing throws.
 *
 * A page with a framework hands in a new array at every change. What differs from the last one is told apart, so that one more
 * message is one more message, and not another list.
 */
export class HostMessages {
  readonly #local = new LocalMessages();
  #last: readonly unknown[] = [];

  get view(): MessageLogView {
    return this.#local.view;
  }

  /** Takes the whole list. */
  replaceAll(messages: unknown): void {
    if (messages !== undefined && messages !== null && !Array.isArray(messages)) {
      warn(`"messages" is not an array, and nothing is shown. ${SHAPE}`);
    }
    const next: readonly unknown[] = Array.isArray(messages) ? Array.from<unknown>(messages) : [];
    const last = this.#last;
    this.#last = next;
    const before = commonLength(last, next, (i) => i);
    const after = commonLength(last.slice(before), next.slice(before), (i, length) => length - 1 - i);
    const gone = last.slice(before, last.length - after);
    const come = usable(next.slice(before, next.length - after));
    if (last.length === 0 || gone.length > MAX_CHANGED) this.#local.replaceAll(usable(next));
    else this.#replace(gone, come);
  }

  /** Adds messages. Where each stands follows from its time. */
  add(messages: unknown): void {
    const added = usable(messages);
    this.#last = [];
    if (added.length > 0) this.#local.append(added);
  }

  upsert(message: unknown): void {
    const [changed] = usable([message]);
    if (!changed) return;
    this.#last = [];
    this.#local.upsert(changed);
  }

  /** Whether there was one. */
  remove(id: Id): boolean {
    this.#last = [];
    return this.#local.remove(id);
  }

  /** Takes what stands in the place of some others: the same message with other contents, or another one. */
  #replace(gone: readonly unknown[], come: readonly MessageInput[]): void {
    const ids = new Set(come.map(idOf));
    for (const message of gone) if (isMessageInput(message) && !ids.has(idOf(message))) this.#local.remove(message.id);
    if (gone.length === 0 && come.length > 0) this.#local.append(come);
    else for (const message of come) this.#local.upsert(message);
  }
}

function usable(messages: unknown): readonly MessageInput[] {
  if (!Array.isArray(messages)) {
    warn(`messages must be handed over as an array. ${SHAPE}`);
    return [];
  }
  const found = messages.filter(isMessageInput);
  if (found.length < messages.length)
    warn(`${messages.length - found.length} of the "messages" are none and are not shown. ${SHAPE}`);
  return found;
}

function idOf(message: MessageInput): string {
  return String(message.id);
}

/** How many items two lists have in common, one after the other as `place` leads through each. */
function commonLength(a: readonly unknown[], b: readonly unknown[], place: (i: number, length: number) => number): number {
  let i = 0;
  while (i < a.length && i < b.length && a[place(i, a.length)] === b[place(i, b.length)]) i++;
  return i;
}

function warn(what: string): void {
  warnOnce('chat-message-list:messages', `<chat-message-list>: ${what}`);
}

/** What is meant by the arguments of methods that every element has: one array of messages, or nodes. */
export function apart(added: readonly (readonly MessageInput[] | Node | string)[]): {
  readonly messages: unknown;
  readonly nodes: readonly (Node | string)[];
} {
  const nodes = added.filter((item): item is Node | string => item instanceof Node || typeof item === 'string');
  return {messages: added[0], nodes};
}
