import type {ChatError} from '../model/index.js';
import type {Progress} from './classify.js';
import type {ChannelAuth, Endpoint} from './types.js';

/** An event of a channel. Its payload is parsed but not checked. */
export interface WireEvent {
  readonly channel: string;
  readonly name: string;
  readonly data: unknown;
  /** The id of the sender, as vouched for by the server. Only on client events in presence channels. */
  readonly userId?: string;
}

/** How a socket ended. */
export interface TransportClose extends Progress {
  /** The WebSocket close code; 1006 where the link broke or was never made. */
  readonly code: number;
  readonly reason: string;
}

/** What a transport calls. It calls nothing after `close()` or `onClose`, until the next `open()`. */
export interface TransportHandler {
  /** The server has accepted the socket. Called again when the transport has moved to another socket, which has no channels yet. */
  onWelcome(socketId: string): void;
  /** A frame has arrived, whatever is in it. */
  onFrame(): void;
  /** The server sent a `pusher:error`. It does not name a channel, and the socket may stay open. */
  onServerError(code: number | null, message: string): void;
  /** The socket ended without `close()` being called. */
  onClose(close: TransportClose): void;
  /**
   * The server has confirmed a subscription, or a member has joined or left since. `members` is set on presence channels only: user id to
   * `user_info`, in a new map each time.
   */
  onSubscribed(channel: string, members?: ReadonlyMap<string, unknown>): void;
  /** The server refused a subscription and named the channel (soketi and hosted Pusher do, Reverb does not). */
  onSubscriptionError(channel: string, status: number | null): void;
  onEvent(event: WireEvent): void;
  /** A frame was dropped because it does not follow the protocol. */
  onError(error: ChatError): void;
}

/** The only way to the wire. What is behind it can be replaced: by another client, or by a script in a test. */
export interface Transport {
  /** Makes one attempt. Throws what the constructor of the socket throws; everything else is told to the handler, later. */
  open(): void;
  /** Ends the socket at once, without calling the handler, and forgets all subscriptions. Does nothing if there is no socket. */
  close(): void;
  /** Asks for a channel, with the answer of the authorization route; `null` for a public channel. Only after `onWelcome`. */
  subscribe(channel: string, auth: ChannelAuth | null): void;
  /** Leaves a channel, if it was asked for. If it was not confirmed yet, a confirmation that still comes is ignored. */
  unsubscribe(channel: string): void;
  /** Sends an event to a channel, or without one to the server. Returns whether there was an open socket for it. */
  send(event: string, data: object, channel?: string): boolean;
}

/** Makes a transport to `endpoint` that calls `handler`. Opens nothing yet. */
export type TransportFactory = (
  endpoint: Endpoint,
  handler: TransportHandler,
  createWebSocket: (url: string) => WebSocket,
) => Transport;
