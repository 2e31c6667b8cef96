import {createChatClient} from '../client/create-chat-client.js';
import type {ChatClient, ChatClientOptions} from '../client/types.js';
import {keyOf} from '../model/key-of.js';

export {endpointErrors} from '../client/create-chat-client.js';

/** A client that several elements share, and its holders, which keep it alive. */
interface Shared {
  readonly client: WeakRef<ChatClient>;
  readonly holders: Set<object>;
}

const shared = new Map<string, Shared>();

/**
 * The client for these settings, held by `holder`: an existing one if anything on the page has one with the same settings for the same
 * person, otherwise a new one. A shared client gets the token of these options only with the next `connect`.
 */
export function holdClient(options: ChatClientOptions, holder: object): ChatClient {
  forgetUnusable();
  const key = clientKey(options);
  const known = shared.get(key);
  const client = known?.client.deref() ?? createChatClient(options);
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
