import type {ChatError} from '../model/index.js';
import type {Progress} from './classify.js';
import type {ChannelAuth, Endpoint} from './types.js';

/** An event of a channel, with its payload parsed but not looked at. */
export interface WireEvent {
  readonly channel: string;
  readonly name: string;
  readonly data: unknown;
  /** Who sent it, as the server says; only on client events in presence channels. */
  readonly userId?: string;
}

/** How a socket ended. */
export interface TransportClose extends Progress {
  /** The WebSocket close code; 1006 where the link broke or was never made. */
  readonly code: number;
  readonly reason: string;
}

/** Whom a transport tells. Nothing comes after `close()` or after `onClose`, until the next `open()`. */
export interface TransportHandler {
  /** The server has taken us in; again when the transport has moved to another socket, and channels have to be asked for anew. */
  onWelcome(socketId: string): void;
  /** Something was heard, whatever it was. */
  onFrame(): void;
  /** The server sent a `pusher:error`. It names no channel, and may leave the socket open. */
  onServerError(code: number | null, message: string): void;
  /** The socket ended, and not because of `close()`. */
  onClose(close: TransportClose): void;
  /**
   * The server has confirmed a subscription, or somebody has joined or left since. `members` on presence channels only: user id to
   * what is told of them, a new map each time.
   */
  onSubscribed(channel: string, members?: ReadonlyMap<string, unknown>): void;
  /** The server refused a subscription by name (soketi and hosted Pusher do, Reverb does not). */
  onSubscriptionError(channel: string, status: number | null): void;
  onEvent(event: WireEvent): void;
  /** A frame was dropped because it is not what the protocol says. */
  onError(error: ChatError): void;
}

/** The one door to the wire. Everything behind it may be replaced: by another client, or by a script in a test. */
export interface Transport {
  /** Makes one attempt. Throws what the socket's constructor throws; everything else comes through the handler, later. */
  open(): void;
  /** Ends the socket, at once and without an event. Subscriptions are forgotten. Harmless when there is none. */
  close(): void;
  /** Asks for a channel, with the answer of the authorization route; `null` for a public one. Only after `onWelcome`. */
  subscribe(channel: string, auth: ChannelAuth | null): void;
  /** Leaves a channel, also one whose confirmation is still to come: it will not be reported any more. */
  unsubscribe(channel: string): void;
  /** Sends an event, to a channel or to the server itself. Returns whether there was an open socket for it. */
  send(event: string, data: object, channel?: string): boolean;
}

/** Makes a transport to `endpoint` that tells `handler`. Opens nothing. */
export type TransportFactory = (
  endpoint: Endpoint,
  handler: TransportHandler,
  createWebSocket: (url: string) => WebSocket,
) => Transport;
