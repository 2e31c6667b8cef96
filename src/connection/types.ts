import type {
  ChannelInfo,
  ChannelState,
  ChatError,
  ChatEvent,
  Clock,
  ConnectionStatus,
  ListenOptions,
  Unsubscribe,
} from '../model/index.js';

/** Where the socket server is. */
export interface Endpoint {
  /** The key of the app on the socket server. */
  readonly appKey: string;
  /** The host of the socket server; `null` to have it derived from `cluster` (hosted Pusher Channels). */
  readonly wsHost: string | null;
  /** `null` for 443 with https and 80 with http. */
  readonly wsPort: number | null;
  /** What comes before `/app` in the address, e.g. `/reverb`. Empty for nothing. */
  readonly wsPath: string;
  /** `https` gives wss, `http` gives ws. */
  readonly scheme: 'https' | 'http';
  /** The cluster of hosted Pusher Channels, e.g. `eu`; `null` where `wsHost` is set. */
  readonly cluster: string | null;
}

/**
 * The permission of a backend for one socket to join one channel. An `AuthorizeHandler` may also pass on what a backend answers, where
 * `channelData` is called `channel_data`.
 */
export interface ChannelAuth {
  /** `KEY:SIGNATURE`, as every server library of Pusher makes it. */
  readonly auth: string;
  /** For presence channels: JSON with the `user_id` and `user_info` of the member. It is part of what was signed. */
  readonly channelData?: string | undefined;
}

/** Which socket wants to join which channel. */
export interface AuthorizeRequest {
  readonly channelName: string;
  readonly socketId: string;
  /** Aborted when the socket is gone, so that no answer is needed, and after a minute; then the question is repeated later. */
  readonly signal: AbortSignal;
}

/**
 * Asks a backend whether a socket may join a channel. A host may replace it. Rejects with an `ApiError`, whose `isTransient` tells
 * whether to ask again, or with a `SubscriptionError`; any other error counts as a failure of this channel.
 */
export type AuthorizeHandler = (request: AuthorizeRequest) => Promise<ChannelAuth>;

/** What a connection needs from its environment. */
export interface ConnectionEnvironment {
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Opens a socket to `url`, as `new WebSocket(url)` does. */
  readonly createWebSocket: (url: string) => WebSocket;
  /** The page whose life cycle the connection follows; `null` outside a page. */
  readonly page: Page | null;
}

/** What a connection needs from the page that it is in. */
export interface Page {
  readonly window: EventTarget;
  readonly document: EventTarget & {readonly visibilityState?: string | undefined; readonly prerendering?: boolean | undefined};
  /** Whether the browser says that there is a network. It may be wrong either way. */
  readonly isOnline: () => boolean;
}

/** A subscription to a channel. The channel is left when the last handle to it is given back. */
export interface ChannelHandle {
  readonly name: string;
  readonly state: ChannelState;
  /**
   * Resolves once the server has confirmed the subscription for the first time. Rejects with a `SubscriptionError` if the channel is
   * denied, or the handle given back, before that. A rejection that nobody handles is not reported as unhandled.
   */
  readonly ready: Promise<void>;
  /** Calls `listener` at every change of the channel's state; `subscribed` comes again after each reconnection. */
  onStateChange(listener: (state: ChannelState) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Calls `listener` with all members of a presence channel when it is subscribed, and again when somebody joins or leaves: user id to
   * the `user_info` that the backend gave.
   */
  onMembersChange(listener: (members: ReadonlyMap<string, unknown>) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` with each event of this channel. */
  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Sends a client event (`client-…`) to the other members. Returns whether it was sent. It is never queued: `false` while the channel is
   * not subscribed, for any other name, and for more than 10,000 bytes.
   */
  whisper(event: string, data: object): boolean;
  /** Gives the handle back. Calling it again does nothing. */
  unsubscribe(): void;
}

/** A connection, as the rooms that use it see it. */
export interface Connection {
  readonly status: ConnectionStatus;
  /** The id that the server gave the socket; `null` while there is none. */
  readonly socketId: string | null;
  /** The channels that somebody holds, by name. */
  readonly channels: ReadonlyMap<string, ChannelInfo>;
  /**
   * Connects, if it is not connected. Resolves with how the attempt ends: `true` once the server has accepted the socket, `false` if
   * the attempt fails or `disconnect()` is called first. After a failed attempt it goes on trying by itself.
   */
  connect(): Promise<boolean>;
  /** Closes the socket and stays closed until `connect()` or `retry()`. Channels are kept, and subscribed again then. */
  disconnect(): void;
  /**
   * Tries now instead of later: to connect, to subscribe to denied channels, and to get a new token if the last one was refused. Calls
   * within a second count as one.
   */
  retry(): void;
  /** Makes a planned attempt sooner (within 0.3 s, but no two within a second): there is a reason to think that the server can be reached. */
  hope(): void;
  /** Holds a channel until the handle is given back or `signal` is aborted. Throws a `ConfigError` for a name that is not allowed. */
  subscribe(channel: string, signal?: AbortSignal): ChannelHandle;
  /** Calls `listener` at every change of the status, with the new and the previous one. */
  onStateChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` with every event of every channel. */
  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` with the events of one class, e.g. `MessageSentEvent`. */
  onEventType<Type extends ChatEvent>(
    type: abstract new (...args: never[]) => Type,
    listener: (event: Type) => void,
    options?: ListenOptions,
  ): Unsubscribe;
  /** Calls `listener` with everything that went wrong. The connection goes on. */
  onError(listener: (error: ChatError) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` when the page comes back (visible, resumed, online, woken up): a good moment to ask the server what was missed. */
  onWake(listener: () => void, options?: ListenOptions): Unsubscribe;
  /** Ends it for good: closes the socket, gives back all channels and removes all listeners. Calling it again does nothing. */
  dispose(): void;
}
