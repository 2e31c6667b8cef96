import {fieldsOf} from '../model/json.js';
import {isId, Listeners, type Id, type ListenOptions, type Unsubscribe} from '../model/index.js';
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

/** The other tabs of the same person on the same origin. Silent where the browser has no `BroadcastChannel`, or refuses it. */
export class Tabs {
  #channel: BroadcastChannel | null | undefined;
  readonly #listeners = new Listeners<[TabMessage]>();

  constructor(scope: string | null, {openBroadcast}: Pick<ClientEnvironment, 'openBroadcast'>) {
    try {
      this.#channel = scope === null ? null : openBroadcast?.(scope);
    } catch {
      // Firefox throws where it blocks cookies: all of them, or those of a frame of another site.
    }
    this.#channel?.addEventListener('message', ({data}: MessageEvent<unknown>) => {
      if (isTabMessage(data)) this.#listeners.call(data);
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

const CHANGES: readonly unknown[] = ['added', 'sending', 'sent', 'failed', 'discarded'] satisfies OutboxChange[];

/** Another version of this package may run in the other tab, so what it says is looked at before it is believed. */
function isTabMessage(data: unknown): data is TabMessage {
  const {type, conversationId, messageIds, text, token, tempId, change} = fieldsOf(data);
  if (type === 'logout') return true;
  if (type === 'token') return typeof token === 'string';
  if (!isId(conversationId)) return false;
  if (type === 'outbox') return typeof tempId === 'string' && CHANGES.includes(change);
  if (type === 'draft') return typeof text === 'string';
  return (type === 'read' || type === 'notified') && Array.isArray(messageIds) && messageIds.every(isId);
}
