import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocket, WebSocketServer} from 'ws';
import {seededRandom} from '../../src/testing/random.js';
import {NO_RATES, type FaultRates} from './rates.js';

/** Longest that a shuffled frame waits for others to be shuffled with (ms). */
const SHUFFLE_PATIENCE = 200;

/** What a socket may close with by itself; other codes are no codes to send. */
const isSendable = (code: number): boolean =>
  code === 1000 || (code >= 1001 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;

/** Passes WebSocket frames on, and lets events on their way to the client get lost, double, or out of order. */
export class FrameRelay {
  rates: FaultRates = NO_RATES;
  readonly #target: number;
  readonly #random: () => number;
  readonly #server = new WebSocketServer({noServer: true, perMessageDeflate: false});
  readonly #pipes = new Set<Pipe>();

  constructor(target: number, seed: number) {
    this.#target = target;
    this.#random = seededRandom(seed + 1);
  }

  /** Takes over a request for a WebSocket. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    this.#server.handleUpgrade(incoming, socket, head, (client) => {
      const {origin} = incoming.headers;
      const url = `ws://127.0.0.1:${this.#target}${incoming.url ?? '/'}`;
      const server = new WebSocket(url, {perMessageDeflate: false, ...(origin === undefined ? {} : {origin})});
      const pipe = new Pipe(client, server, () => this.rates, this.#random);
      this.#pipes.add(pipe);
      client.once('close', () => this.#pipes.delete(pipe));
    });
  }

  /** Sends a frame to all clients of now. */
  inject(frame: string): void {
    for (const pipe of this.#pipes) pipe.inject(frame);
  }

  /** Closes all sockets of now with this code. Says how many there were. */
  closeAll(code: number): number {
    const {size} = this.#pipes;
    for (const pipe of this.#pipes) pipe.close(code);
    return size;
  }

  /** Sends what is held back to be shuffled. */
  flush(): void {
    for (const pipe of this.#pipes) pipe.flush();
  }

  close(): void {
    for (const pipe of this.#pipes) pipe.close(1001);
    this.#server.close();
  }
}

/** One client's socket, and the one to the server that belongs to it. */
class Pipe {
  readonly #client: WebSocket;
  readonly #server: WebSocket;
  readonly #rates: () => FaultRates;
  readonly #random: () => number;
  #held: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(client: WebSocket, server: WebSocket, rates: () => FaultRates, random: () => number) {
    this.#client = client;
    this.#server = server;
    this.#rates = rates;
    this.#random = random;
    const early: string[] = [];
    client.on('message', (data: Buffer) => {
      if (server.readyState === WebSocket.CONNECTING) early.push(data.toString());
      else if (server.readyState === WebSocket.OPEN) server.send(data.toString());
    });
    server.on('open', () => early.forEach((frame) => server.send(frame)));
    server.on('message', (data: Buffer) => this.#take(data.toString()));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('close', (code) => this.#end(to, code));
      // An error is followed by `close`.
      from.on('error', () => undefined);
    }
  }

  inject(frame: string): void {
    this.#send(frame);
  }

  close(code: number): void {
    this.#end(this.#client, code);
    this.#server.terminate();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#held.length > 0) this.#sendOne();
  }

  #take(frame: string): void {
    if (!isEvent(frame)) return this.#send(frame);
    const {drop, duplicate, shuffle} = this.#rates();
    if (this.#random() < drop) return;
    const times = this.#random() < duplicate ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      if (shuffle > 0) this.#hold(frame, shuffle);
      else this.#send(frame);
    }
  }

  #hold(frame: string, window: number): void {
    this.#held.push(frame);
    this.#timer ??= setTimeout(() => this.flush(), SHUFFLE_PATIENCE);
    while (this.#held.length > window) this.#sendOne();
  }

  #sendOne(): void {
    const [frame] = this.#held.splice(Math.floor(this.#random() * this.#held.length), 1);
    if (frame !== undefined) this.#send(frame);
  }

  #send(frame: string): void {
    if (this.#client.readyState === WebSocket.OPEN) this.#client.send(frame);
  }

  #end(socket: WebSocket, code: number): void {
    clearTimeout(this.#timer);
    if (socket.readyState === WebSocket.OPEN && isSendable(code)) socket.close(code);
    else socket.terminate();
  }
}

/** Whether it is an event of the application, and not a word of the protocol. */
function isEvent(frame: string): boolean {
  return !/"event"\s*:\s*"pusher(?:_internal)?:/.test(frame);
}
