import {randomInt} from 'node:crypto';
import {WebSocket} from 'ws';
import type {Limits} from '../limits.js';
import {errorFrame, frame, type PusherError} from './messages.js';
import {TokenBucket} from './token-bucket.js';

/** One client's socket and what the server remembers of it. */
export class PusherConnection {
  readonly id = `${randomInt(1, 1_000_000_000)}.${randomInt(1, 1_000_000_000)}`;
  readonly address: string;
  /** The channels it is subscribed to. */
  readonly channels = new Set<string>();
  /** Whose it is, once the signature of a presence or user channel has said so. */
  userId: string | undefined;
  /** The tokens with which its channels were authorized. When one is revoked, the socket goes too. */
  readonly tokenIds = new Set<number>();
  /** When the client was last heard of, as `Date.now()` counts. */
  lastHeard = Date.now();
  /** When it was sent a ping that it has not answered yet. */
  pingedAt: number | undefined;
  /** Malformed frames so far. */
  malformed = 0;
  /** Frames refused for their rate since the last one that was taken. */
  strikes = 0;
  readonly bucket: TokenBucket;

  readonly #socket: WebSocket;
  readonly #limits: Limits;
  #paused = false;

  constructor(socket: WebSocket, address: string, limits: Limits) {
    this.#socket = socket;
    this.address = address;
    this.#limits = limits;
    this.bucket = new TokenBucket(limits.frameBurst, limits.framesPerMinute);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Notes a sign of life. */
  heard(now: number): void {
    this.lastHeard = now;
    this.pingedAt = undefined;
  }

  /** Sends a frame. A client that has left too much unread is cut off instead: memory is everybody's, slowness is its own. */
  send(text: string | Buffer): void {
    if (!this.isOpen || this.#paused) return;
    if (this.#socket.bufferedAmount > this.#limits.backlogBytes) {
      this.#socket.terminate();
      return;
    }
    this.#socket.send(text, {binary: false});
  }

  sendEvent(event: string, data?: unknown, channel?: string): void {
    this.send(frame(event, data, channel));
  }

  sendError(error: PusherError): void {
    this.send(errorFrame(error));
  }

  /** Says why, then closes with the same code. */
  refuse(error: PusherError): void {
    this.sendError(error);
    this.close(error.code, error.message);
  }

  close(code: number, reason = ''): void {
    // Without the resume a paused socket would never see the client's own close frame.
    this.resume();
    this.#socket.close(code, reason);
  }

  /** Ends the TCP connection without a word, which a browser reports as 1006. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Makes the link half-open: nothing is read and nothing is sent, and nobody is told. */
  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }
}
