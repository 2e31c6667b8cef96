/** The connection as the other rooms see it. Only decoded events come out of it, and every failure is an error for `onError`. */
import {decodeEvent} from '../events/index.js';
import {createLog} from '../logging/index.js';
import type {ChannelInfo, ChatError, ConfigError, ConnectionStatus, EventError} from '../model/index.js';
import {ConnectionEvents} from './connection-events.js';
import {Channels} from './channels.js';
import {explain} from './classify.js';
import type {LinkHandler} from './link-handler.js';
import {IDLE, Link} from './link.js';
import {currentPage} from './page-lifecycle.js';
import {createPusherTransport} from './pusher-transport.js';
import type {TokenSession} from './token-session.js';
import type {TransportFactory, TransportHandler, WireEvent} from './transport.js';
import type {AuthorizeHandler, ChannelHandle, Connection, ConnectionEnvironment, Endpoint} from './types.js';

/** Calls of `retry()` within this time (ms) count as one. */
const SHORTEST_RETRY_GAP = 1000;
/** How long, at least, no channel is subscribed after the server says that it got too many messages (ms). */
const RATE_LIMIT_PAUSE = 5000;
/** `onWake` is called at most once in this time (ms): a page that comes back has several events at once (resume, visible, online). */
const WAKE_GAP = 1000;

const log = createLog('ConnectionController');

export interface ConnectionOptions {
  /** Where to connect; or what is wrong with the settings, and then the state is `failed` from the start. */
  readonly endpoint: Endpoint | readonly ConfigError[];
  readonly authorize: AuthorizeHandler;
  /** Where `authorize` takes its token from. Another token lets an unauthorized connection and denied channels try again. */
  readonly tokens?: TokenSession | undefined;
  /** `page`: default, the page that this runs in. */
  readonly environment: Omit<ConnectionEnvironment, 'page'> & Partial<Pick<ConnectionEnvironment, 'page'>>;
  /** Default: a transport over pusher-js. */
  readonly createTransport?: TransportFactory | undefined;
}

/** A connection that restores itself and the channels that are held on it. Opens nothing before `connect()`. */
export class ConnectionController extends ConnectionEvents implements Connection {
  readonly #environment: ConnectionEnvironment;
  readonly #errors: readonly ConfigError[];
  readonly #tokens: TokenSession | undefined;
  readonly #link: Link | null;
  readonly #channels: Channels;
  readonly #ending = new AbortController();
  #lastRetry = -Infinity;
  #lastWake = -Infinity;

  constructor({endpoint, authorize, tokens, environment, createTransport = createPusherTransport}: ConnectionOptions) {
    super();
    this.#environment = {page: currentPage(), ...environment};
    this.#tokens = tokens;
    this.#errors = isEndpoint(endpoint) ? [] : endpoint;
    const transport = isEndpoint(endpoint)
      ? createTransport(endpoint, this.#createHandler(), this.#environment.createWebSocket)
      : null;
    this.#channels = new Channels({
      environment: this.#environment,
      authorize,
      transport,
      onUnauthorized: (error) => this.#link?.refuseToken(error, tokens?.mayChange ?? false),
      onError: (error) => this.#report(error),
    });
    this.#link = transport && new Link(transport, this.#createLinkHandler(), this.#environment);
    tokens?.onChange(() => this.#takeToken(), {signal: this.#ending.signal});
  }

  get status(): ConnectionStatus {
    return this.#link?.status ?? {...IDLE, state: this.#ending.signal.aborted ? 'disposed' : 'failed', cause: 'config'};
  }

  get socketId(): string | null {
    return this.#link?.socketId ?? null;
  }

  get channels(): ReadonlyMap<string, ChannelInfo> {
    return this.#channels.infos;
  }

  connect(): Promise<boolean> {
    if (this.#link) return this.#link.connect();
    for (const error of this.#errors) this.#report(error);
    return Promise.resolve(false);
  }

  disconnect(): void {
    this.#link?.disconnect();
  }

  retry(): void {
    // After `disconnect()` it is a wish of its own, and the attempt keeps its distance anyway.
    if (this.status.state !== 'idle' && this.#isWithin(SHORTEST_RETRY_GAP, this.#lastRetry)) return;
    this.#lastRetry = this.#environment.clock.now();
    this.#channels.forgive();
    if (this.status.state === 'unauthorized') void this.#renewToken();
    else this.#link?.retry();
  }

  hope(): void {
    this.#link?.hope();
  }

  subscribe(channel: string, signal?: AbortSignal): ChannelHandle {
    return this.#channels.hold(channel, signal);
  }

  dispose(): void {
    this.#ending.abort();
    this.#link?.dispose();
    this.#channels.dispose();
    this.forgetListeners();
  }

  #createLinkHandler(): LinkHandler {
    return {
      onStatus: (status, previous) => this.statusListeners.call(status, previous),
      onUp: (socketId) => this.#channels.up(socketId),
      onDown: () => this.#channels.down(),
      onWake: () => this.#wake(),
      onError: (error) => this.#report(error),
      onTokenDue: () => void this.#renewToken(),
    };
  }

  #createHandler(): TransportHandler {
    return {
      onWelcome: (socketId) => this.#link?.welcome(socketId),
      onFrame: () => this.#link?.hear(),
      onServerError: (code, message) => this.#complaint(code, message),
      onClose: (close) => this.#link?.drop(close),
      onSubscribed: (channel, members) => this.#channels.get(channel)?.confirm(members),
      onSubscriptionError: (channel, status) => this.#channels.get(channel)?.reject(status),
      onEvent: (event) => this.#decode(event),
      onError: (error) => this.#report(error),
    };
  }

  #decode(raw: WireEvent): void {
    try {
      const event = decodeEvent(raw);
      if (!event) return log.debug('Ignores an event', {channel: raw.channel, event: raw.name});
      this.#channels.tell(event);
      this.eventListeners.call(event);
    } catch (error) {
      this.#report(error as EventError);
    }
  }

  /** Handles a `pusher:error`. Before the welcome it ends the attempt; after it, it is mostly about a refused subscription. */
  #complaint(code: number | null, message: string): void {
    if (this.socketId === null) return this.#link?.refuse(code, message);
    if (code === 4301) this.#channels.pause(RATE_LIMIT_PAUSE * (1 + this.#environment.random()));
    if (code === 4201) this.#link?.probe();
    if ((code === 4009 || code === 4301) && this.#channels.blame()) return;
    this.#report(explain(code === 4301 ? 'rate-limited' : 'server-error', code, message));
  }

  /** There is another token. */
  #takeToken(): void {
    this.#channels.forgive();
    if (this.status.state === 'unauthorized') this.#link?.retry();
  }

  /** Asks for another token, and connects if there is one. */
  async #renewToken(): Promise<void> {
    const tokens = this.#tokens;
    const stale = tokens?.current ?? null;
    try {
      const fresh = await tokens?.refresh(stale, 'refused');
      // With another token, `onChange` has connected already. In cookie mode the session may be valid again, so try.
      if (this.status.state !== 'unauthorized') return;
      if (fresh !== stale || stale === null) return this.#link?.retry();
    } catch {
      log.warn('No new token yet');
    }
    if (tokens?.mayChange) this.#link?.postponeToken();
  }

  #wake(): void {
    if (this.#isWithin(WAKE_GAP, this.#lastWake)) return;
    this.#lastWake = this.#environment.clock.now();
    this.wakeListeners.call();
  }

  #report(error: ChatError): void {
    log.warn(error.message, {code: error.code});
    this.errorListeners.call(error);
  }

  #isWithin(gap: number, since: number): boolean {
    const past = this.#environment.clock.now() - since;
    return past >= 0 && past < gap;
  }
}

function isEndpoint(endpoint: Endpoint | readonly ConfigError[]): endpoint is Endpoint {
  return !Array.isArray(endpoint);
}
