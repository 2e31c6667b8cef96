import {RestChatApi} from '../api/index.js';
import type {ChatApi} from '../api/chat-api.js';
import type {ChannelHandle} from '../connection/types.js';
import type {Id} from '../model/index.js';
import {openLink, type Link} from './link.js';
import {channelName, type ResolvedOptions} from './options.js';
import {openOutboxStorage, type NamedOutboxStorage} from './outbox-store.js';
import {Outbox, type OutboxListener} from './outbox.js';
import {exclusiveLock} from './tab-lock.js';
import type {ChatClientOptions} from './types.js';

/** Everything that belongs to one person: connection, token, REST calls, what waits to be sent. Ends when another person comes. */
export class Session {
  readonly userId: Id | null;
  readonly link: Link;
  readonly api: ChatApi;
  readonly outbox: Outbox;
  readonly #resolved: ResolvedOptions;
  readonly #storage: NamedOutboxStorage;
  #userChannel: ChannelHandle | null = null;

  constructor(userId: Id | null, options: ChatClientOptions, resolved: ResolvedOptions, listener: OutboxListener) {
    const {environment, apiBase, credentials, headers} = resolved;
    const {clock, random} = environment;
    this.userId = userId;
    this.#resolved = resolved;
    this.link = openLink(userId, options, resolved);
    const token = this.link.tokens;
    this.api = options.api ?? new RestChatApi({apiBase, token, credentials, headers, fetch: environment.fetch, clock});
    this.#storage = openOutboxStorage(apiBase, userId, environment);
    const lock = exclusiveLock(this.#storage.name, environment);
    this.outbox = new Outbox({api: this.api, clock, random, storage: this.#storage, lock, listener});
  }

  /** Joins the person's own channel, if it is known who that is. */
  joinUserChannel(): void {
    if (this.#userChannel) return;
    const name = this.userChannelName;
    if (name !== null) this.#userChannel = this.link.connection.subscribe(name);
  }

  get userChannelName(): string | null {
    return this.userId === null ? null : channelName(this.#resolved.userChannel, this.userId);
  }

  conversationChannelName(conversationId: Id): string | null {
    const {conversationChannel} = this.#resolved;
    return conversationChannel === null ? null : channelName(conversationChannel, conversationId);
  }

  /** Deletes what is kept of this person on this machine. */
  wipe(): Promise<void> {
    return this.#storage.clear();
  }

  dispose(): void {
    this.#userChannel?.unsubscribe();
    this.#userChannel = null;
    this.outbox.dispose();
    this.link.release();
  }
}
