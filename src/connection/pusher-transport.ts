import PusherModule from 'pusher-js/worker/index.js';
import {createLog} from '../logging/index.js';
import {inspectFrame} from './frames.js';
import {PusherPool} from './pusher-pool.js';
import {SocketTap, type SocketTapOwner} from './socket-tap.js';
import type {Transport, TransportFactory, TransportHandler, WireEvent} from './transport.js';
import type {ChannelAuth, Endpoint} from './types.js';

// The types speak of a `default` export, but `module.exports` is the class itself, in Node and in what bundlers make of it.
const Pusher = PusherModule as unknown as typeof PusherModule.default;
type Pusher = InstanceType<typeof Pusher>;
type PusherChannel = ReturnType<Pusher['subscribe']>;

/** A client of pusher-js at rest or in use, with the answers its channels are to be authorized with. */
interface Client {
  readonly pusher: Pusher;
  readonly auths: Map<string, ChannelAuth>;
}

/** What `pusher.connection` emits as `message`. */
interface PusherMessage {
  readonly event: string;
  readonly channel?: string;
  readonly data: unknown;
  readonly user_id?: unknown;
}

/** The longest timer there is (ms, 24 days): whether a link is alive is decided by our own liveness check. */
const NEVER = 2_147_483_647;

const log = createLog('ChatTransport');
const pool = new PusherPool<Client>();
/** Who is calling `pusher.connect()` at the moment. pusher-js makes its socket inside that call. */
let opening: PusherTransport | null = null;
let routed = false;

/** Makes the transport of this package. */
export const createPusherTransport: TransportFactory = (endpoint, handler, createWebSocket) =>
  new PusherTransport(endpoint, handler, createWebSocket);

/**
 * One attempt at a time over pusher-js, which does the handshake, the framing and the channel table, and nothing else: every end
 * of a socket is taken from it before it can plan a retry, and no channel outlives its socket.
 */
export class PusherTransport implements Transport {
  readonly #kind: string;
  readonly #endpoint: Endpoint;
  readonly #handler: TransportHandler;
  readonly #createWebSocket: (url: string) => WebSocket;
  readonly #channels = new Map<string, () => void>();
  #client: Client | null = null;
  #tap: SocketTap | null = null;
  #opened = false;
  #welcomed = false;
  #failure: {readonly error: unknown} | null = null;

  constructor(endpoint: Endpoint, handler: TransportHandler, createWebSocket: (url: string) => WebSocket) {
    this.#endpoint = endpoint;
    this.#handler = handler;
    this.#createWebSocket = createWebSocket;
    this.#kind = JSON.stringify([
      endpoint.scheme,
      endpoint.wsHost,
      endpoint.wsPort,
      endpoint.wsPath,
      endpoint.cluster,
      endpoint.appKey,
    ]);
  }

  open(): void {
    this.close();
    routeSockets();
    this.#client = pool.take(this.#kind, () => createClient(this.#endpoint));
    const {connection} = this.#client.pusher;
    connection.bind('connected', this.#welcome);
    connection.bind('message', this.#message);
    opening = this;
    try {
      this.#client.pusher.connect();
    } finally {
      opening = null;
    }
    const failure = this.#failure;
    if (!failure) return;
    this.close();
    throw failure.error;
  }

  close(): void {
    this.#tap?.close();
    this.#tap = null;
    this.#opened = false;
    this.#welcomed = false;
    this.#failure = null;
    const client = this.#client;
    if (!client) return;
    this.#client = null;
    for (const [name, unbind] of this.#channels) {
      unbind();
      client.pusher.channels.remove(name);
    }
    this.#channels.clear();
    client.auths.clear();
    client.pusher.connection.unbind('connected', this.#welcome);
    client.pusher.connection.unbind('message', this.#message);
    client.pusher.disconnect();
    pool.giveBack(this.#kind, client);
  }

  subscribe(channel: string, auth: ChannelAuth | null): void {
    if (!this.#client) return;
    this.unsubscribe(channel);
    if (auth) this.#client.auths.set(channel, auth);
    const {pusher} = this.#client;
    // Bound before it subscribes: an authorization that pusher-js does not like is reported within the call.
    const entry = pusher.channels.add(channel, pusher) as PusherChannel;
    this.#channels.set(channel, this.#bind(channel, entry));
    pusher.subscribe(channel);
  }

  unsubscribe(channel: string): void {
    const unbind = this.#channels.get(channel);
    if (!unbind || !this.#client) return;
    unbind();
    this.#channels.delete(channel);
    this.#client.auths.delete(channel);
    // `pusher.unsubscribe` would only mark a channel that waits for its confirmation, and keep it in the table.
    this.#client.pusher.channels.remove(channel);
    this.#client.pusher.send_event('pusher:unsubscribe', {channel});
  }

  send(event: string, data: object, channel: string): boolean {
    if (!this.#client || !this.#tap?.isOpen) return false;
    return this.#client.pusher.send_event(event, data, channel);
  }

  ping(): boolean {
    if (!this.#client || !this.#tap?.isOpen) return false;
    return this.#client.pusher.send_event('pusher:ping', {});
  }

  /** Makes the socket that pusher-js asked for. Never throws: pusher-js would report that a second time, as an end. */
  connectTo(url: string): object {
    log.debug('Opens a socket', {url});
    try {
      this.#tap = new SocketTap(this.#createWebSocket(url), this.#tapOwner());
      return this.#tap;
    } catch (error) {
      this.#failure = {error};
      return {close: () => undefined, send: () => undefined};
    }
  }

  readonly #welcome = (): void => {
    const id = this.#client?.pusher.connection.socket_id;
    if (id === undefined) return;
    this.#welcomed = true;
    this.#handler.onWelcome(id);
  };

  readonly #message = (message: PusherMessage): void => {
    const {event: name, channel, data, user_id: userId} = message;
    if (channel === undefined || /^pusher(?:_internal)?:/.test(name) || !this.#channels.has(channel)) return;
    const event: WireEvent = {channel, name, data};
    const hasSender = typeof userId === 'string' || typeof userId === 'number';
    this.#handler.onEvent(hasSender ? {...event, userId: String(userId)} : event);
  };

  #tapOwner(): SocketTapOwner {
    return {
      onOpen: () => {
        this.#opened = true;
        this.#handler.onOpen();
      },
      onFrame: (data) => this.#inspect(data),
      onClose: (code, reason) => {
        const close = {code, reason, opened: this.#opened, welcomed: this.#welcomed};
        this.close();
        this.#handler.onClose(close);
      },
      onFault: (error) => {
        log.error('A frame could not be handled', {error});
        this.#handler.onMalformed('it could not be handled', null);
      },
    };
  }

  #inspect(data: unknown): string | null {
    this.#handler.onFrame();
    const verdict = inspectFrame(data, {welcomed: this.#welcomed, knows: (channel) => this.#channels.has(channel)});
    switch (verdict.kind) {
      case 'pass':
        return verdict.text;
      case 'error':
        this.#handler.onServerError(verdict.code, verdict.message);
        return null;
      case 'malformed':
        this.#handler.onMalformed(verdict.why, verdict.channel);
        return null;
      case 'ignore':
        log.debug('Ignores a frame', {why: verdict.why});
        return null;
      case 'alive':
        return null;
    }
  }

  /** Follows a channel of pusher-js. Returns how to stop. */
  #bind(name: string, channel: PusherChannel): () => void {
    const members = (): ReadonlyMap<string, unknown> | undefined => membersOf(channel);
    const listeners: readonly (readonly [string, (data: unknown) => void])[] = [
      ['pusher:subscription_succeeded', () => this.#handler.onSubscribed(name, members())],
      ['pusher:member_added', () => this.#handler.onMembers(name, members() ?? new Map<string, unknown>())],
      ['pusher:member_removed', () => this.#handler.onMembers(name, members() ?? new Map<string, unknown>())],
      ['pusher:subscription_error', (data) => this.#handler.onSubscriptionError(name, statusOf(data))],
    ];
    for (const [event, listener] of listeners) channel.bind(event, listener);
    return () => {
      for (const [event, listener] of listeners) channel.unbind(event, listener);
    };
  }
}

function createClient({appKey, wsHost, wsPort, wsPath, scheme, cluster}: Endpoint): Client {
  const auths = new Map<string, ChannelAuth>();
  const port = wsPort ?? (scheme === 'https' ? 443 : 80);
  const ready = Pusher.isReady;
  // The constructor connects at once if this is set.
  Pusher.isReady = false;
  try {
    const pusher = new Pusher(encodeURIComponent(appKey), {
      cluster: cluster ?? '',
      ...(wsHost === null ? {} : {wsHost}),
      wsPort: port,
      wssPort: port,
      wsPath,
      forceTLS: scheme === 'https',
      enabledTransports: ['ws'],
      enableStats: false,
      activityTimeout: NEVER,
      pongTimeout: NEVER,
      unavailableTimeout: NEVER,
      channelAuthorization: {
        transport: 'ajax',
        endpoint: '',
        customHandler: ({channelName}, callback) => {
          const known = auths.get(channelName);
          if (!known) return callback(new Error('There is no authorization for this channel.'), null);
          const {auth, channelData} = known;
          callback(null, channelData === undefined ? {auth} : {auth, channel_data: channelData});
        },
      },
    });
    return {pusher, auths};
  } finally {
    Pusher.isReady = ready;
  }
}

/** Has the sockets of our own clients made by whoever opens them. Everybody else's are left as they are. */
function routeSockets(): void {
  if (routed) return;
  routed = true;
  // The worker build calls handlers and timers on `self`, which Node does not have.
  if (!('self' in globalThis)) Object.defineProperty(globalThis, 'self', {value: globalThis, configurable: true, writable: true});
  const runtime = Pusher.Runtime;
  const createWebSocket = runtime.createWebSocket.bind(runtime);
  const getWebSocketAPI = runtime.getWebSocketAPI.bind(runtime);
  type Made = ReturnType<typeof createWebSocket>;
  runtime.createWebSocket = (url) => (opening ? (opening.connectTo(url) as Made) : createWebSocket(url));
  // pusher-js asks for this only to see whether there is one, and Node has none before version 22.
  runtime.getWebSocketAPI = () => (typeof WebSocket === 'undefined' ? MissingWebSocket : getWebSocketAPI()) as never;
}

class MissingWebSocket {
  constructor() {
    throw new Error('There is no WebSocket here. Give one by `createWebSocket`.');
  }
}

function membersOf(channel: PusherChannel): ReadonlyMap<string, unknown> | undefined {
  const {members} = channel as {members?: {each(fn: (member: {id: unknown; info: unknown}) => void): void}};
  if (!members) return undefined;
  const map = new Map<string, unknown>();
  members.each(({id, info}) => map.set(String(id), info));
  return map;
}

function statusOf(data: unknown): number | null {
  const status = (data as {status?: unknown} | undefined)?.status;
  return typeof status === 'number' ? status : null;
}
