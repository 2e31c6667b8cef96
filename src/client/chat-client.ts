import type {ChatApi} from '../api/chat-api.js';
import {Alarm} from '../connection/alarm.js';
import {ConnectionEvents} from '../connection/connection-events.js';
import type {ChannelHandle} from '../connection/types.js';
import {Logger} from '../logging/index.js';
import {
  ConfigError,
  idKey,
  Listeners,
  MessageSentEvent,
  sameId,
  type ChannelInfo,
  type ChatEvent,
  type ConnectionStatus,
  type Id,
  type IdKey,
  type ListenOptions,
  type Message,
  type Unsubscribe,
} from '../model/index.js';
import {Holders} from './holders.js';
import {ClientConversation} from './live-conversation.js';
import {ClientConversationList} from './conversation-list.js';
import {isPageVisible, LOOK_EVERY} from './conversation-sync.js';
import {resolveOptions, type ResolvedOptions} from './options.js';
import {Session} from './session.js';
import type {TabMessage} from './tabs.js';
import type {ChatClient, ChatClientOptions, ConversationListStore, Identity, LiveConversation, SendOptions} from './types.js';

const NOT_STARTED: ConnectionStatus = {state: 'idle', attempt: 0, retryAt: null, cause: 'none', code: null, reason: null};

/** The client: joins wire, REST and store, and passes each event on to the conversation that it is about. */
export class DefaultChatClient extends ConnectionEvents implements ChatClient {
  readonly options: ChatClientOptions;
  readonly #resolved: ResolvedOptions;
  readonly #conversations = new Map<IdKey, ClientConversation>();
  readonly #list: ClientConversationList;
  readonly #holders: Holders;
  readonly #look: Alarm;
  readonly #onRest: (() => void) | undefined;
  readonly #notifyListeners = new Listeners<[Message]>();
  #session: Session;
  #status: ConnectionStatus = NOT_STARTED;
  /** Whether it was disconnected because nobody held it, so that the next holder connects it again. */
  #resting = false;
  /** Whether nobody has held it for a while, nor connected it since. */
  #isUnused = false;
  /** How many times `disconnect()` was called, by which `connect()` notices a call while it waits. */
  #goodbyes = 0;
  #disposed = false;

  /** `onRest` is called when nobody has held it for a while. */
  constructor(options: ChatClientOptions, onRest?: () => void) {
    super();
    this.options = options;
    this.#onRest = onRest;
    if (options.debug) Logger.enable(options.debug === true ? undefined : options.debug);
    this.#resolved = resolveOptions(options);
    const {clock} = this.#resolved.environment;
    this.#look = new Alarm(clock);
    this.#holders = new Holders(clock, () => this.#rest());
    this.#session = this.#begin(options.userId ?? null);
    this.#list = new ClientConversationList(() => this.#session);
    this.#enter(this.#session.link.connection.status);
  }

  get state(): ConnectionStatus['state'] {
    return this.status.state;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get isConnected(): boolean {
    return this.state === 'connected';
  }

  get socketId(): string | null {
    return this.#session.link.connection.socketId;
  }

  get userId(): Id | null {
    return this.#session.userId;
  }

  get api(): ChatApi {
    return this.#session.api;
  }

  get channels(): ReadonlyMap<string, ChannelInfo> {
    return this.#session.link.connection.channels;
  }

  get conversations(): ConversationListStore {
    return this.#list;
  }

  async connect(identity: Identity = {}): Promise<boolean> {
    if (this.#disposed) {
      this.errorListeners.call(new ConfigError('The client was disposed: make another one.'));
      return false;
    }
    const {userId, token} = identity;
    const isKnown = userId === undefined || userId === this.userId || sameId(userId, this.userId);
    const goodbyes = this.#goodbyes;
    if (!isKnown) {
      const {signal} = await this.#change(userId);
      // Another person has signed in meanwhile, or this one has logged out. The token must not reach that session.
      if (signal.aborted) return false;
    }
    const {link} = this.#session;
    if (token !== undefined) link.tokens.setToken(token);
    // `disconnect()` was called meanwhile.
    if (goodbyes !== this.#goodbyes) return false;
    this.#resting = false;
    this.#isUnused = false;
    this.#session.isStarted = true;
    this.#resume();
    if (link.errors.length === 0) this.#session.joinUserChannel(() => this.#list.refresh());
    return link.connect();
  }

  disconnect(): void {
    this.#goodbyes += 1;
    this.#resting = false;
    this.#session.link.disconnect();
  }

  retry(): void {
    const {link, isStarted} = this.#session;
    // Nothing was started that could be retried, and a socket without the person's channel would bring no events.
    if (!isStarted) return void this.connect();
    link.retry();
    this.#resume();
  }

  async shutdown(): Promise<void> {
    await (this.#disposed ? this.#session.wipe() : this.#change(null));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#holders.stop();
    for (const conversation of this.#conversations.values()) conversation.dispose();
    this.#list.stop();
    this.#session.dispose();
    this.#enter({...NOT_STARTED, state: 'disposed', cause: 'requested'});
    this.forgetListeners();
    this.#notifyListeners.clear();
  }

  /** Disposes of it if nobody uses it and nothing would be lost: what was written may be in its memory alone. */
  disposeUnused(): void {
    if (this.#isUnused && this.#session.outbox.isDurable) this.dispose();
  }

  retain(holder: object): void {
    this.#holders.add(holder);
    this.#isUnused = false;
    if (this.#resting) void this.connect();
  }

  release(holder: object): void {
    if (!this.#disposed) this.#holders.delete(holder);
  }

  subscribe(channel: string): ChannelHandle {
    const {link, signal} = this.#session;
    // The signal ends it with this session: the connection itself may be shared with other clients and go on.
    return link.connection.subscribe(channel, signal);
  }

  conversation(id: Id): LiveConversation {
    const key = idKey(id);
    const conversation =
      this.#conversations.get(key) ??
      new ClientConversation(id, this.#session, {
        reportError: (error) => this.errorListeners.call(error),
        healed: () => this.#list.refresh(),
        fetched: (row) => this.#list.compare(row, this.userId),
      });
    this.#conversations.set(key, conversation);
    return conversation;
  }

  sendMessage({
    conversationId,
    content,
    ...options
  }: SendOptions & {readonly conversationId: Id; readonly content: string}): Promise<Message> {
    return this.conversation(conversationId).send(content, options);
  }

  sendTyping(target: {readonly conversationId: Id} | {readonly channel: string}): void {
    if ('conversationId' in target) return this.conversation(target.conversationId).sendTyping();
    const id = this.#session.conversationOf(target.channel);
    if (id !== null) this.conversation(id).sendTyping();
  }

  onNotify(listener: (message: Message) => void, options?: ListenOptions): Unsubscribe {
    return this.#notifyListeners.add(listener, options);
  }

  markRead({conversationId, messageIds}: {readonly conversationId: Id; readonly messageIds: readonly Id[]}): void {
    this.conversation(conversationId).markRead(messageIds);
  }

  #begin(userId: Id | null): Session {
    const session: Session = new Session(userId, this.options, this.#resolved, {
      // An answer that comes after the person has changed must not be shown to the next one.
      followerOf: (conversationId) => (session.signal.aborted ? undefined : this.#conversations.get(idKey(conversationId))),
      changed: ({conversationId, tempId}, change) => session.tabs.tell({type: 'outbox', conversationId, tempId, change}),
      notify: (message) => {
        if (!session.signal.aborted) this.#notifyListeners.call(message);
      },
      leftOut: (error) => this.errorListeners.call(error),
      storageLost: () => {
        for (const conversation of this.#conversations.values()) conversation.followStorage();
      },
    });
    const {signal} = session;
    const {connection} = session.link;
    connection.onStateChange((status) => this.#followStatus(status), {signal});
    connection.onEvent((event) => this.#route(event), {signal});
    connection.onError((error) => this.errorListeners.call(error), {signal});
    connection.onWake(() => this.#wake(), {signal});
    session.tabs.listen((message) => this.#followTab(message), {signal});
    return session;
  }

  #followTab(message: TabMessage): void {
    if (message.type === 'logout') return this.#followLogout(message.at);
    if (message.type === 'connected') return this.#takeHope();
    if (message.type === 'token') return;
    if (message.type === 'outbox') {
      const {outbox} = this.#session;
      if (message.change === 'added') this.#takeHope();
      if (message.change === 'sending') outbox.follow(message.conversationId);
      if (message.change === 'discarded') void outbox.forget(message.tempId);
    }
    this.#conversations.get(idKey(message.conversationId))?.followTab(message);
  }

  /** Another tab has logged out. If this one hears of it late, the person may have signed in here since. */
  #followLogout(at = Infinity): void {
    if (!this.#session.beganAfter(at)) void this.#change(null, at);
  }

  /** Another tab is connected, or is written in. It may be this one that holds back what is to be sent: only one tab sends at a time. */
  #takeHope(): void {
    if (this.isConnected) return;
    this.#session.link.connection.hope();
    void this.#session.outbox.wake();
  }

  /**
   * Ends the session and begins that of another person, or of nobody. Resolves with the new session once the data of the former person is
   * deleted. `loggedOutAt`: when that was in another tab (ms since the epoch). Without it, it is now, and the other tabs are told.
   */
  async #change(userId: Id | null, loggedOutAt?: number): Promise<Session> {
    const former = this.#session;
    this.#resting = false;
    if (loggedOutAt === undefined) former.tabs.tell({type: 'logout', at: former.clock.now()});
    former.dispose();
    const next = (this.#session = this.#begin(userId));
    this.#list.reset();
    for (const conversation of this.#conversations.values()) conversation.reset(this.#session);
    // Only now, so that listeners find the new session in place.
    this.#enter(this.#session.link.connection.status);
    await former.wipe(loggedOutAt);
    return next;
  }

  /** Tries again what needs no socket: a session that had ended may be valid again although the socket never closed. */
  #resume(): void {
    void this.#session.outbox.wake();
    for (const conversation of this.#conversations.values()) conversation.follow();
    if (this.#list.snapshot().error) this.#list.refresh();
  }

  /** Nobody holds it any more. */
  #rest(): void {
    // If it was not connected, the next holder must not connect it either.
    this.#resting = this.state !== 'idle';
    this.#isUnused = true;
    this.#session.link.disconnect();
    this.#onRest?.();
  }

  #followStatus(status: ConnectionStatus): void {
    const {outbox, tabs} = this.#session;
    this.#enter(status);
    if (status.state === 'connected') {
      void outbox.wake();
      // Not at a first attempt: a message costs a page of this person its place in the back/forward cache.
      if (status.attempt > 1) tabs.tell({type: 'connected'});
    } else if (status.state === 'suspended') outbox.suspend();
  }

  #wake(): void {
    this.wakeListeners.call();
    void this.#session.outbox.wake();
    for (const conversation of this.#conversations.values()) conversation.wake();
    // A row that tells what was read may have been lost, and nothing counts those.
    this.#list.refresh();
  }

  #route(event: ChatEvent): void {
    // Read first: a listener may change the person, whom this event is not for.
    const {outbox, notifier, userId} = this.#session;
    // A peer speaks for the conversation whose channel it is in, and for no other. In a channel that is no conversation's, it speaks to the page
    // alone: who is there need not take part in any.
    const whisperedIn = event.name.startsWith('client-') ? this.#session.conversationOf(event.channel) : event.conversationId;
    if (whisperedIn !== null && !sameId(whisperedIn, event.conversationId)) return;
    const conversation = whisperedIn === null ? undefined : this.#conversations.get(idKey(whisperedIn));
    const isOpen = conversation?.isOpen;
    conversation?.take(event);
    // A conversation that is not open ignores the event. Its message must then stay in the outbox: `send()` resolves with the answer to
    // the next try.
    const isTaken = isOpen !== false && event instanceof MessageSentEvent;
    if (isTaken && event.tempId !== null && sameId(event.message.sender.id, userId)) {
      // The server has it, so it need not be sent again, even if no conversation is there to take it.
      void outbox.confirm(event.tempId);
    }
    notifier.hear(event, isOpen);
    this.#list.take(event, userId);
    this.eventListeners.call(event);
  }

  #enter(status: ConnectionStatus): void {
    const previous = this.#status;
    if (status === previous) return;
    this.#status = status;
    this.#planLook();
    this.statusListeners.call(status, previous);
  }

  /** While it is connected, the list is looked at now and then, as each open conversation is: a row may be lost unnoticed. */
  #planLook(): void {
    if (!this.isConnected) return this.#look.clear();
    this.#look.set(LOOK_EVERY, () => {
      if (isPageVisible()) this.#list.refresh();
      this.#planLook();
    });
  }
}
