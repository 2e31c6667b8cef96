import {HttpRelay, type Answer} from './http-relay.js';
import {FrameRelay} from './frame-relay.js';
import {NO_RATES, type FaultRates} from './rates.js';
import {TcpProxy, type Link} from './tcp-proxy.js';

/** How a connection can be made to end, or to stop. */
export type BreakKind = 'cut' | 'half-close' | 'truncate' | 'blackhole';

/** The two ports behind the proxy. The embedded server has one for both. */
export interface Target {
  readonly http: number;
  readonly sockets: number;
}

/**
 * Stands between browsers and a server, one port for REST and WebSockets, and makes things go wrong on three layers: bytes of
 * TCP connections, answers of HTTP, frames of WebSockets.
 */
export class FaultProxy {
  readonly #tcp: TcpProxy;
  readonly #http: HttpRelay;
  readonly #frames: FrameRelay;

  private constructor(tcp: TcpProxy, http: HttpRelay, frames: FrameRelay) {
    this.#tcp = tcp;
    this.#http = http;
    this.#frames = frames;
  }

  /** Resolves once it listens, without any fault. `seed` decides what goes wrong. */
  static async start(target: Target, seed: number): Promise<FaultProxy> {
    const frames = new FrameRelay(target.sockets, seed);
    const http = await HttpRelay.start(target.http, seed, frames);
    return new FaultProxy(await TcpProxy.start(http.port), http, frames);
  }

  /** Its address, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#tcp.port}`;
  }

  get port(): number {
    return this.#tcp.port;
  }

  /** When somebody tried to open a WebSocket (ms since the epoch), in order. */
  get attempts(): readonly number[] {
    return this.#tcp.attempts;
  }

  /** The TCP connections of now that carry a WebSocket. */
  get sockets(): readonly Link[] {
    return this.#tcp.sockets;
  }

  /** Whether new connections are reset at once, as if no server was there. */
  set refusing(refusing: boolean) {
    this.#tcp.refusing = refusing;
  }

  /** Sets the rates that are named; the others become none. */
  setRates(rates: Partial<FaultRates>): void {
    const all = {...NO_RATES, ...rates};
    this.#http.rates = all;
    this.#frames.rates = all;
  }

  /** Breaks all WebSockets of now. Says how many there were. */
  breakSockets(kind: BreakKind): number {
    const {sockets} = this;
    for (const link of sockets) BREAK[kind](link);
    return sockets.length;
  }

  /** Closes all WebSockets of now as a server does, with a code that a server may send. Says how many there were. */
  closeSockets(code: number): number {
    return this.#frames.closeAll(code);
  }

  /** Sends a frame to all WebSockets of now, as if the server had. */
  inject(frame: string): void {
    this.#frames.inject(frame);
  }

  /** Has every answer to a REST call changed by this on its way; `null` leaves them as they are. */
  set spoil(spoil: ((answer: Answer) => Answer) | null) {
    this.#http.spoil = spoil;
  }

  /** Nothing goes wrong any more; what hangs is ended, so that it can be tried again. */
  heal(): void {
    this.setRates({});
    this.refusing = false;
    this.spoil = null;
    this.#frames.flush();
    this.#http.endHanging();
  }

  async close(): Promise<void> {
    await this.#tcp.close();
    this.#frames.close();
    await this.#http.close();
  }
}

const BREAK: Readonly<Record<BreakKind, (link: Link) => void>> = {
  cut: (link) => link.cut(),
  'half-close': (link) => link.halfClose(),
  truncate: (link) => link.truncate(),
  blackhole: (link) => link.blackhole(),
};
