import ConnectionManager from 'pusher-js/src/core/connection/connection_manager';
import SequentialStrategy from 'pusher-js/src/core/strategies/sequential_strategy';
import TransportStrategy from 'pusher-js/src/core/strategies/transport_strategy';
import Transport from 'pusher-js/src/core/transports/transport';
import * as urls from 'pusher-js/src/core/transports/url_schemes';
import runtime from './runtime.js';
import Timeline from './timeline.js';

/** The options that our transport sets, all of them. */
interface Options {
  readonly cluster: string;
  readonly wsHost?: string;
  readonly wsPort: number;
  readonly wssPort: number;
  readonly wsPath: string;
  readonly forceTLS: boolean;
  readonly activityTimeout: number;
  readonly pongTimeout: number;
  readonly unavailableTimeout: number;
}

const PRIORITY = 3;
/** For how long one attempt may last, in milliseconds; the next one gets twice as long. */
const ATTEMPTS = {loop: true, timeout: 15_000, timeoutLimit: 60_000};

const webSockets = new Transport({
  urls: urls.ws,
  handlesActivityChecks: false,
  supportsPing: false,
  isInitialized: () => Boolean(runtime.getWebSocketAPI()),
  isSupported: () => Boolean(runtime.getWebSocketAPI()),
  getSocket: (url) => runtime.createWebSocket(url),
});

/**
 * The `Pusher` of pusher-js as far as our transport knows it: with `enabledTransports: ['ws']`, no channels, which are ours, nobody
 * signed in, and no statistics. Everything below it is theirs.
 */
export default class Pusher {
  static isReady = true;
  static readonly Runtime = runtime;

  readonly connection: ConnectionManager;

  constructor(key: string, options: Options) {
    const {wsHost = `ws-${options.cluster}.pusher.com`, wsPort, wssPort, wsPath: httpPath, forceTLS: useTLS} = options;
    const hosts = {hostNonTLS: `${wsHost}:${wsPort}`, hostTLS: `${wsHost}:${wssPort}`, httpPath};
    this.connection = new ConnectionManager(key, {
      ...options,
      useTLS,
      timeline: new Timeline(),
      getStrategy: (base) =>
        new SequentialStrategy([new TransportStrategy('ws', PRIORITY, webSockets, {...base, ...hosts})], ATTEMPTS),
    });
    if (Pusher.isReady) this.connect();
  }

  connect(): void {
    this.connection.connect();
  }

  disconnect(): void {
    this.connection.disconnect();
  }

  send_event(event: string, data: unknown, channel?: string): boolean {
    return this.connection.send_event(event, data, channel);
  }
}
