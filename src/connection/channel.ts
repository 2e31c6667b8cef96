import {SubscriptionError, type ChannelInfo, type ChannelState, type ChatError, type ChatEvent} from '../model/index.js';
import {Alarm} from './alarm.js';
import {readAuthFailure, type AuthFailure} from './auth-failure.js';
import {fullJitter} from './backoff.js';
import {Handle, type HeldChannel} from './channel-handle.js';
import {needsAuthorization} from './channel-name.js';
import type {AuthorizeHandler, ChannelAuth, ConnectionEnvironment} from './types.js';

const ACK_TIMEOUT = 10_000;
const MOST_FAILURES = 3;
const LONGEST_WAIT = 20_000;
/** Reverb closes the socket (1009) at a larger frame, so a larger whisper would cost everybody the connection (bytes). */
const LARGEST_WHISPER = 10_000;

/** What a channel needs of the table it stands in. */
export interface ChannelHost {
  readonly environment: Pick<ConnectionEnvironment, 'clock' | 'random'>;
  readonly authorize: AuthorizeHandler;
  subscribe(channel: string, auth: ChannelAuth | null): void;
  unsubscribe(channel: string): void;
  send(event: string, data: object, channel: string): boolean;
  /** Its state, or who is in it, has changed. */
  changed(channel: Channel): void;
  /** Nobody holds it any more. */
  abandoned(channel: Channel): void;
  /** The authorization route wants to be left alone. */
  pause(ms: number): void;
  unauthorized(error: ChatError): void;
  report(error: ChatError): void;
}

/** One channel and its holders: from wanting it to having it, on whatever socket there is. */
export class Channel implements HeldChannel {
  readonly name: string;
  readonly #host: ChannelHost;
  readonly #handles = new Set<Handle>();
  readonly #alarm: Alarm;
  #state: ChannelState = 'idle';
  #members: ReadonlyMap<string, unknown> | undefined;
  #failures = 0;
  #denial: SubscriptionError | null = null;
  #run: AbortController | null = null;

  constructor(name: string, host: ChannelHost) {
    this.name = name;
    this.#host = host;
    this.#alarm = new Alarm(host.environment.clock);
  }

  get state(): ChannelState {
    return this.#state;
  }

  get info(): ChannelInfo {
    const {name, state} = this;
    return this.#members ? {name, state, members: this.#members} : {name, state};
  }

  /** Whether it takes up one of the places for subscriptions under way. */
  get isUnderWay(): boolean {
    return this.#state === 'authorizing' || this.#state === 'subscribing';
  }

  hold(): Handle {
    const handle = new Handle(this);
    this.#handles.add(handle);
    if (this.#state === 'subscribed') handle.tellState('subscribed');
    if (this.#denial) handle.fail(this.#denial);
    return handle;
  }

  giveBack(handle: Handle): void {
    handle.fail(new SubscriptionError('subscription-failed', this.name, `${this.name} was given back before it was subscribed.`));
    if (!this.#handles.delete(handle) || this.#handles.size > 0) return;
    const isOnServer = this.#state === 'subscribing' || this.#state === 'subscribed';
    this.#stop();
    this.#state = 'idle';
    if (isOnServer) this.#host.unsubscribe(this.name);
    this.#host.abandoned(this);
  }

  /** Begins to subscribe on the socket of this id. */
  begin(socketId: string): void {
    if (!needsAuthorization(this.name)) return this.#subscribe(null);
    const run = new AbortController();
    this.#run = run;
    this.#enter('authorizing');
    this.#authorize({channelName: this.name, socketId, signal: run.signal}).then(
      // An answer for a socket that is gone would be refused on the next one.
      (auth) => run === this.#run && this.#subscribe(auth),
      (error: unknown) => run === this.#run && this.#settle(readAuthFailure(error, this.name)),
    );
  }

  /** The server has confirmed it. */
  confirm(members: ReadonlyMap<string, unknown> | undefined): void {
    if (this.#state !== 'subscribing' && this.#state !== 'subscribed') return;
    this.#alarm.clear();
    this.#failures = 0;
    this.#members = members;
    this.#enter('subscribed');
  }

  setMembers(members: ReadonlyMap<string, unknown>): void {
    if (this.#state !== 'subscribed') return;
    this.#members = members;
    this.#host.changed(this);
  }

  /** The server refused the subscription after all. */
  reject(status: number | null): void {
    if (this.#state !== 'subscribing') return;
    const denied = status === 401 || status === 403;
    this.#fail(
      new SubscriptionError(
        'subscription-failed',
        this.name,
        `The server did not accept the subscription of ${this.name}.`,
        denied ? status : null,
      ),
    );
  }

  /** The socket is gone. */
  down(): void {
    this.#stop();
    this.#failures = 0;
    // What was given up, and not refused, gets another chance on the next socket: somebody may have mended the route.
    if (this.#denial?.code === 'subscription-failed') this.#denial = null;
    if (this.#state !== 'idle' && !this.#denial) this.#enter('idle');
  }

  /** Makes a denied channel wanted again. */
  forgive(): void {
    if (!this.#denial) return;
    this.#denial = null;
    this.#failures = 0;
    this.#enter('idle');
  }

  /** Takes back every handle. */
  dispose(): void {
    for (const handle of [...this.#handles]) handle.unsubscribe();
  }

  tell(event: ChatEvent): void {
    for (const handle of [...this.#handles]) handle.tellEvent(event);
  }

  whisper(event: string, data: object): boolean {
    if (this.#state !== 'subscribed' || !event.startsWith('client-')) return false;
    try {
      // Twice encoded on the wire at the worst, and with the frame around it.
      if (new TextEncoder().encode(JSON.stringify(data)).byteLength + event.length + this.name.length + 60 > LARGEST_WHISPER)
        return false;
    } catch {
      return false;
    }
    return this.#host.send(event, data, this.name);
  }

  async #authorize(request: Parameters<AuthorizeHandler>[0]): Promise<ChannelAuth> {
    const answer = await this.#host.authorize(request);
    if (typeof answer?.auth === 'string') return answer;
    throw new SubscriptionError('subscription-failed', this.name, `authorizeChannel gave no auth for ${this.name}.`);
  }

  #subscribe(auth: ChannelAuth | null): void {
    this.#run = null;
    this.#enter('subscribing');
    // Reverb's refusal names no channel, so a missing confirmation is all there is to go by.
    this.#alarm.set(ACK_TIMEOUT, () => {
      this.#fail(
        new SubscriptionError('subscription-failed', this.name, `The server did not confirm the subscription of ${this.name}.`),
      );
    });
    this.#host.subscribe(this.name, auth);
  }

  #settle(failure: AuthFailure): void {
    this.#run = null;
    switch (failure.kind) {
      case 'unauthorized':
        // Whoever hears of this closes the socket, and that sets the channel back. Idle before, it would begin again at once.
        return this.#host.unauthorized(failure.error);
      case 'denied':
        return this.#deny(failure.error);
      case 'paused':
        this.#host.pause(failure.wait + this.#host.environment.random() * 1000);
        return this.#enter('idle');
      case 'later':
        this.#failures += 1;
        return this.#wait();
      case 'broken':
        return this.#fail(failure.error);
    }
  }

  #fail(error: SubscriptionError): void {
    if (this.#state === 'subscribing') this.#host.unsubscribe(this.name);
    this.#alarm.clear();
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES) this.#deny(error);
    else this.#wait();
  }

  #wait(): void {
    this.#alarm.set(fullJitter(this.#failures - 1, LONGEST_WAIT, this.#host.environment.random), () => this.#enter('idle'));
    this.#enter('waiting');
  }

  #deny(error: SubscriptionError): void {
    this.#denial = error;
    for (const handle of [...this.#handles]) handle.fail(error);
    this.#enter('denied');
    this.#host.report(error);
  }

  #stop(): void {
    this.#alarm.clear();
    this.#run?.abort();
    this.#run = null;
    this.#members = undefined;
  }

  #enter(state: ChannelState): void {
    this.#state = state;
    this.#host.changed(this);
    for (const handle of [...this.#handles]) handle.tellState(state);
  }
}
