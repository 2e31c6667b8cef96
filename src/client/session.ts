import {RestChatApi} from '../api/index.js';
import type {ChatApi} from '../api/chat-api.js';
import type {ChannelHandle} from '../connection/types.js';
import {ApiError, type Clock, type Id} from '../model/index.js';
import {CookiePerson} from './cookie-person.js';
import {openLink, type Link} from './link.js';
import {channelName, PLACE_OF_ID, type ResolvedOptions} from './options.js';
import {lastLogin, openOutboxStorage, scopeOf, wipeOutboxStorage} from './outbox-store.js';
import type {OutboxStorage} from './outbox-storage.js';
import {Outbox, type OutboxListener} from './outbox.js';
import {Notifier, type NotifierListener} from './notifier.js';
import {exclusiveLock} from './tab-lock.js';
import {Tabs} from './tabs.js';
import type {ChatClientOptions, Locks} from './types.js';

/** What a session calls on its client. */
export interface SessionListener extends OutboxListener, NotifierListener {
  /** Unsent messages no longer survive a reload. */
  storageLost(): void;
  /** A row of an answer could not be read. */
  leftOut(error: ApiError): void;
}

/** Everything that belongs to one person: connection, token, REST API, outbox. It ends when the person changes. */
export class Session {
  readonly userId: Id | null;
  readonly link: Link;
  readonly api: ChatApi;
  readonly outbox: Outbox;
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** How many messages of one conversation may be loaded. */
  readonly maxMessages: number;
  readonly #resolved: ResolvedOptions;
  /** The other tabs of the same person. */
  readonly tabs: Tabs;
  readonly notifier: Notifier;
  /** Locks among the tabs, `null` where there are none. */
  readonly locks: Locks | null;
  readonly #scope: string | null;
  readonly #beganAt: number;
  readonly #cookiePerson: CookiePerson | null;
  #userChannel: ChannelHandle | null = null;
  /** Whether `connect()` was called. Nothing is fetched before that: it may not be known yet who the person is. */
  isStarted = false;
  readonly #ending = new AbortController();
  #lastWritten = 0;

  constructor(userId: Id | null, options: ChatClientOptions, resolved: ResolvedOptions, listener: SessionListener) {
    const {environment, apiBase, credentials, headers} = resolved;
    const {clock, random} = environment;
    this.clock = clock;
    this.#beganAt = clock.now();
    this.random = random;
    this.maxMessages = resolved.maxMessages;
    this.userId = userId;
    this.#resolved = resolved;
    this.link = openLink(userId, options, resolved);
    const token = this.link.tokens;
    const cookiePerson = (this.#cookiePerson = options.authorizeChannel ? null : new CookiePerson(userId, resolved));
    // A call must not be made with the token or the cookie of another person: not one that waited for a token while the person changed, and
    // none after somebody else has signed in in another tab.
    const fetch: typeof environment.fetch = async (input, init) => {
      if (this.signal.aborted) throw new ApiError('aborted', 'The user changed.');
      if (new Headers(init?.headers).has('X-XSRF-TOKEN') && cookiePerson?.isAnother) {
        const reason = 'Somebody else has signed in in another tab. Load the page again.';
        throw new ApiError('unauthorized', reason, {status: 401});
      }
      return environment.fetch(input, init);
    };
    const onError = (error: ApiError): void => listener.leftOut(error);
    this.api = options.api ?? new RestChatApi({apiBase, token, credentials, headers, fetch, clock, onError});
    const scope = (this.#scope = scopeOf(apiBase, userId));
    this.tabs = new Tabs(scope, environment);
    this.locks = environment.locks;
    this.#shareToken();
    const storage = (this.storage = openOutboxStorage(scope, environment, () => listener.storageLost(), this.signal));
    const lock = exclusiveLock(scope, environment);
    this.outbox = new Outbox({api: this.api, clock, random, storage, lock, listener});
    const {isVisible} = environment;
    this.notifier = new Notifier({userId, api: this.api, clock, tabs: this.tabs, lock, isVisible, listener});
  }

  /** Aborted by `dispose`. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Subscribes to the person's own channel, if the person is known. `joined` is called each time the subscription is confirmed. */
  joinUserChannel(joined: () => void): void {
    if (this.#userChannel) return;
    const name = this.#userChannelName;
    if (name !== null) this.#userChannel = this.link.connection.subscribe(name);
    this.#userChannel?.onStateChange((state) => {
      if (state !== 'subscribed') return;
      if (this.link.tokens.current === null) this.#cookiePerson?.confirm();
      joined();
    });
  }

  /** Handles of the channels that the events of a conversation come over. The caller gives them back. */
  holdChannels(conversationId: Id): readonly ChannelHandle[] {
    const names = [this.#userChannelName, this.#conversationChannel(conversationId)];
    return names.filter((name) => name !== null).map((name) => this.link.connection.subscribe(name));
  }

  /** Sends a client event on the conversation's own channel. Returns whether it was sent. */
  whisper(conversationId: Id, event: string, data: object): boolean {
    const {connection} = this.link;
    const name = this.#conversationChannel(conversationId);
    if (name === null || connection.channels.get(name)?.state !== 'subscribed') return false;
    const handle = connection.subscribe(name);
    const sent = handle.whisper(event, data);
    handle.unsubscribe();
    return sent;
  }

  /** The current time (ms since the epoch), but always later than at the call before. */
  writingTime(): number {
    this.#lastWritten = Math.max(this.clock.now(), this.#lastWritten + 1);
    return this.#lastWritten;
  }

  #conversationChannel(conversationId: Id): string | null {
    const {conversationChannel} = this.#resolved;
    return conversationChannel === null ? null : channelName(conversationChannel, conversationId);
  }

  /** The conversation whose own channel this is; `null` for any other channel. */
  conversationOf(channel: string): Id | null {
    const [before = '', after = ''] = this.#resolved.conversationChannel?.split('{id}') ?? [];
    const id = channel.slice(before.length, channel.length - after.length);
    return id && this.#conversationChannel(id) === channel ? id : null;
  }

  /** Shares tokens among the tabs: one that was renewed here goes to the others. One that came from them is not sent back. */
  #shareToken(): void {
    let received: string | null = null;
    const {tokens} = this.link;
    const {signal} = this;
    this.tabs.listen(
      (message) => {
        if (message.type !== 'token') return;
        received = message.token;
        tokens.setToken(message.token);
      },
      {signal},
    );
    tokens.onChange(
      (token) => {
        if (typeof token === 'string' && token !== received) this.tabs.tell({type: 'token', token});
      },
      {signal},
    );
  }

  get #userChannelName(): string | null {
    const {userChannel} = this.#resolved;
    return this.userId === null && userChannel.includes(PLACE_OF_ID) ? null : channelName(userChannel, this.userId ?? '');
  }

  /** Whether it began after a time (ms since the epoch). Not if the clock was set back since: then nobody knows. */
  beganAfter(time: number): boolean {
    return this.#beganAt > time && this.#beganAt <= this.clock.now();
  }

  /**
   * Deletes what is stored for this person on this machine. Works after `dispose`, and while another tab has the storage open. Deletes nothing
   * if the person has signed in again after `loggedOutAt` (ms since the epoch): this tab has heard of the logout too late.
   */
  async wipe(loggedOutAt = Infinity): Promise<void> {
    if (lastLogin(this.#scope) > loggedOutAt) return;
    this.#cookiePerson?.forget();
    await wipeOutboxStorage(this.#scope, this.#resolved.environment);
  }

  dispose(): void {
    this.isStarted = false;
    this.#userChannel?.unsubscribe();
    this.#userChannel = null;
    this.#ending.abort();
    this.outbox.dispose();
    this.notifier.dispose();
    this.tabs.close();
    this.link.release();
  }
}
