import {createLog} from '../logging/index.js';
import {EventError} from '../model/index.js';
import {changeMembers, malformed, readComplaint, readFrame, readMembers, readSocketId, readStatus, type Frame} from './frames.js';
import {isPresence} from './channel-name.js';
import {openPusher, type PusherClient} from './pusher-client.js';
import type {Transport, TransportFactory, TransportHandler} from './transport.js';
import type {ChannelAuth, Endpoint} from './types.js';

const log = createLog('ChatTransport');

/** Makes a transport over pusher-js. */
export const createPusherTransport: TransportFactory = (endpoint, handler, createWebSocket) =>
  new PusherTransport(endpoint, handler, createWebSocket);

/**
 * A transport with one socket at a time. pusher-js makes the address and writes the frames. Incoming frames are read here, because
 * pusher-js would plan a retry when the socket ends, and throws on more than half of the malformed frames, as an uncaught error of the
 * page. The channels are kept here, too: those of pusher-js outlive their socket.
 */
export class PusherTransport implements Transport {
  readonly #endpoint: Endpoint;
  readonly #handler: TransportHandler;
  readonly #createWebSocket: (url: string) => WebSocket;
  /** The channels that were asked for. The value is the members of a presence channel once it is confirmed, `null` for all others. */
  readonly #channels = new Map<string, ReadonlyMap<string, unknown> | null>();
  #client: PusherClient | null = null;
  #socket: WebSocket | null = null;
  #opened = false;
  #welcomed = false;

  constructor(endpoint: Endpoint, handler: TransportHandler, createWebSocket: (url: string) => WebSocket) {
    this.#endpoint = endpoint;
    this.#handler = handler;
    this.#createWebSocket = createWebSocket;
  }

  open(): void {
    this.close();
    this.#client = openPusher(this.#endpoint, (text) => this.#isOpen && this.#socket?.send(text));
    const {url} = this.#client;
    log.debug('Opens a socket', {url});
    const socket = this.#createWebSocket(url);
    this.#socket = socket;
    socket.onopen = () => (this.#opened = true);
    socket.onmessage = ({data}: MessageEvent) => this.#take(data);
    // Never removed: the close that follows says more, but the package `ws` throws an error that nobody listens to.
    socket.onerror = () => {
      // None follows in Node 22, where it goes on to say that it is connecting (0).
      if (socket.readyState === 0) socket.onclose?.({code: 1006, reason: ''} as CloseEvent);
    };
    socket.onclose = ({code, reason}: CloseEvent) => {
      const close = {code, reason, opened: this.#opened, welcomed: this.#welcomed};
      this.close();
      this.#handler.onClose(close);
    };
  }

  close(): void {
    const socket = this.#socket;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#client?.release();
    this.#socket = this.#client = null;
    this.#opened = this.#welcomed = false;
    this.#channels.clear();
  }

  subscribe(channel: string, auth: ChannelAuth | null): void {
    this.#channels.set(channel, null);
    this.send('pusher:subscribe', {auth: auth?.auth, channel_data: auth?.channelData, channel});
  }

  unsubscribe(channel: string): void {
    if (this.#channels.delete(channel)) this.send('pusher:unsubscribe', {channel});
  }

  send(event: string, data: object, channel?: string): boolean {
    if (!this.#welcomed || !this.#isOpen) return false;
    this.#client?.send(event, data, channel);
    return true;
  }

  get #isOpen(): boolean {
    return this.#socket?.readyState === 1;
  }

  #hear(data: unknown): void {
    this.#handler.onFrame();
    const frame = readFrame(data);
    if (frame.event === 'pusher:error') {
      const {code, message} = readComplaint(frame);
      this.#handler.onServerError(code, message);
    } else if (frame.event === 'pusher:connection_established') {
      if (this.#welcomed) throw malformed('a second welcome');
      const socketId = readSocketId(frame);
      this.#welcomed = true;
      this.#handler.onWelcome(socketId);
    } else if (!this.#welcomed) {
      throw malformed('before the welcome');
    } else if (frame.event === 'pusher:ping') {
      this.send('pusher:pong', {});
    } else if (frame.event !== 'pusher:pong') {
      this.#dispatch(frame);
    }
  }

  /** Handles a frame that is about a channel. */
  #dispatch(frame: Frame): void {
    const {event, channel, data, userId} = frame;
    const members = channel === null ? undefined : this.#channels.get(channel);
    if (channel === null || members === undefined) return log.debug('Ignores a frame', {event, channel});
    switch (event) {
      case 'pusher_internal:subscription_succeeded':
        return this.#confirm(channel, isPresence(channel) ? readMembers(frame) : null);
      case 'pusher_internal:member_added':
      case 'pusher_internal:member_removed':
        return members ? this.#confirm(channel, changeMembers(members, frame)) : undefined;
      case 'pusher:subscription_error':
        return this.#handler.onSubscriptionError(channel, readStatus(frame));
    }
    this.#handler.onEvent({channel, name: event, data, ...(userId !== null && {userId})});
  }

  #confirm(channel: string, members: ReadonlyMap<string, unknown> | null): void {
    this.#channels.set(channel, members);
    this.#handler.onSubscribed(channel, members ?? undefined);
  }

  /** Handles a frame. Whatever it throws goes to `onError`, and affects neither the page nor the next frame. */
  #take(data: unknown): void {
    try {
      this.#hear(data);
    } catch (error) {
      this.#handler.onError(error instanceof EventError ? error : malformed(String(error)));
    }
  }
}
