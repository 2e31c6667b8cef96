import PusherModule from 'pusher-js/worker/index.js';
import {createLog} from '../logging/index.js';
import {EventError} from '../model/index.js';
import {LONGEST_TIMER} from './alarm.js';
import {
  changeMembers,
  malformed,
  readComplaint,
  readFrame,
  readMembers,
  readStatus,
  rewriteWelcome,
  type Frame,
} from './frames.js';
import {isPresence} from './channel-name.js';
import {SocketTap} from './socket-tap.js';
import type {Transport, TransportFactory, TransportHandler} from './transport.js';
import type {ChannelAuth, Endpoint} from './types.js';

// The types speak of a `default` export, but `module.exports` is the class itself, in Node and in what bundlers make of it.
const Pusher = PusherModule as unknown as typeof PusherModule.default;
type Pusher = InstanceType<typeof Pusher>;

const log = createLog('ChatTransport');
/**
 * Clients at rest, by endpoint. pusher-js holds on to every client it ever made (`Pusher.instances`, and handlers at its network
 * object), so each is used again.
 */
const idle = new Map<string, Pusher[]>();
/** How the client that is made, or connects, at the moment gets its socket. pusher-js asks for it inside that call. */
let connectTo: ((url: string) => object) | null = null;
let isRouted = false;

/** Makes the transport of this package. */
export const createPusherTransport: TransportFactory = (endpoint, handler, createWebSocket) =>
  new PusherTransport(endpoint, handler, createWebSocket);

/**
 * One attempt at a time over pusher-js, which makes the address, does the handshake and writes the frames. The end of a socket is
 * kept from it, since it would plan a retry; and so are all frames but the welcome, since it throws at more than half of the
 * malformed ones, out of the socket's event handler and into the page. Channels are ours too: its own outlive their socket.
 */
export class PusherTransport implements Transport {
  readonly #endpoint: Endpoint;
  /** Where it finds its clients. */
  readonly #idle: Pusher[];
  readonly #handler: TransportHandler;
  readonly #createWebSocket: (url: string) => WebSocket;
  /** The channels asked for, and who is in those of them that are presence channels and confirmed. */
  readonly #channels = new Map<string, ReadonlyMap<string, unknown> | null>();
  #pusher: Pusher | null = null;
  #tap: SocketTap | null = null;
  #opened = false;
  #welcomed = false;
  #failure: {readonly error: unknown} | null = null;

  constructor(endpoint: Endpoint, handler: TransportHandler, createWebSocket: (url: string) => WebSocket) {
    this.#endpoint = endpoint;
    const key = JSON.stringify(endpoint);
    this.#idle = idle.get(key) ?? [];
    idle.set(key, this.#idle);
    this.#handler = handler;
    this.#createWebSocket = createWebSocket;
  }

  open(): void {
    this.close();
    routeSockets();
    connectTo = (url) => this.#connectTo(url);
    try {
      this.#pusher = this.#idle.pop() ?? createPusher(this.#endpoint);
      this.#pusher.connection.bind('connected', this.#welcome);
      this.#pusher.connect();
    } finally {
      connectTo = null;
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
    this.#channels.clear();
    const pusher = this.#pusher;
    if (!pusher) return;
    this.#pusher = null;
    pusher.connection.unbind('connected', this.#welcome);
    pusher.disconnect();
    this.#idle.push(pusher);
  }

  subscribe(channel: string, auth: ChannelAuth | null): void {
    this.#channels.set(channel, null);
    this.send('pusher:subscribe', {auth: auth?.auth, channel_data: auth?.channelData, channel});
  }

  unsubscribe(channel: string): void {
    if (this.#channels.delete(channel)) this.send('pusher:unsubscribe', {channel});
  }

  send(event: string, data: object, channel?: string): boolean {
    return this.#tap?.isOpen === true && this.#pusher?.send_event(event, data, channel) === true;
  }

  /** Makes the socket that pusher-js asked for. Never throws: pusher-js would report that a second time, as an end. */
  #connectTo(url: string): object {
    log.debug('Opens a socket', {url});
    try {
      this.#tap = new SocketTap(this.#createWebSocket(url), {
        onOpen: () => {
          this.#opened = true;
          this.#guard(() => this.#tap?.onopen?.());
        },
        onFrame: (data) => this.#guard(() => this.#hear(data)),
        onClose: (code, reason) => {
          const close = {code, reason, opened: this.#opened, welcomed: this.#welcomed};
          this.close();
          this.#handler.onClose(close);
        },
      });
      return this.#tap;
    } catch (error) {
      this.#failure = {error};
      return {close: () => undefined, send: () => undefined};
    }
  }

  readonly #welcome = (): void => {
    this.#welcomed = true;
    this.#handler.onWelcome(this.#pusher?.connection.socket_id ?? '');
  };

  #hear(data: unknown): void {
    this.#handler.onFrame();
    const frame = readFrame(data);
    if (frame.event === 'pusher:error') {
      const {code, message} = readComplaint(frame);
      this.#handler.onServerError(code, message);
    } else if (frame.event === 'pusher:connection_established') {
      if (this.#welcomed) throw malformed('it is a second welcome');
      this.#tap?.onmessage?.({data: rewriteWelcome(frame)});
    } else if (!this.#welcomed) {
      throw malformed('it came before the welcome');
    } else if (frame.event === 'pusher:ping') {
      this.send('pusher:pong', {});
    } else if (frame.event !== 'pusher:pong') {
      this.#dispatch(frame);
    }
  }

  /** Takes what is for a channel. */
  #dispatch(frame: Frame): void {
    const {event, channel, data, userId} = frame;
    const members = channel === null ? undefined : this.#channels.get(channel);
    if (channel === null || members === undefined) return log.debug('Ignores a frame for no channel of ours', {event, channel});
    switch (event) {
      case 'pusher_internal:subscription_succeeded':
        return this.#confirm(channel, isPresence(channel) ? readMembers(frame) : null);
      case 'pusher_internal:member_added':
      case 'pusher_internal:member_removed':
        return members ? this.#confirm(channel, changeMembers(members, frame)) : undefined;
      case 'pusher:subscription_error':
        return this.#handler.onSubscriptionError(channel, readStatus(frame));
    }
    if (/^pusher(?:_internal)?:/.test(event)) return log.debug('Ignores a message of the protocol', {event, channel});
    this.#handler.onEvent({channel, name: event, data, ...(userId !== null && {userId})});
  }

  #confirm(channel: string, members: ReadonlyMap<string, unknown> | null): void {
    this.#channels.set(channel, members);
    this.#handler.onSubscribed(channel, members ?? undefined);
  }

  /** Keeps what goes wrong with one frame from the page, and from the next frame. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof EventError)) log.error('A frame could not be handled', {error});
      this.#handler.onError(error instanceof EventError ? error : malformed('it could not be handled'));
    }
  }
}

function createPusher({appKey, wsHost, wsPort, wsPath, scheme, cluster}: Endpoint): Pusher {
  const port = wsPort ?? (scheme === 'https' ? 443 : 80);
  const {isReady} = Pusher;
  // The constructor connects at once if this is set.
  Pusher.isReady = false;
  try {
    return new Pusher(encodeURIComponent(appKey), {
      cluster: cluster ?? '',
      ...(wsHost !== null && {wsHost}),
      wsPort: port,
      wssPort: port,
      wsPath,
      forceTLS: scheme === 'https',
      enabledTransports: ['ws'],
      activityTimeout: LONGEST_TIMER,
      pongTimeout: LONGEST_TIMER,
      unavailableTimeout: LONGEST_TIMER,
    });
  } finally {
    Pusher.isReady = isReady;
  }
}

/** Has the sockets of our own clients made by whoever opens them. Everybody else's are left as they are. */
function routeSockets(): void {
  if (isRouted) return;
  isRouted = true;
  // The worker build calls handlers and timers on `self`, which Node does not have.
  if (!('self' in globalThis)) Object.defineProperty(globalThis, 'self', {value: globalThis, configurable: true, writable: true});
  const runtime = Pusher.Runtime;
  const createWebSocket = runtime.createWebSocket.bind(runtime);
  const getWebSocketAPI = runtime.getWebSocketAPI.bind(runtime);
  type Made = ReturnType<typeof createWebSocket>;
  runtime.createWebSocket = (url) => (connectTo ? (connectTo(url) as Made) : createWebSocket(url));
  // pusher-js asks for this only to see whether there is one, and Node has none before version 22.
  runtime.getWebSocketAPI = () => (connectTo ? SocketTap : getWebSocketAPI()) as never;
}
