/** What the server's end of a `FakeSocket` hears. */
export interface SocketPeer {
  /** The client sent a frame. */
  received(socket: FakeSocket, text: string): void;
  /** The client began to close, or the link broke. Called once. */
  left(socket: FakeSocket, code: number): void;
}

/** The time that a browser gives a peer to answer a close before it gives the connection up (ms). */
const CLOSING_TIMEOUT = 10_000;

type Handler = ((event: never) => void) | null | undefined;

/**
 * The client's end of a socket without a network: what pusher-js, or anybody, sees of a `WebSocket`. Everything it reports comes
 * in a microtask of its own, never inside the call that caused it, and in order.
 */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  readonly protocol = '';
  readonly extensions = '';
  binaryType: 'blob' | 'arraybuffer' = 'blob';
  /** Bytes that were sent while the link was silent; otherwise 0. */
  bufferedAmount = 0;
  readyState = 0;
  onopen: Handler;
  onmessage: Handler;
  onclose: Handler;
  onerror: Handler;

  readonly #peer: SocketPeer;
  readonly #later: (fn: () => void, ms: number) => void;
  #silent = false;

  /** `later` is the clock by which a close that nobody answers is given up. */
  constructor(url: string, peer: SocketPeer, later: (fn: () => void, ms: number) => void) {
    super();
    this.url = url;
    this.#peer = peer;
    this.#later = later;
  }

  send(data: string): void {
    if (this.readyState === this.CONNECTING) throw new DOMException('Still in CONNECTING state', 'InvalidStateError');
    if (this.readyState !== this.OPEN) return;
    if (this.#silent) this.bufferedAmount += data.length;
    else queueMicrotask(() => this.readyState === this.OPEN && this.#peer.received(this, data));
  }

  close(code = 1005, reason = ''): void {
    if (this.readyState >= this.CLOSING) return;
    const wasOpen = this.readyState === this.OPEN;
    this.readyState = this.CLOSING;
    if (this.#silent) return this.#later(() => this.#end(1006, '', false), CLOSING_TIMEOUT);
    queueMicrotask(() => this.#end(wasOpen ? code : 1006, reason, wasOpen));
  }

  /** Server side: accepts. */
  accept(): void {
    this.#soon(() => {
      if (this.readyState !== this.CONNECTING) return;
      this.readyState = this.OPEN;
      this.#report('open', {});
    });
  }

  /** Server side: sends a frame. */
  deliver(text: string): void {
    this.#soon(() => this.readyState === this.OPEN && this.#report('message', {data: text}));
  }

  /** Server side: ends it. 1006 breaks the link without a close frame, and so does any code before it was accepted. */
  drop(code = 1006, reason = ''): void {
    this.#soon(() => {
      if (this.readyState === this.CLOSED) return;
      const clean = code !== 1006 && this.readyState === this.OPEN;
      if (!clean) this.#report('error', {});
      this.#end(clean ? code : 1006, clean ? reason : '', clean);
    });
  }

  /** From now on nothing passes in either direction, and nobody is told: a half-open link. For good. */
  silence(): void {
    this.#silent = true;
  }

  #soon(fn: () => void): void {
    queueMicrotask(() => {
      if (!this.#silent) fn();
    });
  }

  #end(code: number, reason: string, wasClean: boolean): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.#peer.left(this, code);
    this.#report('close', {code, reason, wasClean});
  }

  #report(type: 'open' | 'message' | 'close' | 'error', fields: object): void {
    // Not CloseEvent: Node has none before version 23.
    const event = Object.defineProperties(new Event(type), describe(fields));
    this.dispatchEvent(event);
    this[`on${type}`]?.call(this, event as never);
  }
}

function describe(fields: object): PropertyDescriptorMap {
  return Object.fromEntries(Object.entries(fields).map(([name, value]: [string, unknown]) => [name, {value, enumerable: true}]));
}
