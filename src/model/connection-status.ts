/**
 * Where the connection stands.
 * - `idle`: nobody has asked for a connection yet, or `disconnect()` was called.
 * - `connecting`: an attempt is under way, or an open connection does not answer.
 * - `connected`: the server has accepted the socket.
 * - `waiting`: an attempt failed or the connection was lost; the next attempt is at `retryAt`.
 * - `offline`: the browser says that there is no network. It is tried all the same, less often.
 * - `suspended`: the page is frozen, in the back/forward cache, or rendered before anybody asks for it.
 * - `unauthorized`: the token was refused and could not be renewed.
 * - `refused`: the server does not accept this app key or this origin. It is tried again every few minutes.
 * - `failed`: the settings cannot work. Nothing is tried.
 * - `disposed`: the client was disposed. This is the last state.
 */
export type ConnectionState =
  'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'suspended' | 'unauthorized' | 'refused' | 'failed' | 'disposed';

/**
 * Why there is no connection.
 * - `none`: nothing is wrong. `requested`: the page disconnected.
 * - `config`: the settings cannot work, or the server says that they do not fit (codes 4000, 4005).
 * - `dropped`: the connection ended. `silent`: it was open, but the server no longer answered.
 * - `timeout`: the server did not accept the socket in time. `unreachable`: the socket never opened.
 * - `over-capacity`, `rate-limited`: the server has too much to do, or got too much from this client.
 * - `unknown-app`, `origin-not-allowed`, `unauthorized`: the server refused the app key, the page's origin, the person.
 * - `server-error`: the server reported another error. `no-network`: the browser says that there is no network.
 */
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

/** The state of the connection and what is known about it. It is never changed: each change brings a new object. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** How many attempts have been made since the last connection that lasted 10 s; 0 when idle. */
  readonly attempt: number;
  /** When the next attempt is due (ms since the epoch), or `null` when none is planned. */
  readonly retryAt: number | null;
  readonly cause: ConnectionCause;
  /** The close or error code of the server, or `null`. */
  readonly code: number | null;
  /** What the server said with it, at most 200 characters, or `null`. */
  readonly reason: string | null;
}

/**
 * Where a channel stands. `idle`: it waits for a socket, or for its turn. `authorizing`: the backend is asked whether the person may join.
 * `subscribing`: the socket server is asked. `waiting`: that failed, and is tried again. `denied`: it was refused, or has failed
 * three times; it is tried again with another token and by `retry()`, and after a mere failure also on the next socket and
 * five minutes later.
 */
export type ChannelState = 'idle' | 'authorizing' | 'subscribing' | 'subscribed' | 'waiting' | 'denied';

/** A channel that somebody has subscribed to and not given back. */
export interface ChannelInfo {
  readonly name: string;
  readonly state: ChannelState;
  /** On presence channels, the members: the id of each, and the `user_info` that the backend gave for it. */
  readonly members?: ReadonlyMap<string, unknown>;
}
