import {createChatClient} from '../client/create-chat-client.js';
import type {ChatClient, ChatClientOptions} from '../client/types.js';
import {keyOf} from '../model/key-of.js';

export {endpointErrors} from '../client/create-chat-client.js';

/** A client that several elements talk through, and who holds it. Its holders keep it alive. */
interface Shared {
  readonly client: WeakRef<ChatClient>;
  readonly holders: Set<object>;
}

const shared = new Map<string, Shared>();

/**
 * The client for these settings, held by `holder`: the one that is there already if somebody in the page has one with the same
 * settings for the same person, and otherwise a new one. A token given here reaches a shared client with the next `connect`.
 */
export function holdClient(options: ChatClientOptions, holder: object): ChatClient {
  forgetCollected();
  const key = clientKey(options);
  const known = shared.get(key);
  const client = known?.client.deref() ?? createChatClient(options);
  const holders = known?.holders ?? new Set();
  shared.set(key, {client: new WeakRef(client), holders: holders.add(holder)});
  client.retain(holder);
  return client;
}

/** Lets go of a client. Returns whether nobody in the page holds it any more. */
export function dropClient(client: ChatClient, holder: object): boolean {
  client.release(holder);
  for (const entry of shared.values()) {
    if (entry.client.deref() !== client) continue;
    entry.holders.delete(holder);
    return entry.holders.size === 0;
  }
  return true;
}

function forgetCollected(): void {
  for (const [key, entry] of shared) if (!entry.client.deref()) shared.delete(key);
}

/** Equal for settings that may share a client: the same server, person and ways of asking. */
function clientKey({token, userId, tokenProvider, shareConnection, ...options}: ChatClientOptions): string {
  // Without a user id the token is all that tells one person from another.
  const person = userId == null ? {token} : {userId: String(userId)};
  // Whoever gives the token of the same person gives the same token, and pages like to write that function in place.
  // What is off by an element is left out by a controller.
  return keyOf({...options, ...person, tokenProvider: Boolean(tokenProvider), shareConnection: Boolean(shareConnection)});
}
