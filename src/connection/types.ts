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
  readonly appKey: string;
  /** The host of the socket server; `null` to have it derived from `cluster` (hosted Pusher Channels). */
  readonly wsHost: string | null;
  /** Default 443 for https, 80 for http. */
  readonly wsPort: number | null;
  readonly wsPath: string;
  /** `https` gives wss, `http` gives ws. */
  readonly scheme: 'https' | 'http';
  readonly cluster: string | null;
}

/** What a server answers to the question whether this socket may join a channel. */
export interface ChannelAuth {
  readonly auth: string;
  readonly channelData?: string | undefined;
}

export interface AuthorizeRequest {
  readonly channelName: string;
  readonly socketId: string;
  /** Aborted when the socket is gone and no answer is wanted any more, and after a minute: then it is asked again. */
  readonly signal: AbortSignal;
}

/** Asks whether a socket may join a channel. Replaceable by the host. Rejects with an `ApiError` or a `SubscriptionError`. */
export type AuthorizeHandler = (request: AuthorizeRequest) => Promise<ChannelAuth>;

/** What a connection takes from its surroundings. */
export interface ConnectionEnvironment {
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Opens a socket to `url`, as `new WebSocket(url)` does. */
  readonly createWebSocket: (url: string) => WebSocket;
  /** The page whose life the connection follows; `null` outside a page. */
  readonly page: Page | null;
}

/** What the connection hears of the page it lives in. */
export interface Page {
  readonly window: EventTarget;
  readonly document: EventTarget & {readonly visibilityState?: string | undefined};
  /** Whether the browser believes that there is a network. It is wrong at times, in both directions. */
  readonly isOnline: () => boolean;
}

/** One holder's part in a channel. The channel is left when the last handle is given back. */
export interface ChannelHandle {
  readonly name: string;
  readonly state: ChannelState;
  /**
   * Resolves once the server has confirmed the subscription for the first time; rejects with a `SubscriptionError` when the
   * channel is denied or the handle is given back before. A rejection nobody looks at is not reported as unhandled.
   */
  readonly ready: Promise<void>;
  /** Called at every change of the channel's state; `subscribed` comes again after each reconnection. */
  onStateChange(listener: (state: ChannelState) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Called when somebody joins or leaves a presence channel, and with everybody who is there when it is subscribed: user id to
   * what the server tells of them.
   */
  onMembersChange(listener: (members: ReadonlyMap<string, unknown>) => void, options?: ListenOptions): Unsubscribe;
  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Sends a client event (`client-…`) to the other members. Returns whether it went out: never queued, `false` while the
   * channel is not subscribed.
   */
  whisper(event: string, data: object): boolean;
  unsubscribe(): void;
}

/** A connection as those above the wire see it. */
export interface Connection {
  readonly status: ConnectionStatus;
  readonly socketId: string | null;
  readonly channels: ReadonlyMap<string, ChannelInfo>;
  /**
   * Connects, if it is not connected. Resolves with how the attempt under way ends: `true` once the server has welcomed us,
   * `false` when it did not or `disconnect()` came first. After a failed attempt reconnection goes on by itself.
   */
  connect(): Promise<boolean>;
  /** Closes the socket and stays closed until `connect()` or `retry()`. Channels stay wanted. */
  disconnect(): void;
  /** Tries now, whatever was planned: connection, refused channels, and a new token if the last one was refused. At most once a second. */
  retry(): void;
  /** Holds a channel until the handle is given back, or `signal` is aborted. */
  subscribe(channel: string, signal?: AbortSignal): ChannelHandle;
  onStateChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void, options?: ListenOptions): Unsubscribe;
  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe;
  onEventType<Type extends ChatEvent>(
    type: abstract new (...args: never[]) => Type,
    listener: (event: Type) => void,
    options?: ListenOptions,
  ): Unsubscribe;
  onError(listener: (error: ChatError) => void, options?: ListenOptions): Unsubscribe;
  /** Called when the page comes back (visible, resumed, online, woken up): a good moment to ask the server what was missed. */
  onWake(listener: () => void, options?: ListenOptions): Unsubscribe;
  dispose(): void;
}
