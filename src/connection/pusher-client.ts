import PusherModule from 'pusher-js/worker/index.js';
import {LONGEST_TIMER} from './alarm.js';
import type {Endpoint} from './types.js';

// The types declare a `default` export, but `module.exports` is the class itself, both in Node and in what bundlers make of it.
const Pusher = PusherModule as unknown as typeof PusherModule.default;
type Pusher = InstanceType<typeof Pusher>;

/** Told to pusher-js as the activity timeout, so that it never pings and never gives up: `Liveness` does that. */
const NEVER_SECONDS = 2_000_000;

/** The frame after which pusher-js sends what it is told to. The real id of the socket is nothing that it has to know. */
const WELCOME = JSON.stringify({
  event: 'pusher:connection_established',
  data: JSON.stringify({socket_id: '0.0', activity_timeout: NEVER_SECONDS}),
});

/** What pusher-js does for one attempt: it makes the address of the socket, and writes the frames. */
export interface PusherClient {
  /** Where to open the socket. */
  readonly url: string;
  /** Writes a frame, at once or a moment later. */
  send(event: string, data: object, channel?: string): void;
  /** The attempt is over, or the connection that came of it. */
  release(): void;
}

/**
 * What pusher-js takes for its socket. It is welcomed as soon as pusher-js has asked for it, since pusher-js would wait for that with timers
 * of its own, and then open a real socket. It is told of nothing else: after an error or a close, pusher-js would plan a retry.
 */
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
    // Closing the socket is up to the transport.
  }
}

/**
 * Clients that are not in use, by endpoint. They are reused because pusher-js never lets go of one (`Pusher.instances`, and listeners on
 * its network object).
 */
const idle = new Map<string, Pusher[]>();
/** Gives the client that is connecting at this moment its socket; `null` otherwise. pusher-js asks for it within the call that connects. */
let connectTo: ((url: string) => Stub) | null = null;
let isRouted = false;

/** Begins an attempt. `write` is called with each frame that has to be sent. */
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
    stub.onopen?.();
    stub.onmessage?.({data: WELCOME});
    return {
      url,
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
  // If this is set, the constructor connects at once.
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

/** Makes pusher-js take our stub for the socket of our own clients. Other users of pusher-js on the page get real sockets as before. */
function routeSockets(): void {
  if (isRouted) return;
  isRouted = true;
  // The worker build uses `self`, which Node does not have.
  if (!('self' in globalThis)) Object.defineProperty(globalThis, 'self', {value: globalThis, configurable: true, writable: true});
  const runtime = Pusher.Runtime;
  const createWebSocket = runtime.createWebSocket.bind(runtime);
  const getWebSocketAPI = runtime.getWebSocketAPI.bind(runtime);
  type Made = ReturnType<typeof createWebSocket>;
  runtime.createWebSocket = (url) => (connectTo ? (connectTo(url) as unknown as Made) : createWebSocket(url));
  // pusher-js only checks that there is one; Node before version 22 has none.
  runtime.getWebSocketAPI = () => (connectTo ? Stub : getWebSocketAPI()) as never;
}
