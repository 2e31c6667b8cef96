import {WebSocket} from 'ws';
import {within} from './within.js';

/** A frame of the Pusher protocol, its data still as it came. */
export interface Frame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
}

/** A WebSocket without any library's policy on top: what the server does is what is seen. */
export class RawSocket {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<number>;
  #wake: (() => void)[] = [];
  #code: number | undefined;

  constructor(url: string, headers: Readonly<Record<string, string>> = {origin: 'http://localhost:3000'}) {
    this.#socket = new WebSocket(url, {headers: {...headers}});
    this.#socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame);
      for (const wake of this.#wake.splice(0)) wake();
    });
    // A refused or cut connection is reported by its close code; the error says the same in words.
    this.#socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      this.#socket.on('close', (code) => {
        this.#code = code;
        for (const wake of this.#wake.splice(0)) wake();
        resolve(code);
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** The close code, once closed. What a browser would see: 1006 where no close frame came. */
  get closed(): Promise<number> {
    return within(this.#closed, () => `the end of the socket to ${this.#socket.url}`);
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Drops the connection: a proper close would wait up to 30 s for the other side's close frame. */
  close(): void {
    this.#socket.terminate();
  }

  /** The first frame of this event, waited for if it has not come yet. Rejects when the socket closes without it. */
  async next(event: string): Promise<Frame> {
    for (;;) {
      const index = this.frames.findIndex((frame) => frame.event === event);
      const [found] = index < 0 ? [] : this.frames.splice(index, 1);
      if (found) return found;
      const others = () => `(there are: ${this.frames.map((frame) => JSON.stringify(frame)).join(', ') || 'none'})`;
      if (this.#code !== undefined) throw new Error(`The socket closed (${this.#code}) without the frame ${event} ${others()}`);
      await within(new Promise<void>((resolve) => this.#wake.push(resolve)), () => `the frame ${event} ${others()}`);
    }
  }

  async connected(): Promise<string> {
    const frame = await this.next('pusher:connection_established');
    return (JSON.parse(String(frame.data)) as {socket_id: string}).socket_id;
  }
}

/** Code and words of a `pusher:error`; Reverb sends its data as a string of JSON. */
export function errorOf(frame: Frame): {code: number; message: string} {
  return (typeof frame.data === 'string' ? JSON.parse(frame.data) : frame.data) as {code: number; message: string};
}
