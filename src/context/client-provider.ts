import {createChatClient} from '../client/create-chat-client.js';
import type {ChatClient, ChatClientOptions} from '../client/types.js';

/** A client that several elements talk through, and who holds it. */
interface Shared {
  readonly client: ChatClient;
  readonly holders: Set<object>;
}

const shared = new Map<string, Shared>();
const objectNames = new WeakMap<object, number>();
let objects = 0;

/**
 * The client for these settings, held by `holder`: the one that is there already if somebody else in the page holds one with the
 * same settings for the same person, and otherwise a new one. A token given here reaches a shared client with the next `connect`.
 */
export function holdClient(options: ChatClientOptions, holder: object): ChatClient {
  const key = keyOf(options);
  const entry = shared.get(key) ?? {client: createChatClient(options), holders: new Set()};
  shared.set(key, entry);
  entry.holders.add(holder);
  entry.client.retain(holder);
  return entry.client;
}

/** Lets go of a client. Returns whether nobody in the page holds it any more. */
export function dropClient(client: ChatClient, holder: object): boolean {
  client.release(holder);
  for (const [key, entry] of shared) {
    if (entry.client !== client) continue;
    entry.holders.delete(holder);
    if (entry.holders.size > 0) return false;
    shared.delete(key);
  }
  return true;
}

/** Equal for settings that may share a client: the same server, person and ways of asking. */
function keyOf({token, userId, ...options}: ChatClientOptions): string {
  // Without a user id the token is all that tells one person from another.
  const person = userId == null ? {token} : {userId: String(userId)};
  return JSON.stringify({...options, ...person}, (_key, value: unknown) => {
    if (typeof value === 'function' || (typeof value === 'object' && value && !isPlain(value))) return nameOf(value);
    return isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A name that an object keeps for its life. */
function nameOf(object: object): string {
  const name = objectNames.get(object) ?? (objects += 1);
  objectNames.set(object, name);
  return `#${name}`;
}
