import {createLog} from '../logging/index.js';
import {
  ApiError,
  SubscriptionError,
  type ChatError,
  type ChannelInfo,
  type ChannelState,
  type ChatEvent,
} from '../model/index.js';
import {within} from '../model/within.js';
import {Alarm} from './alarm.js';
import {fullJitter} from './backoff.js';
import {checkAuth, meaningOf, toSubscriptionError} from './channel-auth.js';
import {Handle, type HeldChannel} from './channel-handle.js';
import {needsAuthorization} from './channel-name.js';
import type {Transport} from './transport.js';
import type {AuthorizeHandler, ChannelAuth, ConnectionEnvironment} from './types.js';

const log = createLog('ChannelAuthorizer');

/** How long a handler of the host may take (ms); one that never answers must not block others. Our own gives up sooner. */
const AUTH_TIMEOUT = 60_000;
/** How long the server may take to confirm a subscription (ms). */
const ACK_TIMEOUT = 10_000;
/** From this many failures in a row on, one that does not look temporary denies the channel. */
const MOST_FAILURES = 3;
/** The longest wait between two tries (ms). */
const LONGEST_WAIT = 20_000;
/** The pause after a 429 that does not say how long to wait, and the longest one that is kept if it does (ms). */
const DEFAULT_PAUSE = 5000;
const LONGEST_PAUSE = 300_000;
/** After which time a channel that has failed so often is tried anew (ms). */
const FORGIVE_AFTER = 300_000;
/** The largest whisper (bytes). Reverb closes the socket (1009) for a larger frame. */
const LARGEST_WHISPER = 10_000;

/** What all channels of a connection have in common. */
export interface ChannelsOptions {
  readonly environment: Pick<ConnectionEnvironment, 'clock' | 'random'>;
  readonly authorize: AuthorizeHandler;
  /** `null` where there can be no connection. */
  readonly transport: Pick<Transport, 'subscribe' | 'unsubscribe' | 'send'> | null;
  /** The server refused the token for good. */
  readonly onUnauthorized: (error: ChatError) => void;
  readonly onError: (error: ChatError) => void;
}

/** What a channel needs from the table of channels. */
export interface ChannelHost {
  readonly options: ChannelsOptions;
  /** The authorization route asked for a pause: no channel may begin for `ms`. */
  pause(ms: number): void;
  /** The state of a channel has changed, so the next one may begin. */
  pump(): void;
  /** The last holder has given the channel back. */
  abandon(channel: Channel): void;
}

/** A channel, its holders, and the way to its subscription on each socket. */
export class Channel implements HeldChannel {
  readonly name: string;
  readonly #host: ChannelHost;
  readonly #options: ChannelsOptions;
  readonly #handles = new Set<Handle>();
  readonly #alarm: Alarm;
  #state: ChannelState = 'idle';
  #members: ReadonlyMap<string, unknown> | undefined;
  #failures = 0;
  /** Why it is denied; `null` while it is not. */
  #denial: SubscriptionError | null = null;
  /** Aborts the authorization, if it is still under way. */
  #run: AbortController | null = null;

  constructor(name: string, host: ChannelHost) {
    this.name = name;
    this.#host = host;
    this.#options = host.options;
    this.#alarm = new Alarm(host.options.environment.clock);
  }

  get state(): ChannelState {
    return this.#state;
  }

  get info(): ChannelInfo {
    const {name, state} = this;
    return this.#members ? {name, state, members: this.#members} : {name, state};
  }

  /** Whether it counts as one of the subscriptions under way, of which there may be only a few at once. */
  get isUnderWay(): boolean {
    return this.#state === 'authorizing' || this.#state === 'subscribing';
  }

  /** Adds a holder. Aborting `signal` gives the handle back. */
  hold(signal?: AbortSignal): Handle {
    const handle = new Handle(this, signal);
    this.#handles.add(handle);
    if (this.#state === 'subscribed') handle.succeed();
    if (this.#denial) handle.fail(this.#denial);
    return handle;
  }

  /** Removes a holder. The channel is left with the last one. */
  giveBack(handle: Handle): void {
    handle.fail(this.#failure('was given back.'));
    if (!this.#handles.delete(handle) || this.#handles.size > 0) return;
    this.#stop();
    this.#options.transport?.unsubscribe(this.name);
    this.#host.abandon(this);
  }

  /** Begins to subscribe on the socket with this id. */
  begin(socketId: string): void {
    if (!needsAuthorization(this.name)) return this.#subscribe(null);
    const run = new AbortController();
    this.#run = run;
    this.#authorize({channelName: this.name, socketId, signal: run.signal}).then(
      // An answer that comes for a former socket is ignored: its signature would be refused on this one.
      (auth) => run === this.#run && this.#subscribe(auth),
      (error: unknown) => run === this.#run && this.#settle(error),
    );
    // A handler of the host may have disconnected.
    if (run === this.#run) this.#enter('authorizing');
  }

  /** The server has confirmed the subscription, or the members of the channel have changed since. */
  confirm(members: ReadonlyMap<string, unknown> | undefined): void {
    this.#members = members;
    if (this.#state === 'subscribing') this.#succeed();
    if (members) for (const handle of [...this.#handles]) handle.members.call(members);
  }

  /** The server refused the subscription although the backend had authorized it. */
  reject(status: number | null): void {
    if (this.#state !== 'subscribing') return;
    this.#fail(
      this.#failure(
        'was refused: is `auth` made with the key and secret of the socket server?',
        status === 401 || status === 403 ? status : null,
      ),
    );
  }

  /** The socket is gone. */
  down(): void {
    this.#stop();
    this.#failures = 0;
    // A channel that failed, rather than was refused, gets another chance on the next socket: the fault may be gone by then.
    if (this.#denial?.code === 'subscription-failed') this.#denial = null;
    if (this.#state !== 'idle' && !this.#denial) this.#enter('idle');
  }

  /** Lets a denied channel be tried again. */
  forgive(): void {
    if (!this.#denial) return;
    this.#alarm.clear();
    this.#denial = null;
    this.#failures = 0;
    this.#enter('idle');
  }

  /** Ends every handle. */
  dispose(): void {
    for (const handle of [...this.#handles]) handle.unsubscribe();
  }

  tell(event: ChatEvent): void {
    for (const handle of [...this.#handles]) handle.events.call(event);
  }

  whisper(event: string, data: object): boolean {
    if (this.#state !== 'subscribed' || !event.startsWith('client-')) return false;
    try {
      // The frame around the data counts, too.
      const size = new TextEncoder().encode(JSON.stringify(data)).byteLength + event.length + this.name.length + 60;
      if (size > LARGEST_WHISPER) return false;
    } catch {
      return false;
    }
    return this.#options.transport?.send(event, data, this.name) ?? false;
  }

  async #authorize(request: Parameters<AuthorizeHandler>[0]): Promise<ChannelAuth> {
    const {authorize, environment} = this.#options;
    const deadline = {...environment, timeout: AUTH_TIMEOUT, signal: request.signal, what: this.name};
    return checkAuth(await within(deadline, async (signal) => authorize({...request, signal})), this.name);
  }

  #subscribe(auth: ChannelAuth | null): void {
    this.#options.transport?.subscribe(this.name, auth);
    // Reverb does not name the channel when it refuses one, so the only sign is that no confirmation comes.
    this.#alarm.set(ACK_TIMEOUT, () => this.#fail(this.#failure('was not confirmed.')));
    this.#enter('subscribing');
  }

  #succeed(): void {
    this.#alarm.clear();
    for (const handle of [...this.#handles]) handle.succeed();
    this.#enter('subscribed');
  }

  #settle(error: unknown): void {
    const meaning = meaningOf(error);
    // The listener closes the socket, which resets this channel. It must not become `idle` before that: it would begin again at once.
    if (meaning === 'unauthorized') return this.#options.onUnauthorized(error as ChatError);
    if (meaning === 'subscription-denied') return this.#deny(toSubscriptionError(error, this.name));
    const isLater = error instanceof ApiError && (error.isTransient || error.code === 'aborted');
    if (!isLater) return this.#fail(toSubscriptionError(error, this.name));
    log.warn('will ask again', {channel: this.name, why: error.message});
    if (error.status === 429) {
      const pause = Math.min(LONGEST_PAUSE, error.retryAfter ?? DEFAULT_PAUSE) + this.#options.environment.random() * 1000;
      this.#host.pause(pause);
      return this.#wait(pause);
    }
    this.#failures += 1;
    this.#wait();
  }

  #fail(error: SubscriptionError): void {
    this.#options.transport?.unsubscribe(this.name);
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES) this.#deny(error);
    else this.#wait();
  }

  #wait(ms = fullJitter(this.#failures - 1, LONGEST_WAIT, this.#options.environment.random)): void {
    this.#alarm.set(ms, () => this.#enter('idle'));
    this.#enter('waiting');
  }

  #deny(error: SubscriptionError): void {
    this.#denial = error;
    for (const handle of [...this.#handles]) handle.fail(error);
    // The socket may last for days, and the fault be over in a minute.
    if (error.code === 'subscription-failed') this.#alarm.set(FORGIVE_AFTER, () => this.forgive());
    this.#enter('denied');
    this.#options.onError(error);
  }

  #stop(): void {
    this.#alarm.clear();
    this.#run?.abort();
    this.#run = null;
    this.#members = undefined;
  }

  /** `what` goes on from the name of the channel. */
  #failure(what: string, status: number | null = null): SubscriptionError {
    return new SubscriptionError('subscription-failed', this.name, `${this.name} ${what}`, status);
  }

  #enter(state: ChannelState): void {
    this.#state = state;
    for (const handle of [...this.#handles]) handle.states.call(state);
    // Last, since it may begin this channel again, which is news of its own.
    this.#host.pump();
  }
}
