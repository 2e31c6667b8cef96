import {
  ChannelAuthorizer,
  ConnectionController,
  ConnectionRegistry,
  readEndpoint,
  TokenSession,
  type EndpointResult,
} from '../connection/index.js';
import type {Connection} from '../connection/types.js';
import {idKey, type Clock, type ConfigError, type Id} from '../model/index.js';
import {keyOf} from '../model/key-of.js';
import {sharingTransport} from './late-transport.js';
import type {ResolvedOptions} from './options.js';
import {scopeOf} from './outbox-store.js';
import type {ChatClientOptions} from './types.js';

/** What clients of the same server and person share. */
interface Shared {
  readonly connection: Connection;
  readonly tokens: TokenSession;
  /** The links whose clients want it connected. */
  readonly wanting: Set<object>;
  dispose(): void;
}

/** What one client has of a connection that the clients of the same server and person share. */
export class Link {
  readonly connection: Connection;
  readonly tokens: TokenSession;
  /** Why there can be no connection; empty where there can. */
  readonly errors: readonly ConfigError[];
  readonly #wanting: Set<object>;
  readonly #giveBack: () => void;

  constructor({connection, tokens, wanting}: Shared, errors: readonly ConfigError[], giveBack: () => void) {
    this.connection = connection;
    this.tokens = tokens;
    this.errors = errors;
    this.#wanting = wanting;
    this.#giveBack = giveBack;
  }

  connect(): Promise<boolean> {
    this.#wanting.add(this);
    return this.connection.connect();
  }

  /** Wants it connected, and tries now. */
  retry(): void {
    this.#wanting.add(this);
    this.connection.retry();
  }

  /** No longer wants it connected. The socket closes when none of the clients that share it wants it. */
  disconnect(): void {
    this.#wanting.delete(this);
    if (this.#wanting.size === 0) this.connection.disconnect();
  }

  /** Gives it back for good. */
  release(): void {
    this.disconnect();
    this.#giveBack();
  }
}

// One registry for each clock: connections on a test's virtual clock must not be shared with those on the system clock.
const registries = new WeakMap<Clock, ConnectionRegistry<Shared>>();

/** The connection for this person. Shared with all clients that have the same server and person and authorize in the same way. */
export function openLink(userId: Id | null, options: ChatClientOptions, resolved: ResolvedOptions): Link {
  const result = readEndpoint(options);
  // `options.token` belongs to `options.userId`, and must not be used for another person.
  const token = userId === (options.userId ?? null) ? options.token : null;
  const create = (): Shared => createShared(result, {...options, token, userId}, resolved);
  if (!result.endpoint) {
    const shared = create();
    return new Link(shared, result.errors, () => shared.dispose());
  }
  const {clock, fetch, createWebSocket} = resolved.environment;
  const {authEndpoint, credentials, headers} = resolved;
  const {authorizeChannel, tokenProvider, shareConnection} = options;
  // Everything that may make the authorization differ. Without a user id, only the token tells one person from another.
  const person = userId === null ? {token} : idKey(userId);
  const asking = [authEndpoint, credentials, headers, authorizeChannel, tokenProvider, Boolean(shareConnection)];
  const around = options.environment && [fetch, createWebSocket];
  const lease = registryOf(clock).acquire(keyOf([result.endpoint, person, asking, around]), create);
  return new Link(lease.shared, [], () => lease.release());
}

function createShared({endpoint, errors}: EndpointResult, options: ChatClientOptions, resolved: ResolvedOptions): Shared {
  const {authEndpoint, apiBase, credentials, headers} = resolved;
  const {clock, random, fetch, createWebSocket} = resolved.environment;
  const tokens = new TokenSession({token: options.token, provider: options.tokenProvider, clock, random});
  const authorizer = new ChannelAuthorizer({endpoint: authEndpoint, tokens, headers, credentials, fetch, clock});
  const environment = {clock, random, createWebSocket};
  const authorize = options.authorizeChannel ?? authorizer.authorize;
  const scope = scopeOf(apiBase, options.userId ?? null);
  const createTransport = options.shareConnection ? sharingTransport(scope, resolved.environment) : undefined;
  const connection = new ConnectionController({endpoint: endpoint ?? errors, authorize, tokens, environment, createTransport});
  return {
    connection,
    tokens,
    wanting: new Set(),
    dispose() {
      connection.dispose();
      tokens.dispose();
    },
  };
}

function registryOf(clock: Clock): ConnectionRegistry<Shared> {
  const registry = registries.get(clock) ?? new ConnectionRegistry<Shared>(clock);
  registries.set(clock, registry);
  return registry;
}
