import {
  ChannelAuthorizer,
  connectionKey,
  ConnectionController,
  ConnectionRegistry,
  readEndpoint,
  TokenSession,
  type EndpointResult,
} from '../connection/index.js';
import type {Connection} from '../connection/types.js';
import type {Clock, ConfigError, Id} from '../model/index.js';
import {sharingTransport} from './late-transport.js';
import type {ResolvedOptions} from './options.js';
import {scopeOf} from './outbox-store.js';
import type {ChatClientOptions} from './types.js';

/** One client's part in a connection that clients of the same server and person share. */
export interface Link {
  readonly connection: Connection;
  readonly tokens: TokenSession;
  /** Why there can be no connection; empty where there can. */
  readonly errors: readonly ConfigError[];
  connect(): Promise<boolean>;
  /** Wants it no longer. The socket closes when none of those who share it wants it. */
  disconnect(): void;
  /** Gives it back for good. */
  release(): void;
}

/** A connection and its token, and who of those who share it wants it to be up. */
class SharedLink {
  readonly connection: Connection;
  readonly tokens: TokenSession;
  readonly #wanting = new Set<object>();

  constructor(connection: Connection, tokens: TokenSession) {
    this.connection = connection;
    this.tokens = tokens;
  }

  connect(user: object): Promise<boolean> {
    this.#wanting.add(user);
    return this.connection.connect();
  }

  disconnect(user: object): void {
    this.#wanting.delete(user);
    if (this.#wanting.size === 0) this.connection.disconnect();
  }

  dispose(): void {
    this.connection.dispose();
    this.tokens.dispose();
  }
}

// A clock that a test turns must not share connections, nor their timers, with the one on the wall.
const registries = new WeakMap<Clock, ConnectionRegistry<SharedLink>>();

/** The connection for this person, shared with every other client of the same server, person and ways of asking. */
export function openLink(userId: Id | null, options: ChatClientOptions, resolved: ResolvedOptions): Link {
  const result = readEndpoint(options);
  // The token of the options is that of the person of the options, and of nobody who comes after.
  const token = userId === (options.userId ?? null) ? options.token : null;
  const create = (): SharedLink => createShared(result, {...options, token, userId}, resolved);
  if (!result.endpoint) return createLink(create(), result.errors, () => undefined);
  const {clock, fetch, createWebSocket} = resolved.environment;
  const {authEndpoint, credentials, headers} = resolved;
  const {authorizeChannel, tokenProvider, shareConnection} = options;
  const asking = [authEndpoint, credentials, JSON.stringify(headers), authorizeChannel, tokenProvider, shareConnection];
  // Without a user id the token is all that tells one person from another.
  const identity = [
    userId,
    userId === null ? token : null,
    ...asking,
    options.environment && fetch,
    options.environment && createWebSocket,
  ];
  const lease = registryOf(clock).acquire(connectionKey(result.endpoint, identity), create);
  return createLink(lease.shared, [], () => lease.release());
}

function createLink(shared: SharedLink, errors: readonly ConfigError[], release: () => void): Link {
  const user = {};
  return {
    connection: shared.connection,
    tokens: shared.tokens,
    errors,
    connect: () => shared.connect(user),
    disconnect: () => shared.disconnect(user),
    release: () => {
      shared.disconnect(user);
      release();
    },
  };
}

function createShared({endpoint, errors}: EndpointResult, options: ChatClientOptions, resolved: ResolvedOptions): SharedLink {
  const {authEndpoint, apiBase, credentials, headers} = resolved;
  const {clock, random, fetch, createWebSocket} = resolved.environment;
  const tokens = new TokenSession({token: options.token, provider: options.tokenProvider, clock, random});
  const authorizer = new ChannelAuthorizer({endpoint: authEndpoint, tokens, headers, credentials, fetch, clock});
  const environment = {clock, random, createWebSocket};
  const authorize = options.authorizeChannel ?? authorizer.authorize;
  const scope = scopeOf(apiBase, options.userId ?? null);
  const createTransport = options.shareConnection ? sharingTransport(scope, resolved.environment) : undefined;
  const connection = new ConnectionController({endpoint: endpoint ?? errors, authorize, tokens, environment, createTransport});
  return new SharedLink(connection, tokens);
}

function registryOf(clock: Clock): ConnectionRegistry<SharedLink> {
  const registry = registries.get(clock) ?? new ConnectionRegistry<SharedLink>(clock);
  registries.set(clock, registry);
  return registry;
}
