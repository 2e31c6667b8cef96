import {DefaultChatClient} from '../client/chat-client.js';
import type {ChatClient, ChatClientOptions} from '../client/types.js';
import {keyOf} from '../model/key-of.js';

export {endpointErrors} from '../client/create-chat-client.js';

/** A client that several elements share, and its holders, which keep it alive. */
interface Shared {
  readonly client: WeakRef<ChatClient>;
  readonly holders: Set<object>;
}

const shared = new Map<string, Shared>();

/** How many clients that nothing holds are kept as they are, for who comes back. Each still follows what other tabs write, which is work. */
const MOST_AT_REST = 3;

/** The clients that nothing holds. The one that was let go last is at the end. */
const atRest = new Set<DefaultChatClient>();

/**
 * The client for these settings, held by `holder`: an existing one if anything on the page has one with the same settings for the same
 * person, otherwise a new one. A shared client gets the token of these options only with the next `connect`.
 */
export function holdClient(options: ChatClientOptions, holder: object): ChatClient {
  forgetUnusable();
  const key = clientKey(options);
  const known = shared.get(key);
  const client = known?.client.deref() ?? createClient(options);
  const holders = known?.holders ?? new Set();
  shared.set(key, {client: new WeakRef(client), holders: holders.add(holder)});
  client.retain(holder);
  return client;
}

/** Releases a client. Returns whether it has no holder left on the page. */
export function dropClient(client: ChatClient, holder: object): boolean {
  client.release(holder);
  for (const entry of shared.values()) {
    if (entry.client.deref() !== client) continue;
    entry.holders.delete(holder);
    return entry.holders.size === 0;
  }
  return true;
}

function createClient(options: ChatClientOptions): ChatClient {
  const client = new DefaultChatClient(options, () => keepAtRest(client));
  return client;
}

function keepAtRest(client: DefaultChatClient): void {
  atRest.delete(client);
  atRest.add(client);
  const [longest] = atRest;
  if (atRest.size <= MOST_AT_REST || !longest) return;
  atRest.delete(longest);
  // Not within this call, and bound to no more than itself. In Chromium, a signal keeps the stack of its `abort()` with all that was called
  // there: each client would hold the next one for ever.
  queueMicrotask(longest.disposeUnused.bind(longest));
}

/** Forgets the clients that are gone, and those that the page has disposed of. */
function forgetUnusable(): void {
  for (const [key, {client}] of shared) if ((client.deref()?.state ?? 'disposed') === 'disposed') shared.delete(key);
}

/** A key that is the same for settings that may share a client: same server, same person, same way of authorizing. */
function clientKey({token, userId, tokenProvider, shareConnection, ...options}: ChatClientOptions): string {
  // Without a user id, only the token tells one person from another.
  const person = userId == null ? {token} : {userId: String(userId)};
  // Providers for the same person are not told apart: they return the same token, and pages often write the function inline.
  // `shareConnection` is `false` from an element and missing from a controller, which is the same.
  return keyOf({...options, ...person, tokenProvider: Boolean(tokenProvider), shareConnection: Boolean(shareConnection)});
}
