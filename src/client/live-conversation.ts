import type {MessagePage} from '../api/chat-api.js';
import {
  ApiError,
  ConversationChangedEvent,
  isConfirmed,
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
import {ConversationStore, Observable, type Taken} from '../store/index.js';
import type {ConversationContext, ConversationHost} from './conversation-context.js';
import {ConversationSync} from './conversation-sync.js';
import {OlderPages} from './older-pages.js';
import type {OutboxItem} from './outbox-storage.js';
import {ReadMarks} from './read-marks.js';
import type {OutboxChange} from './outbox.js';
import {Sending} from './sending.js';
import type {Session} from './session.js';
import type {TabMessage} from './tabs.js';
import {Typing} from './typing.js';
import type {ConversationSnapshot, LiveConversation, MessageNews, SendOptions} from './types.js';
import {Unread} from './unread.js';

const EMPTY: ConversationSnapshot = {
  phase: 'idle',
  error: null,
  conversation: null,
  hasOlder: false,
  loadingOlder: false,
  olderError: null,
  hasNewer: false,
  loadingNewer: false,
  sync: 'off',
  typing: [],
  unreadCount: 0,
  firstUnreadId: null,
  newWhileAway: 0,
  draft: '',
  unsentIsSafe: false,
};

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
  readonly #snapshot = new Observable<ConversationSnapshot>(EMPTY);
  readonly #news = new Listeners<[MessageNews]>();
  /** Ends the hold on the channels. */
  #link: AbortController | null = null;
  #holders = 0;
  #metaAbort: AbortController | null = null;

  constructor(id: Id, host: ConversationHost) {
    this.id = id;
    this.#host = host;
    this.#store = new ConversationStore(id, host.session.userId);
    const context: ConversationContext = {id, host, store: this.#store, state: this.#snapshot};
    this.#sync = new ConversationSync(context, {
      stateChanged: (sync) => this.#snapshot.set({sync}),
      took: (taken, live) => this.#followTaken(taken, live),
      replaced: (page) => this.#snapshot.set({hasOlder: page.hasMoreBefore}),
      tookPage: (page) => this.#followPage(page),
      recovered: () => void this.#loadConversation(),
      failed: (error) => this.#followFailure(error),
    });
    this.#sending = new Sending(context);
    this.#older = new OlderPages(context);
    this.#reads = new ReadMarks(context);
    this.#typing = new Typing(context);
    this.#unread = new Unread(context, this.#reads);
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
    return this.#loadConversation();
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
    this.#session.tabs.tell({type: 'read', conversationId: this.id, messageIds});
  }

  sendTyping(): void {
    this.#typing.tell();
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

  outboxSending(item: OutboxItem): void {
    this.#sending.sending(item);
  }

  outboxWaiting(item: OutboxItem): void {
    this.#sending.waiting(item);
  }

  outboxSent(item: OutboxItem, message: Message): void {
    const own = {...message, tempId: item.tempId};
    this.#sync.recovery.note(own);
    this.#followTaken(this.#store.take([own]), true);
    this.#settleSent(own);
  }

  outboxFailed(item: OutboxItem, error: ApiError): void {
    const message = this.#sending.failed(item, error);
    if (message) this.#news.call({type: 'failed', message, error});
  }

  /** Another tab of the same person did something. */
  followTab(message: TabMessage): void {
    if (message.type === 'draft') this.#snapshot.set({draft: message.text});
    else if (message.type === 'read') this.#unread.readUpToAny(message.messageIds);
    else if (message.type === 'outbox') this.#followOutbox(message.tempId, message.change);
  }

  /** Unsent messages no longer survive a reload. */
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
    this.#snapshot.set(EMPTY);
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
    this.#hold();
    this.#sync.recovery.load();
    void this.#loadConversation();
    void this.#restore();
  }

  async #restore(): Promise<void> {
    const {outbox} = this.#session;
    const items = await outbox.list();
    if (outbox !== this.#session.outbox) return;
    this.#sending.restore(items);
    this.followStorage();
  }

  #followOutbox(tempId: string, change: OutboxChange): void {
    if (change === 'discarded') this.#sending.discardedElsewhere(tempId);
    else if (change !== 'sent') void this.#restore();
    else if (this.#store.log.get(tempId)?.status !== 'sent') this.#sync.recovery.check();
  }

  /** Holds the channels, and follows whether all of them are up. One that the server denies does not count if there is another. */
  #hold(): void {
    const link = new AbortController();
    const handles = this.#session.holdChannels(this.id);
    const look = (): void => {
      const wanted = handles.filter(({state}) => state !== 'denied');
      if (wanted.length > 0 && wanted.every(({state}) => state === 'subscribed')) this.#sync.recovery.linkUp();
      else this.#sync.recovery.linkDown();
    };
    this.#link = link;
    for (const handle of handles) {
      handle.onStateChange(look, {signal: link.signal});
      link.signal.addEventListener('abort', () => handle.unsubscribe());
    }
    look();
  }

  get #session(): Session {
    return this.#host.session;
  }

  #unfollow(): void {
    this.#link?.abort();
    this.#link = null;
    this.#sync.stop();
    this.#metaAbort?.abort();
    this.#typing.stop();
  }

  async #loadConversation(): Promise<void> {
    this.#metaAbort?.abort();
    const abort = new AbortController();
    this.#metaAbort = abort;
    try {
      const conversation = await this.#session.api.getConversation(this.id, {signal: abort.signal});
      if (!abort.signal.aborted) this.#takeConversation(conversation);
    } catch (error) {
      // The messages say what is wrong, if something is: without its title a conversation can still be had.
      if (error instanceof ApiError && !error.isTransient && error.code !== 'aborted') this.#host.reportError(error);
    }
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
    this.#followTaken(this.#store.take([message]), true);
    return this.#store.log.get(message.id) ?? message;
  }

  #followPage(page: MessagePage): void {
    const {phase} = this.#snapshot.state;
    // Only the first page says whether there is more above: later ones are the newest page again.
    this.#snapshot.set({phase: 'ready', error: null, ...(phase === 'ready' ? {} : {hasOlder: page.hasMoreBefore})});
    this.#unread.findFirst();
  }

  #followFailure(error: ApiError): void {
    if (this.#sync.recovery.loaded) this.#host.reportError(error);
    else this.#snapshot.set({phase: 'failed', error});
  }

  #followTaken(taken: Taken, live: boolean): void {
    for (const message of taken.added) if (message.tempId !== null) this.#settleSent(message);
    for (const {tempId} of taken.replaced) this.#settleReplaced(tempId);
    if (taken.added.length === 0) return;
    this.#typing.show();
    const {phase, sync} = this.#snapshot.state;
    if (phase !== 'ready') return;
    this.#unread.add(taken.addedByOthers, !live && sync !== 'live');
    for (const message of taken.addedByOthers) this.#news.call({type: 'received', message});
  }

  /** Own messages that were waiting are confirmed by whatever brings them: the answer, the echo, or catching up. */
  #settleReplaced(tempId: string | null): void {
    const message = tempId === null ? undefined : this.#store.log.get(tempId);
    if (message && isConfirmed(message)) this.#settleSent(message);
  }

  #settleSent(message: Message): void {
    if (!this.#sending.stored(message)) return;
    void this.#session.outbox.confirm(message.tempId ?? '');
    this.#news.call({type: 'sent', message: this.#store.log.get(message.id) ?? message});
  }
}
