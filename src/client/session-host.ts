import type {ChatApi} from '../api/chat-api.js';
import type {ChannelHandle} from '../connection/types.js';
import {Person, sameId, type ApiError, type ChatError, type Clock, type Id} from '../model/index.js';
import type {ConversationHost} from './conversation-host.js';
import type {OutboxItem} from './outbox-storage.js';
import type {Outbox} from './outbox.js';
import type {Session} from './session.js';
import type {TabMessage} from './tabs.js';
import type {ClientEnvironment, LiveConversation} from './types.js';

interface SessionHostOptions {
  readonly environment: ClientEnvironment;
  readonly session: () => Session;
  readonly isStarted: () => boolean;
  readonly conversation: (id: Id) => LiveConversation;
  readonly sendingFailed: (item: OutboxItem, error: ApiError) => void;
  readonly reportError: (error: ChatError) => void;
}

/** What a conversation needs of its client: a view of the session, which is another one when another person comes. */
export class SessionHost implements ConversationHost {
  readonly sendingFailed: (item: OutboxItem, error: ApiError) => void;
  readonly reportError: (error: ChatError) => void;
  readonly #options: SessionHostOptions;
  #lastWritten = 0;

  constructor(options: SessionHostOptions) {
    this.#options = options;
    this.sendingFailed = options.sendingFailed;
    this.reportError = options.reportError;
  }

  get api(): ChatApi {
    return this.#session.api;
  }

  get clock(): Clock {
    return this.#options.environment.clock;
  }

  get random(): () => number {
    return this.#options.environment.random;
  }

  get userId(): Id | null {
    return this.#session.userId;
  }

  get outbox(): Outbox {
    return this.#session.outbox;
  }

  get isStarted(): boolean {
    return this.#options.isStarted();
  }

  isVisible(): boolean {
    return typeof document === 'undefined' || document.visibilityState !== 'hidden';
  }

  self(conversationId: Id): Person | null {
    const people = this.#options.conversation(conversationId).snapshot().conversation?.participants ?? [];
    const own = people.find(({id}) => sameId(id, this.userId));
    return own ? new Person(own) : null;
  }

  holdChannels(conversationId: Id): readonly ChannelHandle[] {
    const {link, userChannelName} = this.#session;
    const names = [userChannelName, this.#session.conversationChannelName(conversationId)];
    return names.filter((name) => name !== null).map((name) => link.connection.subscribe(name));
  }

  whisperTyping(conversationId: Id): boolean {
    const {connection} = this.#session.link;
    const name = this.#session.conversationChannelName(conversationId);
    const self = this.self(conversationId);
    if (name === null || !self || connection.channels.get(name)?.state !== 'subscribed') return false;
    const handle = connection.subscribe(name);
    const user = {id: self.id, name: self.name};
    const sent = handle.whisper('client-typing', {type: 'typing', data: {conversation_id: conversationId, user}});
    handle.unsubscribe();
    return sent;
  }

  tellTabs(message: TabMessage): void {
    this.#session.tabs.tell(message);
  }

  writingTime(): number {
    this.#lastWritten = Math.max(this.clock.now(), this.#lastWritten + 1);
    return this.#lastWritten;
  }

  get #session(): Session {
    return this.#options.session();
  }
}
