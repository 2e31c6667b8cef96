import {fieldsOf} from '../model/json.js';
import {isId, Listeners, type Id, type ListenOptions, type Unsubscribe} from '../model/index.js';
import type {OutboxChange} from './outbox.js';
import type {ClientEnvironment} from './types.js';

/** What the tabs of one person send to one another. */
export type TabMessage =
  /** A message in the shared outbox has changed. */
  | {readonly type: 'outbox'; readonly conversationId: Id; readonly tempId: string; readonly change: OutboxChange}
  /** The person has read these messages, or was notified of them. */
  | {readonly type: 'read' | 'notified'; readonly conversationId: Id; readonly messageIds: readonly Id[]}
  | {readonly type: 'draft'; readonly conversationId: Id; readonly text: string}
  /** A new token, so that not every tab has to ask for one. */
  | {readonly type: 'token'; readonly token: string}
  /** The server can be reached. */
  | {readonly type: 'connected'}
  /** The person has logged out, or somebody else has signed in, at this time (ms since the epoch). Other versions do not say when. */
  | {readonly type: 'logout'; readonly at?: number | undefined};

/** Messages to and from the other tabs of the same person. Does nothing where the browser has no `BroadcastChannel`, or refuses it. */
export class Tabs {
  #channel: BroadcastChannel | null | undefined;
  readonly #listeners = new Listeners<[TabMessage]>();

  constructor(scope: string | null, {openBroadcast}: Pick<ClientEnvironment, 'openBroadcast'>) {
    try {
      this.#channel = scope === null ? null : openBroadcast?.(scope);
    } catch {
      // Firefox throws where it blocks cookies, be it all of them or those of a frame of another site.
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
    // Work that is still under way may call `tell`, and a closed channel would throw.
    this.#channel = null;
  }
}

const CHANGES: readonly unknown[] = ['added', 'sending', 'sent', 'failed', 'discarded'] satisfies OutboxChange[];

/** Checks a message, since another version of this package may run in the other tab. */
function isTabMessage(data: unknown): data is TabMessage {
  const {type, at, conversationId, messageIds, text, token, tempId, change} = fieldsOf(data);
  if (type === 'logout') return at === undefined || typeof at === 'number';
  if (type === 'connected') return true;
  if (type === 'token') return typeof token === 'string';
  if (!isId(conversationId)) return false;
  if (type === 'outbox') return typeof tempId === 'string' && CHANGES.includes(change);
  if (type === 'draft') return typeof text === 'string';
  return (type === 'read' || type === 'notified') && Array.isArray(messageIds) && messageIds.every(isId);
}
