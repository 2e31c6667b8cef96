import {
  type ApiError,
  ConversationChangedEvent,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessagesReadEvent,
  MessageUpdatedEvent,
  sameId,
  UserIsTypingEvent,
  type ChatEvent,
  type Conversation,
  type Id,
  type ListenOptions,
  type Message,
  type MessageLogView,
  type Unsubscribe,
} from '../model/index.js';
import {ConversationStore, Observable, type Taken} from '../store/index.js';
import type {ConversationContext, ConversationHost} from './conversation-context.js';
import {Arrivals} from './arrivals.js';
import {followChannels} from './channel-link.js';
import {ConversationSync} from './conversation-sync.js';
import {Details} from './details.js';
import {OlderPages} from './older-pages.js';
import type {OutboxItem} from './outbox-storage.js';
import {ReadMarks} from './read-marks.js';
import {Sending} from './sending.js';
import type {Session} from './session.js';
import {EMPTY_SNAPSHOT} from './snapshot.js';
import type {TabMessage} from './tabs.js';
import {Typing} from './typing.js';
import type {ConversationSnapshot, LiveConversation, MessageNews, SendOptions} from './types.js';
import {Unread} from './unread.js';

/** One conversation, joined from its parts: the store, catching up, sending, read marks, typing. It decides what leads to what. */
export class ClientConversation implements LiveConversation {
  readonly id: Id;
  readonly #host: ConversationHost;
  readonly #store: ConversationStore;
  readonly #sync: ConversationSync;
  readonly #sending: Sending;
  readonly #older: OlderPages;
  readonly #reads: ReadMarks;
  readonly #typing: Typing;
  readonly #unread: Unread;
  readonly #details: Details;
  readonly #snapshot = new Observable<ConversationSnapshot>(EMPTY_SNAPSHOT);
  readonly #arrivals: Arrivals;
  /** Ends the hold on the channels. */
  #link: AbortController | null = null;
  #holders = 0;

  constructor(id: Id, host: ConversationHost) {
    this.id = id;
    this.#host = host;
    this.#store = new ConversationStore(id, host.session.userId);
    const context: ConversationContext = {id, host, store: this.#store, state: this.#snapshot};
    this.#sync = new ConversationSync(context, {
      stateChanged: (sync) => this.#snapshot.set({sync}),
      took: (taken, live) => this.#take(taken, live),
      recovered: () => void this.#details.load(),
      failed: (error) => this.#followFailure(error),
    });
    this.#sending = new Sending(context);
    this.#older = new OlderPages(context);
    this.#reads = new ReadMarks(context);
    this.#typing = new Typing(context);
    this.#unread = new Unread(context, this.#reads);
    this.#arrivals = new Arrivals(context, {sending: this.#sending, typing: this.#typing, unread: this.#unread});
    this.#details = new Details(context, (conversation) => this.#takeConversation(conversation));
  }

  get messages(): MessageLogView {
    return this.#store.log;
  }

  get draft(): string {
    return this.#snapshot.state.draft;
  }

  set draft(text: string) {
    if (text === this.draft) return;
    this.#snapshot.set({draft: text});
    this.#session.tabs.tell({type: 'draft', conversationId: this.id, text});
    void this.#session.storage.keepDraft(this.id, text);
  }

  get userId(): Id | null {
    return this.#session.userId;
  }

  snapshot(): ConversationSnapshot {
    return this.#snapshot.state;
  }

  subscribe(listener: (snapshot: ConversationSnapshot) => void, options?: ListenOptions): Unsubscribe {
    return this.#snapshot.subscribe(listener, options);
  }

  onMessage(listener: (news: MessageNews) => void, options?: ListenOptions): Unsubscribe {
    return this.#arrivals.news.add(listener, options);
  }

  open(): Unsubscribe {
    this.#holders += 1;
    if (this.#holders === 1) this.#follow();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#unfollow();
    };
  }

  reload(): Promise<void> {
    this.#snapshot.set({phase: this.#sync.recovery.loaded ? 'ready' : 'loading', error: null});
    if (this.#sync.recovery.loaded) this.#sync.recovery.check();
    else this.#sync.recovery.load();
    this.#sync.recovery.wake();
    return this.#details.load();
  }

  loadOlder(): Promise<void> {
    return this.#older.load();
  }

  loadNewer(): Promise<void> {
    // The window always reaches to the newest message, so there is nothing to load at its end.
    return Promise.resolve();
  }

  send(content: string, options: SendOptions = {}): Promise<Message> {
    return this.#sending.send(content, options);
  }

  retry(tempId: string): Promise<Message> {
    return this.#sending.retry(tempId);
  }

  discard(tempId: string): void {
    this.#sending.discard(tempId);
  }

  edit(id: Id, content: string): Promise<Message> {
    return this.#takeAnswer(this.#session.api.editMessage(id, content));
  }

  remove(id: Id): Promise<Message> {
    return this.#takeAnswer(this.#session.api.deleteMessage(id));
  }

  react(id: Id, emoji: string): Promise<Message> {
    return this.#takeAnswer(this.#session.api.addReaction(id, emoji));
  }

  unreact(id: Id, emoji: string): Promise<Message> {
    return this.#takeAnswer(this.#session.api.removeReaction(id, emoji));
  }

  markRead(messageIds: readonly Id[]): void {
    this.#unread.markRead(messageIds);
    this.#session.notifier.settle(messageIds);
    this.#session.tabs.tell({type: 'read', conversationId: this.id, messageIds});
  }

  sendTyping(): void {
    this.#typing.tell();
  }

  /** Whether anybody holds it open. */
  get isOpen(): boolean {
    return this.#holders > 0;
  }

  /** The client was told to connect: follows, if somebody holds the conversation open. */
  begin(): void {
    if (this.#holders > 0 && !this.#link) this.#follow();
  }

  /** Something happened in this conversation. */
  take(event: ChatEvent): void {
    if (event instanceof MessagesReadEvent) return this.#takeRead(event);
    if (event instanceof ConversationChangedEvent) return this.#takeConversation(event.conversation);
    if (this.#holders === 0) return;
    const {recovery} = this.#sync;
    if (event instanceof UserIsTypingEvent) this.#typing.start(event.user);
    else if (event instanceof MessageHintEvent) this.#takeHint(event);
    else if (event instanceof MessageSentEvent) recovery.take({...event.message, tempId: event.message.tempId ?? event.tempId});
    else if (event instanceof MessageUpdatedEvent || event instanceof MessageDeletedEvent) recovery.take(event.message);
  }

  /** The page has come back to life, or the connection thinks that something may have been missed. */
  wake(): void {
    if (this.#holders > 0) this.#sync.recovery.wake();
  }

  /** How far an own message on its way has come. */
  outboxMoved(item: OutboxItem, status: 'queued' | 'sending'): void {
    this.#sending.mark(item, status);
  }

  outboxSent(item: OutboxItem, message: Message): void {
    const own = {...message, tempId: item.tempId};
    this.#sync.recovery.note(own);
    this.#arrivals.follow(this.#store.take([own]), true);
    this.#arrivals.settle(own);
  }

  outboxFailed(item: OutboxItem, error: ApiError): void {
    const message = this.#sending.failed(item, error);
    if (message) this.#arrivals.news.call({type: 'failed', message, error});
  }

  /** Another tab of the same person did something. */
  followTab(message: TabMessage): void {
    if (message.type === 'draft') this.#snapshot.set({draft: message.text});
    else if (message.type === 'read') this.#unread.readUpToAny(message.messageIds);
    else if (message.type === 'outbox' && this.#sending.followTab(message)) this.#sync.recovery.check();
  }

  /** Whether unsent messages survive a reload is different now. */
  followStorage(): void {
    this.#snapshot.set({unsentIsSafe: this.#session.outbox.isDurable});
  }

  /** Forgets everything, as for another person. Whoever holds it open goes on with what that person may see. */
  reset(): void {
    this.#unfollow();
    this.#sending.reset();
    this.#older.stop();
    this.#reads.reset();
    this.#store.log.replaceAll([]);
    this.#store.forget(this.#session.userId);
    this.#sync.recovery.reset();
    this.#unread.reset();
    this.#snapshot.set(EMPTY_SNAPSHOT);
    if (this.#holders > 0) this.#follow();
  }

  /** Ends all work. What is in the log stays readable. */
  dispose(): void {
    this.#holders = 0;
    this.#unfollow();
    this.#sending.reset();
    this.#older.stop();
    this.#reads.reset();
  }

  #follow(): void {
    this.#store.ownId = this.#session.userId;
    if (!this.#host.isStarted) return;
    if (this.#snapshot.state.phase !== 'ready') this.#snapshot.set({phase: 'loading', error: null});
    this.#snapshot.set({unsentIsSafe: this.#session.outbox.isDurable});
    this.#link = followChannels(this.#session.holdChannels(this.id), this.#sync.recovery);
    this.#sync.recovery.load();
    void this.#details.load();
    void this.#sending.restore();
    void this.#restoreDraft();
  }

  async #restoreDraft(): Promise<void> {
    const {storage} = this.#session;
    const draft = await storage.draft(this.id);
    // What has been written in the meantime is newer.
    if (draft && !this.draft && storage === this.#session.storage) this.#snapshot.set({draft});
  }

  get #session(): Session {
    return this.#host.session;
  }

  #unfollow(): void {
    this.#link?.abort();
    this.#link = null;
    this.#sync.stop();
    this.#details.stop();
    this.#typing.clear();
  }

  #takeConversation(conversation: Conversation): void {
    this.#store.takeConversation(conversation);
    this.#snapshot.set({conversation});
    this.#unread.take(conversation);
  }

  #takeHint({messageId, revision}: MessageHintEvent): void {
    // A peer's hint tells of no revision, and of nothing new if the server's own event was quicker.
    if (revision !== null || !this.#store.log.get(messageId)) this.#sync.recovery.hint(revision);
  }

  #takeRead(event: MessagesReadEvent): void {
    if (sameId(event.readerId, this.userId)) this.#unread.readElsewhere(event);
    else this.#store.takeRead(event);
  }

  async #takeAnswer(answer: Promise<Message>): Promise<Message> {
    const message = await answer;
    this.#sync.recovery.note(message);
    this.#arrivals.follow(this.#store.take([message]), true);
    return this.#store.log.get(message.id) ?? message;
  }

  #take(taken: Taken, live: boolean): void {
    // What the first page brings is no news.
    this.#arrivals.follow(taken, live);
    this.#snapshot.set({phase: 'ready', error: null, hasOlder: !this.#store.reachesStart});
    this.#unread.findFirst();
  }

  #followFailure(error: ApiError): void {
    if (this.#sync.recovery.loaded) this.#host.reportError(error);
    else this.#snapshot.set({phase: 'failed', error});
  }
}
