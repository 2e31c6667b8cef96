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
  readonly appKey: string;
  readonly wsHost?: string | undefined;
  readonly wsPort?: number | undefined;
  readonly wsPath?: string | undefined;
  /** Default: as the page was loaded; `https` with `cluster`, and outside a page. */
  readonly scheme?: 'https' | 'http' | undefined;
  readonly cluster?: string | undefined;
  /** Default `/broadcasting/auth`. */
  readonly authEndpoint?: string | undefined;
  /** Default `/api`. */
  readonly apiBase?: string | undefined;
  readonly userId?: Id | null | undefined;
  /** Default `private-user.{id}`. */
  readonly userChannel?: string | undefined;
  /** Default none. E.g. `presence-conversation.{id}`. */
  readonly conversationChannel?: string | undefined;
  /** For requests without a token. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  readonly token?: string | null | undefined;
  readonly tokenProvider?: TokenProvider | undefined;
  /** Sent along with each request, REST and authorization. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the tabs of this person share one socket: one of them has it, and another takes over when that one goes, freezes or
   * crashes. Needs a `userId`, Web Locks and `BroadcastChannel`; without them each tab has its own. Default `false`.
   */
  readonly shareConnection?: boolean | undefined;
  /**
   * How many messages of one conversation may be loaded; beyond that, those farthest from what is looked at are let go, a tenth at a time,
   * and loaded again when they are scrolled to. Default 5,000, which are a hundred pages and some megabytes; at least 500. `Infinity`
   * lets go of nothing.
   */
  readonly maxMessages?: number | undefined;
  /** In place of the REST routes of the contract. */
  readonly api?: ChatApi | undefined;
  /** In place of the question to `authEndpoint`. */
  readonly authorizeChannel?: AuthorizeHandler | undefined;
  /** Turns the log of the whole page on: all of it, or what a filter of `Logger.enable` names, e.g. `Outbox`. Default: as it is. */
  readonly debug?: boolean | string | undefined;
  /** For tests and for hosts without these globals. */
  readonly environment?: Partial<ClientEnvironment> | undefined;
}

/** What a client needs of `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: {readonly steal?: boolean; readonly signal?: AbortSignal},
    hold: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>;
}

/** What a client takes from its surroundings. */
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

/** Whether a conversation follows the server: `catching-up` fetches what was missed, `degraded` is live but could not fetch it yet. */
export type SyncState = 'off' | 'catching-up' | 'live' | 'degraded';

/** The small things about a conversation: a new object whenever one of them changed. The messages are in the log. */
export interface ConversationSnapshot {
  /** `loading` until the first page is there; `failed` if it could not be had, see `error`. */
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
  readonly error: ChatError | null;
  /** Title, participants, features; `null` until the server has told. */
  readonly conversation: Conversation | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** Why the last try to load older messages failed, or `null`. */
  readonly olderError: ChatError | null;
  /** Whether the newest messages are not in the log: somebody jumped away from them, or they were let go. */
  readonly hasNewer: boolean;
  readonly loadingNewer: boolean;
  /** Why the last try to load newer messages failed, or `null`. */
  readonly newerError: ChatError | null;
  /** The message to which somebody jumps, until it is there; `null` otherwise. */
  readonly jumpingTo: Id | null;
  /** How many messages of others have come in since the newest ones are not in the log; 0 while they are. */
  readonly newAfter: number;
  readonly sync: SyncState;
  /** Who is writing at the moment, the first to begin first. Never oneself. */
  readonly typing: readonly Person[];
  readonly unreadCount: number;
  /** The first message that was unread when the conversation was opened, or `null`. */
  readonly firstUnreadId: Id | null;
  /** How many messages of others came in by catching up after the last gap; 0 once they have been seen. */
  readonly newWhileAway: number;
  /** What is written but not sent, here or in another tab. */
  readonly draft: string;
  /** Whether what waits to be sent, and the draft, survives a reload. */
  readonly unsentIsSafe: boolean;
}

export interface SendOptions {
  readonly replyToId?: Id | null | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  /** Files to upload first. */
  readonly files?: readonly File[] | undefined;
}

/** What became of a message: one of others arrived, one of one's own was stored, or was refused. Each is told once. */
export type MessageNews =
  | {readonly type: 'received'; readonly message: Message}
  | {readonly type: 'sent'; readonly message: Message}
  | {readonly type: 'failed'; readonly message: Message; readonly error: ChatError};

/** One conversation, live. The same object for the same id, as long as its client lives. */
export interface LiveConversation {
  readonly id: Id;
  readonly messages: MessageLogView;
  /** The person this client speaks for; `null` while unknown. */
  readonly userId: Id | null;
  snapshot(): ConversationSnapshot;
  /** Calls `listener` after each change of the snapshot. Messages have their own: `messages.subscribe`. */
  subscribe(listener: (snapshot: ConversationSnapshot) => void, options?: ListenOptions): Unsubscribe;
  /** Calls `listener` for each message that arrives, is stored or fails while the conversation is open; not for history. */
  onMessage(listener: (news: MessageNews) => void, options?: ListenOptions): Unsubscribe;
  /**
   * Keeps it loaded and live until the returned function is called: loads the newest page, follows its channel, catches up.
   * `shownId` tells a message that somebody has on the screen, so that nothing near is let go; undefined for the newest one.
   */
  open(shownId?: () => Id | undefined): Unsubscribe;
  /** Loads it again after `failed`. */
  reload(): Promise<void>;
  /** Loads the page before the oldest message. Resolves when done or when there is nothing to do; errors are in the snapshot. */
  loadOlder(): Promise<void>;
  /** Loads the page behind the newest message of the log. Does nothing unless `hasNewer`; otherwise as `loadOlder`. */
  loadNewer(): Promise<void>;
  /**
   * Brings a message and what stands around it into the log, with one page if it is not there, and then in place of what was: `hasNewer` says
   * whether the newest messages are among it. Rejects with an `ApiError`: `not-found` (or `invalid`, as some backends say it),
   * `aborted` when something else was asked for meanwhile, and as every call.
   */
  loadAround(id: Id): Promise<void>;
  /** Brings the newest messages back into the log at once. Sending does so, too. */
  loadLatest(): void;
  /**
   * Sends a message. It shows at once and is sent as soon as that is possible.
   * Resolves with the stored message; rejects with an `ApiError` when the server refuses it for good (it stays, as `failed`),
   * and with code `invalid` for text that is empty or too long (then it never shows).
   */
  send(content: string, options?: SendOptions): Promise<Message>;
  /** Sends a failed message again. */
  retry(tempId: string): Promise<Message>;
  /** Forgets a message that has not been sent. */
  discard(tempId: string): void;
  edit(id: Id, content: string): Promise<Message>;
  remove(id: Id): Promise<Message>;
  react(id: Id, emoji: string): Promise<Message>;
  unreact(id: Id, emoji: string): Promise<Message>;
  /** Tells that these messages were seen. Sent in bundles; own and known ones are left out. */
  markRead(messageIds: readonly Id[]): void;
  /** Tells that the person is writing; sent at most once a second, never queued. */
  sendTyping(): void;
  /** What is written but not sent. The other tabs of the same person get it too, and it survives a reload where `unsentIsSafe`. */
  draft: string;
}

/** The conversations of the person, newest first. Once `load` was called they follow the server, and are loaded anew after each gap. */
export interface ConversationListStore {
  snapshot(): {
    readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
    readonly error: ChatError | null;
    readonly conversations: readonly Conversation[];
    readonly hasMore: boolean;
    readonly unreadTotal: number;
  };
  subscribe(listener: () => void, options?: ListenOptions): Unsubscribe;
  load(): Promise<void>;
  loadMore(): Promise<void>;
}

/** Who connects. */
export interface Identity {
  readonly token?: string | null | undefined;
  readonly userId?: Id | null | undefined;
}

/** Everything a page needs of a chat backend. Made by `createChatClient`. */
export interface ChatClient extends Omit<Connection, 'connect' | 'subscribe'> {
  readonly options: ChatClientOptions;
  readonly state: Connection['status']['state'];
  readonly isConnected: boolean;
  readonly userId: Id | null;
  readonly api: ChatApi;
  readonly conversations: ConversationListStore;
  /**
   * Connects and joins the user's channel. Resolves with `false` when the attempt fails (and `onError` says why); never rejects.
   * With a `userId` other than before, everything of the former user is dropped first.
   */
  connect(identity?: Identity): Promise<boolean>;
  /** Holds a channel, until another person comes or nobody does. Names that the protocol does not allow throw a `ConfigError`. */
  subscribe(channel: string): ChannelHandle;
  conversation(id: Id): LiveConversation;
  sendMessage(message: SendOptions & {readonly conversationId: Id; readonly content: string}): Promise<Message>;
  sendTyping(target: {readonly conversationId: Id} | {readonly channel: string}): void;
  markRead(read: {readonly conversationId: Id; readonly messageIds: readonly Id[]}): void;
  /**
   * Calls `listener` for each message of somebody else that the person should be told of, by a sound or a notification: each once, in
   * one tab only, a moment after it came in, and not if a visible tab has its conversation open or it was read meanwhile. Needs `userId`.
   * Where the browser has no Web Locks or no `BroadcastChannel`, every tab tells.
   */
  onNotify(listener: (message: Message) => void, options?: ListenOptions): Unsubscribe;
  /** Logs out: disconnects and wipes what is kept of this user on this machine. */
  shutdown(): Promise<void>;
  /** Keeps the client alive for `holder`. Twice for the same holder counts once. */
  retain(holder: object): void;
  /** Lets go. 2 s after the last holder let go the socket closes; a later `retain` opens it again. */
  release(holder: object): void;
}
