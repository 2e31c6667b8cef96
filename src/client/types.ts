import type {ChatApi} from '../api/chat-api.js';
import type {AuthorizeHandler, ChannelHandle, Connection} from '../connection/types.js';
import type {
  Attachment,
  ChatError,
  Clock,
  Conversation,
  Id,
  ListenOptions,
  Message,
  MessageLogView,
  Person,
  TokenProvider,
  Unsubscribe,
} from '../model/index.js';

/** How to reach a backend. Every value has the default of the attribute with the same name on `<chat-connection>`. */
export interface ChatClientOptions {
  /** The key of the app on the socket server. */
  readonly appKey: string;
  /** The host of the socket server, without scheme and port. Required unless there is a `cluster`. */
  readonly wsHost?: string | undefined;
  /** Default 443 for https, 80 for http. */
  readonly wsPort?: number | undefined;
  /** What comes before `/app` in the address of the socket. Default: nothing. */
  readonly wsPath?: string | undefined;
  /** `https` gives wss, `http` gives ws. Default: the scheme of the page; `https` with `cluster`, and outside a page. */
  readonly scheme?: 'https' | 'http' | undefined;
  /** The cluster of hosted Pusher Channels, e.g. `eu`, instead of `wsHost`. */
  readonly cluster?: string | undefined;
  /** The address of the route that authorizes channels. Default `/broadcasting/auth`. */
  readonly authEndpoint?: string | undefined;
  /** The address under which the REST routes are. Default `/api`. */
  readonly apiBase?: string | undefined;
  /** The person who uses the page. Without it there is no user channel, and nothing is stored or shared between tabs. */
  readonly userId?: Id | null | undefined;
  /** The person's own channel; `{id}` stands for `userId`. Default `private-user.{id}`. */
  readonly userChannel?: string | undefined;
  /** A channel for each conversation; `{id}` stands for its id. E.g. `presence-conversation.{id}`. Default: none. */
  readonly conversationChannel?: string | undefined;
  /** As in `fetch`, for requests without a token; those with one never carry cookies. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  /** The token of the person. Without it, and without a `tokenProvider`, requests carry the session cookie. */
  readonly token?: string | null | undefined;
  /** Called for a token: at first if there is no `token`, before a JWT expires, and when the server has refused the last one. */
  readonly tokenProvider?: TokenProvider | undefined;
  /** Headers for every request, to the REST API and for authorization. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the tabs of this person share one socket: one tab has it, and another one takes over when that tab is closed, freezes or
   * crashes. Needs a `userId`, Web Locks and `BroadcastChannel`; without them each tab has its own. Default `false`.
   */
  readonly shareConnection?: boolean | undefined;
  /**
   * How many messages of one conversation stay loaded. Beyond that, the messages farthest from those on the screen are dropped, a tenth at
   * a time, and loaded again when somebody scrolls to them. Default 5,000, which are a hundred pages and some megabytes; at least 500.
   * `Infinity` drops nothing.
   */
  readonly maxMessages?: number | undefined;
  /** Used instead of the REST routes under `apiBase`. */
  readonly api?: ChatApi | undefined;
  /** Used instead of a request to `authEndpoint`. */
  readonly authorizeChannel?: AuthorizeHandler | undefined;
  /** Turns on the log of the whole page: all of it (`true`), or what a filter of `Logger.enable` selects, e.g. `Outbox`. Default: no change. */
  readonly debug?: boolean | string | undefined;
  /** For tests and for hosts without these globals. */
  readonly environment?: Partial<ClientEnvironment> | undefined;
}

/** What a client needs from `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: {readonly steal?: boolean; readonly signal?: AbortSignal},
    hold: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>;
  query?(): Promise<{readonly held?: readonly {readonly name?: string}[]}>;
}

/** What a client needs from its environment. */
export interface ClientEnvironment {
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  readonly fetch: typeof fetch;
  /** Opens a socket to `url`, as `new WebSocket(url)` does. */
  readonly createWebSocket: (url: string) => WebSocket;
  /** Locks among the tabs of this origin, `null` where there are none. */
  readonly locks: Locks | null;
  /** Opens a channel to the other tabs of this origin; `null` to keep each tab to itself. */
  readonly openBroadcast: ((name: string) => InstanceType<typeof BroadcastChannel>) | null;
  /** Where unsent messages are kept: `persistent` (IndexedDB, where the browser allows it) or `memory`. */
  readonly storage: 'persistent' | 'memory';
  /** Whether somebody may be looking at the page. */
  readonly isVisible: () => boolean;
}

/**
 * How well a conversation follows the server. `off`: not connected. `catching-up`: fetching what was missed. `live`: up to date.
 * `degraded`: new events come in, but something that was missed could not be fetched yet.
 */
export type SyncState = 'off' | 'catching-up' | 'live' | 'degraded';

/** The state of a conversation, without its messages. Each change brings a new object. */
export interface ConversationSnapshot {
  /** `idle` before the conversation is opened, `loading` until its first page is loaded; `failed` if that failed, see `error`. */
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
  readonly error: ChatError | null;
  /** Title, participants, features; `null` until they are loaded. */
  readonly conversation: Conversation | null;
  /** Whether there may be messages before those that are loaded. */
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** Why the last try to load older messages failed, or `null`. */
  readonly olderError: ChatError | null;
  /** Whether there are newer messages than those in the log: somebody has jumped away from them, or they were dropped. */
  readonly hasNewer: boolean;
  readonly loadingNewer: boolean;
  /** Why the last try to load newer messages failed, or `null`. */
  readonly newerError: ChatError | null;
  /** The target of a jump, until it is loaded; `null` otherwise. */
  readonly jumpingTo: Id | null;
  /** While `hasNewer`: how many messages of others have come in since. Otherwise 0. */
  readonly newAfter: number;
  readonly sync: SyncState;
  /** Who is typing, in the order in which they began. Never the person who uses the page. */
  readonly typing: readonly Person[];
  /** How many messages of others the person has not seen. */
  readonly unreadCount: number;
  /** The first message that was unread when the conversation was opened, or caught up; `null` if there was none, or if it is not loaded yet. */
  readonly firstUnreadId: Id | null;
  /** The message up to which the person had read by then; `null` if the server does not tell. What follows it is loaded by `loadAround()`. */
  readonly lastReadId: Id | null;
  /** How many messages of others were missed, before the conversation was opened or since; 0 once the first of them has been seen. */
  readonly newWhileAway: number;
  /** The text that is written but not sent, here or in another tab. */
  readonly draft: string;
  /** Whether unsent messages and the draft survive a reload. */
  readonly unsentIsSafe: boolean;
}

/** What goes with the text of a message. */
export interface SendOptions {
  /** The message that this one replies to. */
  readonly replyToId?: Id | null | undefined;
  /** Files that are uploaded already. */
  readonly attachments?: readonly Attachment[] | undefined;
  /** Files to upload before the message is sent. */
  readonly files?: readonly File[] | undefined;
}

/** What happened to a message: one of somebody else arrived, or one of the person was stored, or could not be sent. Each is told once. */
export type MessageNews =
  | {readonly type: 'received'; readonly message: Message}
  | {readonly type: 'sent'; readonly message: Message}
  | {readonly type: 'failed'; readonly message: Message; readonly error: ChatError};

/** One conversation, kept up to date while it is open. A client returns the same object for the same id. */
export interface LiveConversation {
  readonly id: Id;
  /** The messages that are loaded. */
  readonly messages: MessageLogView;
  /** The person who uses the page; `null` while that is not known. */
  readonly userId: Id | null;
  /** The state at this moment: the same object until something changes. */
  snapshot(): ConversationSnapshot;
  /** Calls `listener` after each change of the snapshot. For changes of the messages there is `messages.subscribe`. */
  subscribe(listener: (snapshot: ConversationSnapshot) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` for each message that arrives, is stored or fails while the conversation is open, but not for older messages. */
  onMessage(listener: (news: MessageNews) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Opens the conversation until the returned function is called: loads the newest page, subscribes to its channels, and catches up after
   * gaps. `shownId` returns a message that is on the screen, so that it and those near it are not dropped; undefined for the newest one.
   */
  open(shownId?: () => Id | undefined): Unsubscribe;
  /** Loads it again after `failed`. The result is in the snapshot; the promise never rejects. */
  reload(): Promise<void>;
  /** Loads the page before the oldest message. Resolves when it is done, or there is nothing to do; errors are in the snapshot. */
  loadOlder(): Promise<void>;
  /** Loads the page after the newest message of the log, if `hasNewer`. Otherwise as `loadOlder`. */
  loadNewer(): Promise<void>;
  /**
   * Makes sure that a message and those around it are in the log. If the message is not loaded, a page around it is fetched and replaces
   * what was in the log; `hasNewer` then tells whether the newest messages are missing. Rejects with an `ApiError`: `not-found` (some
   * backends answer `invalid`) for an unknown id, `aborted` if something else was asked for meanwhile, or as any call.
   */
  loadAround(id: Id): Promise<void>;
  /** Puts the newest messages back into the log, at once. Sending a message does so, too. */
  loadLatest(): void;
  /**
   * Sends a message. It shows at once, and is sent as soon as that is possible. Resolves with the stored message.
   *
   * Rejects with an `ApiError`: with code `invalid` for a message without text and files, which is not shown; with code `aborted` if it is
   * discarded or the person changes; or as the server refuses it (e.g. because it is too long). It then stays in the log as `failed`.
   */
  send(content: string, options?: SendOptions): Promise<Message>;
  /** Sends a failed message again. As `send`; rejects with code `not-found` if no failed message has this temp id. */
  retry(tempId: string): Promise<Message>;
  /** Removes a message that has not been stored yet, failed or not. Does nothing for any other. */
  discard(tempId: string): void;
  /** Changes the text of a message. Resolves with the message as it is then; rejects with an `ApiError`. So do the three below. */
  edit(id: Id, content: string): Promise<Message>;
  /** Deletes a message. It stays as a tombstone, without its text. */
  remove(id: Id): Promise<Message>;
  /** Adds the person's reaction to a message. */
  react(id: Id, emoji: string): Promise<Message>;
  /** Takes the person's reaction back. */
  unreact(id: Id, emoji: string): Promise<Message>;
  /** Reports that the person has seen these messages. Several calls become one request; own messages and those reported before are left out. */
  markRead(messageIds: readonly Id[]): void;
  /** Reports that the person is typing: at most once a second, and never later than now. */
  sendTyping(): void;
  /** The text that is written but not sent. It is shared with the person's other tabs, and survives a reload if `unsentIsSafe`. */
  draft: string;
}

/** The conversations of the person. Loaded by `load`; from then on kept up to date by events, and loaded again after each gap. */
export interface ConversationListStore {
  /** The state at this moment: the same object until something changes. */
  snapshot(): {
    /** As in `ConversationSnapshot`. */
    readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
    /** Why loading failed the last time, or `null`. */
    readonly error: ChatError | null;
    /** The one with the newest message first. */
    readonly conversations: readonly Conversation[];
    /** Whether there are more to load. */
    readonly hasMore: boolean;
    /** How many messages are unread in those that are loaded. */
    readonly unreadTotal: number;
  };
  /** Calls `listener` after each change of the snapshot. */
  subscribe(listener: () => void, options?: ListenOptions): Unsubscribe;
  /** Loads the first page. Never rejects: errors are in the snapshot. */
  load(): Promise<void>;
  /** Loads the next page, if there is one. Never rejects: errors are in the snapshot. */
  loadMore(): Promise<void>;
}

/** Who connects. What is left out stays as it was. */
export interface Identity {
  /** The token of this person; `null` for none: then the session cookie is used, unless a `tokenProvider` gives one. */
  readonly token?: string | null | undefined;
  /** `null` for nobody. */
  readonly userId?: Id | null | undefined;
}

/** The client of a chat backend. Made by `createChatClient`. */
export interface ChatClient extends Omit<Connection, 'connect' | 'hope' | 'subscribe'> {
  /** The options that it was made with. */
  readonly options: ChatClientOptions;
  /** The same as `status.state`. */
  readonly state: Connection['status']['state'];
  /** Whether `state` is `connected`. */
  readonly isConnected: boolean;
  /** The person it is used by; `null` while that is not known, and after `shutdown()`. */
  readonly userId: Id | null;
  /** The REST API, on behalf of this person. */
  readonly api: ChatApi;
  /** The list of conversations. */
  readonly conversations: ConversationListStore;
  /**
   * Connects and subscribes to the person's channel. Resolves with `true` once connected, and with `false` if the attempt fails (`onError`
   * tells why) or is overtaken by another call; never rejects. If `userId` is another one than before, everything of the former person is
   * deleted first.
   */
  connect(identity?: Identity): Promise<boolean>;
  /** Holds a channel until the handle is given back or the person changes. Throws a `ConfigError` for a name that is not allowed. */
  subscribe(channel: string): ChannelHandle;
  /** The conversation with this id. Nothing is loaded before it is opened. */
  conversation(id: Id): LiveConversation;
  /** The same as `conversation(conversationId).send(content, options)`. */
  sendMessage(message: SendOptions & {readonly conversationId: Id; readonly content: string}): Promise<Message>;
  /** Reports that the person is typing, in a conversation or on its `conversationChannel`. Does nothing for any other channel. */
  sendTyping(target: {readonly conversationId: Id} | {readonly channel: string}): void;
  /** The same as `conversation(conversationId).markRead(messageIds)`. */
  markRead(read: {readonly conversationId: Id; readonly messageIds: readonly Id[]}): void;
  /**
   * Calls `listener` for each message of somebody else that the person should be notified of, by a sound or a notification. It is called
   * once for each message, in one tab only, a moment after the message came in; not if a visible tab has the conversation open, or the
   * message was read meanwhile. Needs a `userId`. Without Web Locks or `BroadcastChannel` it is called in every tab.
   */
  onNotify(listener: (message: Message) => void, options?: ListenOptions): Unsubscribe;
  /** Logs out: disconnects, in every tab, and deletes what is stored for this person on this machine. Never rejects. */
  shutdown(): Promise<void>;
  /** Adds a holder, which keeps the client connected. Adding the same one again does nothing. */
  retain(holder: object): void;
  /**
   * Removes a holder. 2 s after the last one the socket closes; a later `retain` opens it again. A client that an element made for its settings
   * is disposed of once three others have come to rest after it.
   */
  release(holder: object): void;
}
