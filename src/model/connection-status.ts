/**
 * Where the connection stands.
 * - `idle`: nobody asked for a connection yet, or `disconnect()` was called.
 * - `connecting`: an attempt is under way. `connected`: the server has welcomed us.
 * - `waiting`: an attempt failed; the next one is at `retryAt`.
 * - `offline`: the browser says that there is no network.
 * - `suspended`: the page is frozen or in the back/forward cache.
 * - `unauthorized`: the token was refused and could not be renewed. `refused`: the server will not have us (app key, origin);
 *   tried again slowly. `failed`: the settings cannot work; nothing is tried. `disposed`: the end.
 */
export type ConnectionState =
  'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'suspended' | 'unauthorized' | 'refused' | 'failed' | 'disposed';

/** Why the connection is not there, in our words and not in those of a library. */
export type ConnectionCause =
  | 'none'
  | 'config'
  | 'dropped'
  | 'timeout'
  | 'unreachable'
  | 'silent'
  | 'over-capacity'
  | 'rate-limited'
  | 'unknown-app'
  | 'origin-not-allowed'
  | 'server-error'
  | 'unauthorized'
  | 'requested'
  | 'no-network';

/** The state of the connection and what is known about it. A new object at every change. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** How many attempts in a row have been made since the last stable connection; 0 when idle. */
  readonly attempt: number;
  /** When the next attempt is made (ms since the epoch), or `null` when none is planned. */
  readonly retryAt: number | null;
  readonly cause: ConnectionCause;
  /** The close or error code that the server gave, if it gave one. */
  readonly code: number | null;
  /** The sentence that the server gave with it; never a token, never a whole answer. */
  readonly reason: string | null;
}

/** Where a channel stands. `denied`: the server refused it and it is not tried again until the token changes. */
export type ChannelState = 'idle' | 'authorizing' | 'subscribing' | 'subscribed' | 'waiting' | 'denied';

/** A channel that somebody holds. */
export interface ChannelInfo {
  readonly name: string;
  readonly state: ChannelState;
  /** Who is there, on presence channels only: user id to what the server tells of them. */
  readonly members?: ReadonlyMap<string, unknown>;
}
