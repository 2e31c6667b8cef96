import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {ChatClient, ChatClientOptions, SendOptions} from '../client/types.js';
import {
  addNewest,
  idKey,
  MessageSentEvent,
  MessagesReadEvent,
  UserIsTypingEvent,
  warnOnce,
  type ConfigError,
  type ConnectionStatus,
  type Id,
  type IdKey,
  type Message,
  type Unsubscribe,
} from '../model/index.js';
import {dropClient, holdClient} from './client-provider.js';

type AuthorizeHandler = NonNullable<ChatClientOptions['authorizeChannel']>;
type ChannelHandle = ReturnType<ChatClient['subscribe']>;

/** How to reach the backend, and the callbacks of a host that builds its own screen. All but those below are the options of `createChatClient`. */
export interface ChatControllerOptions extends Partial<Omit<ChatClientOptions, 'token' | 'authorizeChannel'>> {
  /** The token of the person; without it requests carry the session cookie. */
  readonly userToken?: string | null | undefined;
  readonly userId?: Id | null | undefined;
  /** A channel to subscribe to besides the user's own. */
  readonly channelName?: string | undefined;
  /** An existing client, to be used instead of the connection settings. The controller neither connects nor closes it. */
  readonly client?: ChatClient | undefined;
  /** Called once for each message, also for one's own, and also where it comes over the user's channel and over `channelName`. */
  readonly onMessageReceived?: ((event: MessageSentEvent) => void) | undefined;
  readonly onUserTyping?: ((event: UserIsTypingEvent) => void) | undefined;
  readonly onMessagesRead?: ((event: MessagesReadEvent) => void) | undefined;
}

/**
 * Chat for a Lit host that builds its own screen. It connects when the host is added to the page, calls back for each event, requests an
 * update of the host at each change of the connection, and releases everything when the host is removed.
 */
export class ChatController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ChatControllerOptions;
  readonly #channels = new Map<string, ChannelHandle>();
  /** The messages that were called back for. */
  readonly #received = new Set<IdKey>();
  #client: ChatClient | undefined;
  #subscriptions: Unsubscribe[] = [];
  #isWanted = false;

  constructor(host: ReactiveControllerHost, options: ChatControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The client, while the host is in the page. */
  get client(): ChatClient | undefined {
    return this.#client;
  }

  /** The status of the connection, or undefined while the host is not in the page. */
  get status(): ConnectionStatus | undefined {
    return this.#client?.status;
  }

  /** Whether the connection is up. */
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

  /** Authorizes a socket for a channel, instead of the backend's auth route. Set it on the controller, or override it in a subclass. */
  authorizeChannel?(...request: Parameters<AuthorizeHandler>): ReturnType<AuthorizeHandler>;

  /** Sends a message to a conversation, like `sendMessage` of the client. Rejects with an `Error` while the host is not in the page. */
  async sendMessage(message: SendOptions & {readonly conversationId: Id; readonly content: string}): Promise<Message> {
    if (!this.#client) throw new Error('ChatController: the host is not in the page, or disposed.');
    return this.#client.sendMessage(message);
  }

  /**
   * Reports that the person is typing, at most once a second: by a whisper if `conversationChannel` is set, otherwise by REST. For a channel,
   * the id of the conversation is the part of its name after the last dot (`presence-conversation.5`).
   */
  sendTyping(target: {readonly conversationId: Id} | {readonly channel: string}): void {
    const conversationId = 'channel' in target ? conversationOf(target.channel) : target.conversationId;
    this.#client?.sendTyping({conversationId});
  }

  /**
   * Tells the other members of a channel that there is a message to fetch; those fetch it whose `conversationChannel` it is. Returns whether
   * the hint was sent. `content` is not sent, because nobody may trust a peer about what somebody wrote. The default of `conversationId` is the
   * part of the channel's name after the last dot.
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

  /** Releases everything for good. No callback is called after it, and adding the host to the page again does nothing. */
  dispose(): void {
    this.#isWanted = false;
    this.#stop();
    this.#host.removeController(this);
  }

  #settle(): void {
    // In a microtask, for two reasons: a host that is moved is removed and added in one go, and a subclass that defines
    // authorizeChannel as a field has not done so yet while this constructor runs for a host that is in the page already.
    queueMicrotask(() => {
      if (this.#isWanted && !this.#client) this.#start();
      else if (!this.#isWanted) this.#stop();
    });
  }

  #start(): void {
    const {onMessageReceived, onUserTyping, onMessagesRead, channelName, userToken: token, userId} = this.#options;
    const client = this.#options.client ?? holdClient(this.#clientOptions(), this);
    this.#client = client;
    this.#subscriptions = [client.onStateChange(({state}) => this.#followState(state))];
    if (onMessageReceived) {
      const receive = (event: MessageSentEvent): void => {
        const key = idKey(event.message.id);
        if (this.#received.has(key)) return;
        addNewest(this.#received, key);
        onMessageReceived(event);
      };
      this.#subscriptions.push(client.onEventType(MessageSentEvent, receive));
    }
    if (onUserTyping) this.#subscriptions.push(client.onEventType(UserIsTypingEvent, onUserTyping));
    if (onMessagesRead) this.#subscriptions.push(client.onEventType(MessagesReadEvent, onMessagesRead));
    if (channelName) this.#channel(channelName);
    if (!this.#options.client) void client.connect({token, userId});
    this.#host.requestUpdate();
  }

  #followState(state: ConnectionStatus['state']): void {
    // Perhaps for another person. The handles of the former one have been given back by the client.
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

/** The id of a conversation from the name of its channel. */
function conversationOf(channel: string): Id {
  return channel.slice(channel.lastIndexOf('.') + 1);
}
