import PusherModule from 'pusher-js/worker/index.js';
import {LONGEST_TIMER} from './alarm.js';
import type {Endpoint} from './types.js';

// The types speak of a `default` export, but `module.exports` is the class itself, in Node and in what bundlers make of it.
const Pusher = PusherModule as unknown as typeof PusherModule.default;
type Pusher = InstanceType<typeof Pusher>;

/** Longer than any activity timer: liveness is ours, so that pusher-js never pings and never gives up by itself. */
const NEVER_SECONDS = 2_000_000;

/** What pusher-js does for one attempt: it knows the address, and how a frame is written. */
export interface PusherClient {
  /** Where to open the socket. */
  readonly url: string;
  /** The server has welcomed the socket under this id. */
  welcome(socketId: string): void;
  /** Writes a frame, now or soon. Only after `welcome`. */
  send(event: string, data: object, channel?: string): void;
  /** The attempt, or the connection that it became, is over. */
  release(): void;
}

/** What pusher-js takes for its socket. It hears of nothing but the welcome: at an error or an end it would plan a retry of its own. */
class Stub {
  onopen: (() => void) | null | undefined;
  onmessage: ((event: {readonly data: string}) => void) | null | undefined;
  onclose: unknown;
  onerror: unknown;
  readonly send: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.send = write;
  }

  close(): void {
    // The socket is not its to close.
  }
}

/**
 * Clients at rest, by endpoint. pusher-js holds on to every client it ever made (`Pusher.instances`, and handlers at its network
 * object), so each is used again.
 */
const idle = new Map<string, Pusher[]>();
/** How the client that is made, or connects, at the moment gets its socket. pusher-js asks for it inside that call. */
let connectTo: ((url: string) => Stub) | null = null;
let isRouted = false;

/** Begins an attempt. `write` is called with each frame that is to be sent. */
export function openPusher(endpoint: Endpoint, write: (text: string) => void): PusherClient {
  routeSockets();
  const key = JSON.stringify(endpoint);
  const atRest = idle.get(key) ?? [];
  idle.set(key, atRest);
  const stub = new Stub(write);
  let url = '';
  connectTo = (address) => {
    url = address;
    return stub;
  };
  try {
    const pusher = atRest.pop() ?? createPusher(endpoint);
    pusher.connect();
    return {
      url,
      welcome: (socketId) => {
        const data = JSON.stringify({socket_id: socketId, activity_timeout: NEVER_SECONDS});
        stub.onopen?.();
        stub.onmessage?.({data: JSON.stringify({event: 'pusher:connection_established', data})});
      },
      send: (event, data, channel) => void pusher.send_event(event, data, channel),
      release: () => {
        pusher.disconnect();
        atRest.push(pusher);
      },
    };
  } finally {
    connectTo = null;
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

/** Keeps the sockets of our own clients from being opened. Everybody else's are left as they are. */
function routeSockets(): void {
  if (isRouted) return;
  isRouted = true;
  // The worker build calls handlers and timers on `self`, which Node does not have.
  if (!('self' in globalThis)) Object.defineProperty(globalThis, 'self', {value: globalThis, configurable: true, writable: true});
  const runtime = Pusher.Runtime;
  const createWebSocket = runtime.createWebSocket.bind(runtime);
  const getWebSocketAPI = runtime.getWebSocketAPI.bind(runtime);
  type Made = ReturnType<typeof createWebSocket>;
  runtime.createWebSocket = (url) => (connectTo ? (connectTo(url) as unknown as Made) : createWebSocket(url));
  // pusher-js asks for this only to see whether there is one, and Node has none before version 22.
  runtime.getWebSocketAPI = () => (connectTo ? Stub : getWebSocketAPI()) as never;
}
