import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ChatClient, ChatClientOptions, SendOptions} from '../client/types.js';
import {
  MessageSentEvent,
  MessagesReadEvent,
  UserIsTypingEvent,
  warnOnce,
  type ConfigError,
  type ConnectionStatus,
  type Id,
  type Message,
  type Unsubscribe,
} from '../model/index.js';
import {dropClient, holdClient} from './client-provider.js';

type AuthorizeHandler = NonNullable<ChatClientOptions['authorizeChannel']>;
type ChannelHandle = ReturnType<ChatClient['subscribe']>;

/** What a host that builds its own screen wants to hear, and how to reach the backend. */
export interface ChatControllerOptions extends Partial<Omit<ChatClientOptions, 'token' | 'authorizeChannel'>> {
  /** The token of the person; without it requests carry the session cookie. */
  readonly userToken?: string | null | undefined;
  readonly userId?: Id | null | undefined;
  /** A channel to follow beside the user's own. */
  readonly channelName?: string | undefined;
  /** A client that is there already: the connection settings are then not needed. It is neither connected nor closed from here. */
  readonly client?: ChatClient | undefined;
  readonly onMessageReceived?: ((event: MessageSentEvent) => void) | undefined;
  readonly onUserTyping?: ((event: UserIsTypingEvent) => void) | undefined;
  readonly onMessagesRead?: ((event: MessagesReadEvent) => void) | undefined;
}

/**
 * Chat for a host that builds its own screen. It connects when the host comes into the page, calls back at what happens, asks the
 * host for an update at each change of the connection, and lets go of everything when the host leaves.
 */
export class ChatController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ChatControllerOptions;
  readonly #channels = new Map<string, ChannelHandle>();
  #client: ChatClient | undefined;
  #subscriptions: Unsubscribe[] = [];
  #isWanted = false;
  #isDisposed = false;

  constructor(host: ReactiveControllerHost, options: ChatControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The client, while the host is in the page. */
  get client(): ChatClient | undefined {
    return this.#client;
  }

  /** Where the connection stands, or undefined while the host is out of the page. */
  get status(): ConnectionStatus | undefined {
    return this.#client?.status;
  }

  get isConnected(): boolean {
    return this.#client?.isConnected ?? false;
  }

  hostConnected(): void {
    this.#isWanted = true;
    this.#settle();
  }

  hostDisconnected(): void {
    this.#isWanted = false;
    this.#settle();
  }

  /** Answers whether a channel may be joined, in place of the server's auth route. Set it, or override it in a subclass. */
  authorizeChannel?(...request: Parameters<AuthorizeHandler>): ReturnType<AuthorizeHandler>;

  /** Sends a message to a conversation. As `sendMessage` of the client; rejects while the host is out of the page. */
  async sendMessage(message: SendOptions & {readonly conversationId: Id; readonly content: string}): Promise<Message> {
    if (!this.#client) throw new Error('ChatController: the host is not in the page, or disposed.');
    return this.#client.sendMessage(message);
  }

  /**
   * Tells that the person is writing, at most once a second: as a whisper where `conversationChannel` is set, by REST otherwise.
   * The conversation of a channel is the last part of its name (`presence-conversation.5`).
   */
  sendTyping(target: {readonly conversationId: Id} | {readonly channel: string}): void {
    const conversationId = 'channel' in target ? conversationOf(target.channel) : target.conversationId;
    this.#client?.sendTyping({conversationId});
  }

  /**
   * Hints to the other members of a channel that a message is there for them to fetch. Returns whether the hint went out.
   * `content` stays here, as nobody may believe what a peer says somebody wrote. The conversation is that of the channel's name
   * unless `conversationId` says otherwise.
   */
  whisperMessage(whisper: {
    readonly channel: string;
    readonly content?: string;
    readonly messageId: Id;
    readonly conversationId?: Id;
  }): boolean {
    const {channel, messageId, conversationId = conversationOf(channel)} = whisper;
    return this.#channel(channel)?.whisper('client-message', {conversation_id: conversationId, message_id: messageId}) ?? false;
  }

  /** Lets go for good: no callback comes after it, and coming back into the page does nothing. */
  dispose(): void {
    this.#isDisposed = true;
    this.#isWanted = false;
    this.#stop();
    this.#host.removeController(this);
  }

  #settle(): void {
    // A moment later, for two reasons: a host that is moved leaves and comes back in one go, and a subclass that sets
    // authorizeChannel as a field has not done so yet while this constructor runs in a host that is in the page already.
    queueMicrotask(() => {
      if (this.#isWanted && !this.#isDisposed && !this.#client) this.#start();
      else if (!this.#isWanted) this.#stop();
    });
  }

  #start(): void {
    const {onMessageReceived, onUserTyping, onMessagesRead, channelName, userToken: token, userId} = this.#options;
    const client = this.#options.client ?? holdClient(this.#clientOptions(), this);
    this.#client = client;
    this.#subscriptions = [client.onStateChange(({state}) => this.#followState(state))];
    if (onMessageReceived) this.#subscriptions.push(client.onEventType(MessageSentEvent, onMessageReceived));
    if (onUserTyping) this.#subscriptions.push(client.onEventType(UserIsTypingEvent, onUserTyping));
    if (onMessagesRead) this.#subscriptions.push(client.onEventType(MessagesReadEvent, onMessagesRead));
    if (channelName) this.#channel(channelName);
    if (!this.#options.client) void client.connect({token, userId});
    this.#host.requestUpdate();
  }

  #followState(state: ConnectionStatus['state']): void {
    // For another person: what was held for the former was given back.
    if (state === 'connecting') {
      for (const [name, handle] of [...this.#channels]) {
        this.#channels.delete(name);
        this.#channel(name);
        handle.unsubscribe();
      }
    }
    this.#host.requestUpdate();
  }

  #stop(): void {
    const client = this.#client;
    if (!client) return;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    for (const handle of this.#channels.values()) handle.unsubscribe();
    this.#subscriptions = [];
    this.#channels.clear();
    this.#client = undefined;
    if (!this.#options.client) dropClient(client, this);
  }

  #channel(name: string): ChannelHandle | undefined {
    try {
      const handle = this.#channels.get(name) ?? this.#client?.subscribe(name);
      if (handle) this.#channels.set(name, handle);
      return handle;
    } catch (error) {
      warnOnce(`ChatController:${name}`, `ChatController: ${(error as ConfigError).message}`);
      return undefined;
    }
  }

  #clientOptions(): ChatClientOptions {
    const {userToken, channelName, client, onMessageReceived, onUserTyping, onMessagesRead, ...settings} = this.#options;
    const authorizeChannel = this.authorizeChannel?.bind(this);
    return {...settings, appKey: settings.appKey ?? '', token: userToken, ...(authorizeChannel && {authorizeChannel})};
  }
}

/** The conversation that a channel is named after. */
function conversationOf(channel: string): Id {
  return channel.slice(channel.lastIndexOf('.') + 1);
}
