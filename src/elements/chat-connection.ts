import {css, html, type PropertyValues, type TemplateResult} from 'lit';
import {trustImagesFrom} from '../behaviors/safe-url.js';
import {dropClient, holdClient} from '../context/client-provider.js';
import {
  announceConnection,
  connectionChanges,
  warnAbout,
  type ChatClient,
  type ChatClientOptions,
  type Identity,
} from '../context/index.js';
import {localeChanges} from '../i18n/index.js';
import {sameId, type ConnectionState, type Id, type Message, type TokenProvider, type Unsubscribe} from '../model/index.js';
import {ChatElement} from './chat-element.js';
import {problemOf, toClientOptions, toDebug, toPort, type ConnectionSettings} from './connection-settings.js';
import {property} from './decorators.js';
import {emit} from './dom-events.js';

/** How long an element without any setting waits for a script to set it up before it warns, in ms. */
const PATIENCE = 3000;

/** The properties that decide which client is used. All others may change without a new client. */
const DECISIVE = [
  'appKey',
  'wsHost',
  'wsPort',
  'wsPath',
  'scheme',
  'cluster',
  'authEndpoint',
  'apiBase',
  'userId',
  'userChannel',
  'conversationChannel',
  'credentials',
  'headers',
  'shareConnection',
  'api',
  'debug',
] as const;

/** The attribute that a framework takes away once it has hydrated the element: what is set by script is there from then on. */
const UNSET = 'defer-hydration';

/** The message of the last `chat-notify`. */
let notified: Message | undefined;

/**
 * Connects everything inside it, and everything that names it by `connection="ID"`, to a chat backend. It shows nothing itself.
 *
 * It connects once its settings are complete, and stays connected while it is in the page. Connections with the same settings share one
 * socket. If the settings cannot work, it warns once in the console and does not connect.
 *
 * @customElement chat-connection
 *
 * @slot - The elements that use this connection, and anything else.
 *
 * @fires {WsStateChangeEvent} ws-state-change - The connection changed its state, or a client that is not idle was taken over.
 * @fires {WsErrorEvent} ws-error - Something went wrong; everything else goes on.
 * @fires {ChatEventEvent} chat-event - Something happened on the server.
 * @fires {ChatNotifyEvent} chat-notify - The person should be notified of a message of somebody else: once, in one tab only.
 */
export class ChatConnectionElement extends ChatElement {
  // Without `hostStyles`: what is inside belongs to the page and keeps its styles.
  static override styles = css`
    :host {
      display: block;
    }

    :host([hidden]) {
      display: none !important;
    }
  `;

  /** The key of the app on the socket server. */
  @property({attribute: 'app-key'}) appKey?: string | undefined;

  /** The host of the socket server, without scheme and port. */
  @property({attribute: 'ws-host'}) wsHost?: string | undefined;

  /** Its port. Default 443 for https and 80 for http. */
  @property({attribute: 'ws-port', converter: toPort}) wsPort?: number | undefined;

  /** What comes before `/app` in the address of the socket. Default none. */
  @property({attribute: 'ws-path'}) wsPath?: string | undefined;

  /** `https` gives wss, `http` gives ws. Default: as the page was loaded; `https` with `cluster`. */
  @property() scheme?: 'https' | 'http' | undefined;

  /** The cluster of hosted Pusher Channels, in place of `ws-host`. */
  @property() cluster?: string | undefined;

  /** Where channels are authorized. Default `/broadcasting/auth`. */
  @property({attribute: 'auth-endpoint'}) authEndpoint?: string | undefined;

  /** The address under which the REST routes are. Default `/api`. */
  @property({attribute: 'api-base'}) apiBase?: string | undefined;

  /** The id of the person who uses the page. */
  @property({attribute: 'user-id'}) userId?: Id | undefined;

  /** The person's own channel. Default `private-user.{id}`. */
  @property({attribute: 'user-channel'}) userChannel?: string | undefined;

  /** The channel of a conversation, e.g. `presence-conversation.{id}`. Default none. */
  @property({attribute: 'conversation-channel'}) conversationChannel?: string | undefined;

  /** For requests without a token, as in `fetch`. Default `same-origin`. */
  @property() credentials?: RequestCredentials | undefined;

  /** Whether the tabs of this person share one socket. Where the browser does not let them, each has its own. */
  @property({type: Boolean, attribute: 'share-connection'}) shareConnection = false;

  /** The language of everything inside, e.g. `uz`. Default: that of the page. */
  @property({reflect: true}) locale?: string | undefined;

  /** Whether it waits for `connect()` instead of connecting by itself. */
  @property({type: Boolean}) manual = false;

  /** Whether the log is written to the console: all of it, or the tags it names (`debug="Outbox,ChatTransport"`). Never with tokens in it. */
  @property({converter: toDebug}) debug: boolean | string = false;

  /** The token of the person. Only a property: in an attribute, everything on the page could read it. */
  @property({attribute: false}) token?: string | null | undefined;

  /** Called for the token: at first, before it expires, and when the server has refused it. Returns `null` to use the session cookie. */
  @property({attribute: false}) tokenProvider?: TokenProvider | undefined;

  /** Headers for every request. */
  @property({attribute: false}) headers?: Readonly<Record<string, string>> | undefined;

  /** Used instead of the REST routes under `api-base`. */
  @property({attribute: false}) api?: ChatClientOptions['api'];

  #given: ChatClient | undefined;
  #own: ChatClient | undefined;
  #held: ChatClient | undefined;
  /** Whether `disconnect()` was called, and not `connect()` or `retry()` since. */
  #isClosed = false;
  /** The state of the last `ws-state-change`; `idle` again once the element has left the page. */
  #told: ConnectionState = 'idle';
  #subscriptions: Unsubscribe[] = [];
  #conceal: Unsubscribe | undefined;

  /** The client that everything inside uses. One that the page sets takes precedence over all settings. */
  @property({attribute: false, noAccessor: true})
  get client(): ChatClient | undefined {
    return this.#given ?? this.#own;
  }

  set client(client: ChatClient | undefined) {
    const before = this.client;
    this.#given = client;
    this.requestUpdate('client', before);
  }

  /** The state of the connection; `idle` while there is no client. */
  get state(): ConnectionState {
    return this.client?.state ?? 'idle';
  }

  /**
   * Connects. Resolves with whether it is connected; with `false`, and a warning, if the settings cannot work. Never rejects. `identity` says
   * as whom, in place of `token` and `userId`, which it sets.
   */
  async connect(identity: Identity = {}): Promise<boolean> {
    const {token = this.token, userId = this.userId} = identity;
    this.token = token;
    this.userId = userId ?? undefined;
    if (!this.isConnected) return false;
    const client = this.#upToDate;
    this.#isClosed = false;
    if (!client) this.#warnOf(problemOf(this.#settings()));
    return client?.connect(this.#identityFor(client, identity)) ?? false;
  }

  /** Closes the socket and stays closed until `connect()` or `retry()`. */
  disconnect(): void {
    const client = this.#upToDate;
    this.#isClosed = true;
    client?.disconnect();
  }

  /** Tries again now instead of later. */
  retry(): void {
    // By `connect()`, so that a token that was set while it was closed is used. Out of the page, nobody would close it again.
    if (this.#isClosed || !this.isConnected) void this.connect();
    else this.client?.retry();
  }

  /** Logs out: disconnects, in every tab, and deletes what is stored for this person on this machine. */
  async shutdown(): Promise<void> {
    await this.#upToDate?.shutdown();
  }

  /** The client, after properties that were set in this task have been applied. Otherwise they would connect it a moment later. */
  get #upToDate(): ChatClient | undefined {
    if (this.isConnected && this.isUpdatePending) this.performUpdate();
    return this.client;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#conceal ??= announceConnection(this);
    if (this.locale) localeChanges.call();
    // It may have been out of the page and have released its client.
    if (!this.#held) this.requestUpdate('client', undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is moved is removed and added in one go. Only if it is still outside after this task has it left the page.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#conceal?.();
      this.#conceal = undefined;
      if (this.locale) localeChanges.call();
      this.#letGo();
    });
  }

  connectedMoveCallback(): void {
    // Because this method exists, the browser does not call the two above when the element is moved by `moveBefore`.
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'id', 'token', 'token-provider', UNSET];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'id') {
      connectionChanges.call();
      localeChanges.call();
    } else if (name.startsWith('token')) {
      if (value !== null) warnAbout(this, `${name} is no attribute, as all can read it: set the property by script.`);
    } else super.attributeChangedCallback(name, old, value);
    if (name === UNSET) this.requestUpdate();
  }

  /** Not before the update: what a listener sets who hears of the state would belong to an update whose settings are applied already. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('locale')) localeChanges.call();
    // What a server has sent is a part of the settings. With that alone it would warn, or begin as somebody else.
    if (!this.#held && (!this.isConnected || this.hasAttribute(UNSET))) return;
    // The client calls whatever provider this element has at the time, so another provider needs no other client. But a client that was made
    // without one never asks, and when a server's markup is hydrated, the provider is set only then.
    const gainsProvider = changed.has('tokenProvider') && !changed.get('tokenProvider');
    if (!this.#held || gainsProvider || changed.has('client') || DECISIVE.some((name) => changed.has(name))) {
      this.#choose(changed.get('userId'));
    } else if (changed.has('token') && this.#own && (this.state !== 'idle' || (this.token && !this.manual && !this.#isClosed))) {
      // A token that is removed, as at a logout, must not connect it.
      void this.#own.connect(this.#identityFor(this.#own));
    }
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  /**
   * Switches to the client that was set, or that belongs to the settings, and releases the former one. Out of the page to none, as nothing
   * would make it let go of that one.
   */
  #choose(formerUser: Id | undefined): void {
    const before = this.#held;
    const {isConnected} = this;
    const options = isConnected && !this.#given ? this.#checkedOptions() : undefined;
    const own = options && holdClient(options, this);
    const next = isConnected ? (this.#given ?? own) : undefined;
    const wasOwn = before === this.#own;
    this.#own = own;
    if (next === before) return;
    this.#held = undefined;
    this.#stopListening();
    if (before) this.#leave(before, wasOwn ? formerUser : undefined);
    if (next) this.#hold(next);
    // The client may be shared and connected already.
    this.#tell();
    connectionChanges.call();
  }

  #hold(client: ChatClient): void {
    this.#held = client;
    client.retain(this);
    trustImagesFrom(client.options.apiBase ?? '');
    this.#subscriptions = [
      client.onStateChange(() => this.#tell()),
      client.onError((error) => emit(this, 'ws-error', {error})),
      client.onEvent((event) => emit(this, 'chat-event', {event})),
      client.onNotify((message) => {
        // Connections with the same settings share a client. One event is enough for the page.
        if (notified === message) return;
        notified = message;
        emit(this, 'chat-notify', {message});
      }),
    ];
    // Whatever its state, which may come from the socket of another client. One that has begun to connect may have a token that was replaced.
    if (!this.manual && !this.#isClosed) void client.connect(client.state === 'connected' ? {} : this.#identityFor(client));
  }

  #leave(client: ChatClient, formerUser: Id | undefined): void {
    const isLast = dropClient(client, this);
    // Another person uses the page now, so the data of the former one is deleted. What becomes of its own clients is for the page to say.
    if (isLast && formerUser !== undefined && !sameId(client.userId, this.userId)) void client.shutdown();
  }

  #letGo(): void {
    this.#stopListening();
    if (this.#held) dropClient(this.#held, this);
    this.#held = undefined;
    this.#told = 'idle';
  }

  #tell(): void {
    const {state} = this;
    const previous = this.#told;
    this.#told = state;
    if (state !== previous) emit(this, 'ws-state-change', {state, previous});
  }

  #stopListening(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#subscriptions = [];
  }

  /** The options for the settings; undefined, usually with a warning, if they cannot work. */
  #checkedOptions(): ChatClientOptions | undefined {
    const settings = this.#settings();
    const problem = problemOf(settings);
    if (problem === undefined) {
      const {token, tokenProvider, api} = this;
      const provide: TokenProvider = (request) => this.tokenProvider?.(request) ?? null;
      return {...toClientOptions(settings), token, api, tokenProvider: tokenProvider && provide};
    }
    // Incomplete settings are a mistake, except with `manual`: then the rest may come after signing in.
    if (this.manual) return undefined;
    // An element without any setting may get its client, or its settings, from a script that runs a moment later.
    if (Object.values(settings).some(Boolean)) this.#warnOf(problem);
    else this.#warnLaterOf(problem);
    return undefined;
  }

  #warnLaterOf(problem: string): void {
    setTimeout(() => {
      if (this.isConnected && !this.client) this.#warnOf(problem);
    }, PATIENCE);
  }

  #warnOf(problem: string | undefined): void {
    if (problem !== undefined) warnAbout(this, `${problem} It does not connect.`);
  }

  #settings(): ConnectionSettings {
    return Object.fromEntries(DECISIVE.filter((name) => name !== 'api').map((name) => [name, this[name] ?? undefined]));
  }

  /** Who this element says the person is. A client that the page has set knows that itself, or is told by `given`. */
  #identityFor(client: ChatClient, given: Identity = {}): Identity {
    const {token, userId} = this;
    return client === this.#given ? given : {token, userId};
  }
}
