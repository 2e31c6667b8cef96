import {
  type ApiError,
  ConversationChangedEvent,
  Listeners,
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
import {ConversationStore, MessageLog, Observable, type Taken} from '../store/index.js';
import type {ConversationContext, ConversationOwner} from './conversation-context.js';
import {followChannels} from './channel-link.js';
import {ConversationSync} from './conversation-sync.js';
import {Details} from './details.js';
import {Draft} from './draft.js';
import type {OutboxItem} from './outbox-storage.js';
import type {OutboxFollower} from './outbox.js';
import {Pages} from './pages.js';
import {Sending} from './sending.js';
import type {Session} from './session.js';
import {EMPTY_SNAPSHOT} from './snapshot.js';
import type {TabMessage} from './tabs.js';
import {Typing} from './typing.js';
import type {ConversationSnapshot, LiveConversation, MessageNews, SendOptions} from './types.js';
import {Unread} from './unread.js';

/** One conversation. Connects its parts with each other: the store, catching up, sending, read marks, typing. */
export class ClientConversation implements LiveConversation, OutboxFollower {
  readonly id: Id;
  readonly #owner: ConversationOwner;
  readonly #log = new MessageLog();
  readonly #snapshot = new Observable<ConversationSnapshot>(EMPTY_SNAPSHOT);
  readonly #news = new Listeners<[MessageNews]>();
  /** Those who have opened it; `shownId` tells which message is on the screen. */
  readonly #holders = new Set<{readonly shownId: (() => Id | undefined) | undefined}>();
  /** Aborting it gives the channels back; `null` while there are none. */
  #link: AbortController | null = null;
  // Made anew for each person, by `#begin`.
  #session!: Session;
  #life!: AbortController;
  #store!: ConversationStore;
  #sync!: ConversationSync;
  #sending!: Sending;
  #pages!: Pages;
  #typing!: Typing;
  #unread!: Unread;
  #details!: Details;
  #draft!: Draft;

  constructor(id: Id, session: Session, owner: ConversationOwner) {
    this.id = id;
    this.#owner = owner;
    this.#begin(session);
  }

  get messages(): MessageLogView {
    return this.#log;
  }

  get draft(): string {
    return this.#draft.text;
  }

  set draft(text: string) {
    this.#draft.write(text);
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
    return this.#news.add(listener, options);
  }

  open(shownId?: () => Id | undefined): Unsubscribe {
    const holder = {shownId};
    this.#holders.add(holder);
    if (this.#holders.size === 1) this.#follow();
    return () => {
      if (this.#holders.delete(holder) && this.#holders.size === 0) this.#unfollow();
    };
  }

  reload(): Promise<void> {
    if (this.#life.signal.aborted) return Promise.resolve();
    const {recovery} = this.#sync;
    this.#snapshot.set({phase: recovery.loaded ? 'ready' : 'loading', error: null});
    recovery.wake();
    // Does nothing if `wake` has begun something.
    recovery.load();
    return this.#details.load();
  }

  loadOlder(): Promise<void> {
    return this.#pages.load('older');
  }

  loadNewer(): Promise<void> {
    return this.#pages.load('newer');
  }

  loadAround(id: Id): Promise<void> {
    return this.#pages.around(id);
  }

  loadLatest(): void {
    this.#pages.latest();
  }

  send(content: string, options: SendOptions = {}): Promise<Message> {
    const sent = this.#sending.send(content, options);
    // The message is at the end, so that is what the person wants to see now.
    this.#pages.latest();
    return sent;
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
    // A page with its own list has not opened the conversation, so its messages are not in the store.
    const seen = this.#unread.markRead(messageIds, !this.isOpen);
    this.#session.notifier.settle(messageIds);
    this.#session.tabs.tell({type: 'read', conversationId: this.id, messageIds: seen});
  }

  sendTyping(): void {
    this.#typing.tell();
  }

  /** Whether anybody holds it open. */
  get isOpen(): boolean {
    return this.#holders.size > 0;
  }

  /** The client was told to connect: follows the server if the conversation is open. What was refused before is tried again. */
  follow(): void {
    if (this.#link) this.#sync.recovery.load();
    else if (this.isOpen) this.#follow();
  }

  /** Takes an event of this conversation. */
  take(event: ChatEvent): void {
    if (event instanceof MessagesReadEvent) return this.#takeRead(event);
    if (event instanceof ConversationChangedEvent) return this.#takeConversation(event.conversation);
    // Typing is also kept while the conversation is not open: a typing indicator may stand alone.
    if (event instanceof UserIsTypingEvent) return this.#typing.start(event.user);
    if (event instanceof MessageSentEvent) this.#typing.stop(event.message.sender.id);
    if (!this.isOpen) return;
    if (event instanceof MessageHintEvent) this.#sync.hint(event);
    else if (event instanceof MessageSentEvent || event instanceof MessageUpdatedEvent || event instanceof MessageDeletedEvent)
      this.#sync.recovery.take(event.message);
  }

  /** The page is back, or the connection may have missed something. */
  wake(): void {
    if (this.isOpen) this.#sync.recovery.wake();
  }

  outboxMoved({tempId}: OutboxItem, status: 'queued' | 'sending'): void {
    this.#sending.moved(tempId, status);
  }

  outboxSent({tempId}: OutboxItem, message: Message): void {
    const own = {...message, tempId};
    this.#takeOwn(own);
    this.#sending.settle(own);
  }

  outboxFailed({tempId}: OutboxItem, error: ApiError): void {
    this.#sending.failed(tempId, error);
  }

  outboxEmptied(): readonly OutboxItem[] {
    return this.#sending.emptied(this.isOpen && this.#sync.recovery);
  }

  /** Another tab of the same person did something. */
  followTab(message: TabMessage): void {
    if (message.type === 'draft') this.#draft.take(message.text);
    else if (message.type === 'read') this.#unread.takeRead(message.messageIds);
    // What another tab writes is looked for when this is opened. Before that nobody would hear that it was sent, and it would be sent again.
    else if (message.type === 'outbox' && (this.isOpen || message.change !== 'added') && this.#sending.followTab(message)) {
      if (this.isOpen) this.#sync.recovery.check();
      else this.#session.outbox.follow(this.id);
    }
  }

  /** Whether unsent messages survive a reload may have changed. */
  followStorage(): void {
    this.#snapshot.set({unsentIsSafe: this.#session.outbox.isDurable});
  }

  /** Forgets everything, because the person changes. It stays open for those who have opened it, with what the next person may see. */
  reset(session: Session): void {
    this.#end();
    this.#begin(session);
    this.#log.replaceAll([]);
    this.#snapshot.set(EMPTY_SNAPSHOT);
    if (this.isOpen) this.#follow();
  }

  /** Ends all work. The messages stay readable. */
  dispose(): void {
    this.#holders.clear();
    this.#end();
  }

  #begin(session: Session): void {
    this.#session = session;
    this.#life = new AbortController();
    this.#store = new ConversationStore(this.#log, this.id, session.userId);
    const context: ConversationContext = {
      id: this.id,
      session,
      store: this.#store,
      state: this.#snapshot,
      news: this.#news,
      signal: this.#life.signal,
      ...this.#owner,
    };
    this.#sync = new ConversationSync(context, {
      stateChanged: (sync) => this.#snapshot.set({sync}),
      took: (taken, live) => this.#take(taken, live),
      recovered: () => void this.#details.load(),
      failed: (error) => (this.#sync.recovery.loaded ? context.reportError(error) : this.#snapshot.set({phase: 'failed', error})),
    });
    this.#sending = new Sending(context);
    this.#pages = new Pages(context, (near) => this.#followRange(near));
    this.#typing = new Typing(context);
    this.#unread = new Unread(context);
    this.#details = new Details(context, (conversation) => this.#takeConversation(conversation));
    this.#draft = new Draft(context);
  }

  #end(): void {
    this.#life.abort();
    this.#unfollow();
  }

  #follow(): void {
    const session = this.#session;
    if (!session.isStarted) return;
    if (this.#snapshot.state.phase !== 'ready') this.#snapshot.set({phase: 'loading', error: null});
    this.followStorage();
    this.#link = followChannels(session.holdChannels(this.id), this.#sync.recovery);
    // First, so that a page shows who it is with before the messages move in: they take longer to answer.
    void this.#details.load();
    this.#sync.recovery.load();
    void this.#sending.restore();
    void this.#draft.restore();
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

  #takeRead(event: MessagesReadEvent): void {
    if (sameId(event.readerId, this.userId)) this.#unread.takeRead(event.messageIds);
    else this.#store.takeRead(event);
  }

  async #takeAnswer(answer: Promise<Message>): Promise<Message> {
    const {signal} = this.#life;
    const message = await answer;
    if (!signal.aborted) this.#takeOwn(message);
    return this.#store.find(message.id) ?? message;
  }

  /** Takes a message from the answer to something that the person did. */
  #takeOwn(message: Message): void {
    this.#sync.recovery.note(message);
    this.#tell(this.#store.take([message]), true);
  }

  /** Messages came from the server. Those of the first page are told before the phase is `ready`, and so are not news. */
  #take(taken: Taken, live: boolean): void {
    const {signal} = this.#session;
    this.#tell(taken, live);
    if (signal.aborted) return;
    if (this.#snapshot.state.phase !== 'ready') this.#unread.countPage();
    this.#snapshot.set({phase: 'ready', error: null});
    this.#followRange();
    if (!live) void this.#sending.checked();
    if (this.#store.isStale)
      this.#pages.refresh(this.#shownIds().find((id) => this.#log.get(id)) ?? this.#log.at(this.#log.size >> 1)?.id);
  }

  /** The range of messages that is shown may have changed. Trims it to the limit, keeping those on the screen and the message `near`. */
  #followRange(near?: Id): void {
    const store = this.#store;
    store.trim(this.#session.maxMessages, near === undefined ? this.#shownIds() : [...this.#shownIds(), near]);
    const {newAfter} = this.#snapshot.state;
    this.#snapshot.set({hasOlder: !store.reachesStart, hasNewer: !store.reachesEnd, newAfter: store.reachesEnd ? 0 : newAfter});
    this.#unread.findFirst();
  }

  /** The message that each holder has on the screen; `''`, which is no message's id, for one who is at the end. */
  #shownIds(): readonly Id[] {
    return [...this.#holders].flatMap(({shownId}) => (shownId ? (shownId() ?? '') : []));
  }

  /** Does what follows from messages that came into the log. `live`: they have just come over the wire. */
  #tell({added, replaced, addedByOthers}: Taken, live: boolean): void {
    for (const message of added) this.#sending.settle(message);
    for (const {tempId} of replaced) if (tempId !== null) this.#sending.settle(this.#store.head.get(tempId));
    for (const {sender} of added) this.#typing.stop(sender.id);
    const {phase, sync, newAfter} = this.#snapshot.state;
    if (phase !== 'ready') return;
    if (!this.#store.reachesEnd) this.#snapshot.set({newAfter: newAfter + addedByOthers.length});
    this.#unread.add(addedByOthers, !live && sync !== 'live');
    if (!live && sync === 'live' && added.length + replaced.length > 0) this.#owner.healed();
    const {notifier, signal} = this.#session;
    for (const message of addedByOthers) {
      // A listener may change the person, whom the other messages are not for.
      if (signal.aborted) return;
      void notifier.take(message, true);
      this.#news.call({type: 'received', message});
    }
  }
}
