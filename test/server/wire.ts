import {WebSocket, type ClientOptions} from 'ws';

/** A frame as a client sees it, with its data parsed. */
export interface Frame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** A bare client of the Pusher protocol: sends what it is told and keeps what it hears, in order. */
export class Wire {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  /** Resolves when the socket is closed, with the code. */
  readonly closed: Promise<number>;
  readonly #waiting = new Set<() => void>();
  #read = 0;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, {perMessageDeflate: false, ...options});
    this.socket.on('message', (data: Buffer) => {
      this.frames.push(parseFrame(data.toString()));
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        this.#wake();
        resolve(code);
      });
    });
  }

  /** Opens a socket and waits for the welcome. */
  static async connect(url: string): Promise<Wire> {
    const wire = new Wire(url);
    await wire.next('pusher:connection_established');
    return wire;
  }

  get socketId(): string {
    const welcome = this.frames.find((frame) => frame.event === 'pusher:connection_established');
    return (welcome?.data as {socket_id: string}).socket_id;
  }

  send(event: string, data?: unknown, channel?: string): void {
    this.socket.send(JSON.stringify({event, data, channel}));
  }

  /** The next frame with this name that was not asked for yet. Frames before it are passed over. */
  async next(event: string): Promise<Frame> {
    for (;;) {
      while (this.#read < this.frames.length) {
        const frame = this.frames[this.#read];
        this.#read += 1;
        if (frame?.event === event) return frame;
      }
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error(`Closed before "${event}" came.`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Sends a ping and waits for its pong: whatever the server had to say before it has been said. */
  async settle(): Promise<void> {
    this.send('pusher:ping');
    await this.next('pusher:pong');
  }

  async subscribe(channel: string, auth: {auth?: string; channel_data?: string} = {}): Promise<Frame> {
    this.send('pusher:subscribe', {channel, ...auth});
    return this.next('pusher_internal:subscription_succeeded');
  }

  close(): void {
    this.socket.terminate();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function parseFrame(text: string): Frame {
  const frame = JSON.parse(text) as Frame;
  return typeof frame.data === 'string' ? {...frame, data: JSON.parse(frame.data) as unknown} : frame;
}
