import {LocalMessages} from '../context/local-messages.js';
import {warnOnce, type Id, type MessageInput, type MessageLogView} from '../model/index.js';
import {isMessageInput} from './chat-message.js';

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
    const next: readonly unknown[] = Array.isArray(messages) ? messages : [];
    const last = this.#last;
    this.#last = [...next];
    const common = commonLength(last, next);
    if (last.length > 0 && common === last.length) return this.append(next.slice(common), this.#last);
    const after = commonTail(last, next);
    if (last.length > 0 && after === last.length) return this.prepend(next.slice(0, next.length - after), this.#last);
    if (last.length > 0 && last.length === next.length && this.#change(last, next)) return;
    this.#local.replaceAll(usable(next));
  }

  append(messages: unknown, all?: readonly unknown[]): void {
    const added = usable(messages);
    this.#last = all ?? [...this.#last, ...added];
    if (added.length > 0) this.#local.append(added);
  }

  prepend(messages: unknown, all?: readonly unknown[]): void {
    const added = usable(messages);
    this.#last = all ?? [...added, ...this.#last];
    if (added.length > 0) this.#local.prepend(added);
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

  /** Whether the same messages stand in the same places, some of them with other contents; if so, those are taken. */
  #change(last: readonly unknown[], next: readonly unknown[]): boolean {
    const changed = next.filter((message, i) => message !== last[i]);
    const isSame = next.every((message, i) => message === last[i] || idOf(message) === idOf(last[i]));
    if (!isSame || changed.length > 100) return false;
    for (const message of usable(changed)) this.#local.upsert(message);
    return true;
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

function idOf(message: unknown): string | undefined {
  return isMessageInput(message) ? String(message.id) : undefined;
}

function commonLength(a: readonly unknown[], b: readonly unknown[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

function commonTail(a: readonly unknown[], b: readonly unknown[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[a.length - 1 - i] === b[b.length - 1 - i]) i++;
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
