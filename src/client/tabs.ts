import {idKey, Listeners, type Id, type ListenOptions, type Unsubscribe} from '../model/index.js';
import type {OutboxChange} from './outbox.js';
import type {ClientEnvironment} from './types.js';

/** What the tabs of one person tell one another. */
export type TabMessage =
  /** What became of a message in the outbox that they share. */
  | {readonly type: 'outbox'; readonly conversationId: Id; readonly tempId: string; readonly change: OutboxChange}
  /** These were seen, or: the person has been told of these. */
  | {readonly type: 'read' | 'notified'; readonly conversationId: Id; readonly messageIds: readonly Id[]}
  | {readonly type: 'draft'; readonly conversationId: Id; readonly text: string}
  /** There is a newer token, so that not every tab asks for one. */
  | {readonly type: 'token'; readonly token: string}
  | {readonly type: 'logout'};

/** The other tabs of the same person on the same origin. Silent where the browser has no `BroadcastChannel`. */
export class Tabs {
  #channel: BroadcastChannel | null;
  readonly #listeners = new Listeners<[TabMessage]>();

  constructor(scope: string | null, {openBroadcast}: Pick<ClientEnvironment, 'openBroadcast'>) {
    this.#channel = scope === null ? null : (openBroadcast?.(scope) ?? null);
    this.#channel?.addEventListener('message', ({data}: MessageEvent<unknown>) => {
      const message = decodeTabMessage(data);
      if (message) this.#listeners.call(message);
    });
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  listen(listener: (message: TabMessage) => void, options?: ListenOptions): Unsubscribe {
    return this.#listeners.add(listener, options);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel?.close();
    // What was under way may still want to tell of its end, and a closed channel throws.
    this.#channel = null;
  }
}

/** Another version of this package may run in the other tab, so what it says is looked at before it is believed. */
function decodeTabMessage(data: unknown): TabMessage | null {
  if (typeof data !== 'object' || data === null) return null;
  const {type, conversationId, messageIds, text, token, tempId, change} = data as Record<string, unknown>;
  if (type === 'logout') return {type};
  if (type === 'token') return typeof token === 'string' ? {type, token} : null;
  if (!isId(conversationId)) return null;
  if (type === 'outbox') return typeof tempId === 'string' && isChange(change) ? {type, conversationId, tempId, change} : null;
  if (type === 'draft') return typeof text === 'string' ? {type, conversationId, text} : null;
  if (type === 'read' || type === 'notified')
    return Array.isArray(messageIds) ? {type, conversationId, messageIds: messageIds.filter(isId)} : null;
  return null;
}

function isChange(value: unknown): value is OutboxChange {
  return ['added', 'sending', 'sent', 'failed', 'discarded'].includes(value as string);
}

function isId(value: unknown): value is Id {
  return (typeof value === 'string' || typeof value === 'number') && idKey(value) !== '';
}
