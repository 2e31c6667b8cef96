import {
  ApiError,
  Listeners,
  warnOnce,
  type Clock,
  type ListenOptions,
  type TokenProvider,
  type TokenReason,
  type TokenSource,
  type Unsubscribe,
} from '../model/index.js';
import {within} from '../model/within.js';
import {createLog} from '../logging/index.js';
import {Alarm, LONGEST_TIMER} from './alarm.js';

/** How long the provider may take (ms). */
const PROVIDER_TIMEOUT = 10_000;
/** The shortest time between two calls of the provider (ms). */
const SHORTEST_INTERVAL = 5000;
/** How long before its end a token is renewed (ms), and by how much more at random. */
const REFRESH_BEFORE = 60_000;
const REFRESH_SPREAD = 30_000;
/** How long after an early renewal that failed the next one is tried (ms). */
const REFRESH_AGAIN = 15_000;

const log = createLog('ChannelAuthorizer');

export interface TokenSessionOptions {
  /** The token to begin with. Without it the provider is asked when a token is first needed. */
  readonly token?: string | null | undefined;
  /** Where tokens come from. Without it the only tokens are `token` and those of `setToken`, and none can be renewed. */
  readonly provider?: TokenProvider | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * The token of one person. However many callers want one at the same time, the provider is called once; it is never called twice within
 * 5 s, and is given up after 10 s. A token that is a JWT is renewed a minute to a minute and a half before it expires, but not in the first
 * half of its time. The token is kept in memory only.
 */
export class TokenSession implements TokenSource {
  readonly #options: TokenSessionOptions;
  readonly #listeners = new Listeners<[token: string | null]>();
  readonly #renewal: Alarm;
  readonly #pause: Alarm;
  #token: string | null = null;
  /** When the token expires (ms since the epoch); `Infinity` where that is not known. */
  #expiry = Infinity;
  /** Whether there is a token, or it is known that there is none: then `null` means cookie mode. */
  #isKnown = false;
  #isDisposed = false;
  /** The call of the provider that is under way. The result of any other call is ignored. */
  #inflight: Promise<string | null> | null = null;
  /** When the provider was last called (ms since the epoch). */
  #lastAsked = -Infinity;
  /** The token that was last refused. */
  #refused: string | null = null;

  constructor(options: TokenSessionOptions) {
    this.#options = options;
    this.#renewal = new Alarm(options.clock);
    this.#pause = new Alarm(options.clock);
    if (options.token != null || !options.provider) this.#take(options.token ?? null);
  }

  /** The current token; `null` in cookie mode, and before the provider was first asked. */
  get current(): string | null {
    return this.#token;
  }

  /** Whether another token, or a valid session, may turn up without `setToken`. */
  get mayChange(): boolean {
    return this.#options.provider !== undefined || this.#token === null;
  }

  async get(): Promise<string | null> {
    if (!this.#isKnown) return this.#ask('initial');
    if (!this.#options.provider || this.#expiry > this.#options.clock.now()) return this.#token;
    return this.#ask('expired');
  }

  /** See `TokenSource`. Rejects with an `ApiError` (`network`, `timeout`) when the provider failed; trying later may help. */
  async refresh(stale: string | null, reason: TokenReason): Promise<string | null> {
    if (this.#token !== stale) return this.#token;
    this.#refused = stale;
    return this.#options.provider ? this.#ask(reason) : null;
  }

  /** Sets the token, e.g. after a login. The result of a call of the provider that is under way is dropped. */
  setToken(token: string | null): void {
    // Frameworks say `null` for what is not known yet. What there is then comes from the provider.
    if (token === this.#token && token === null && this.#options.provider) return;
    // A call that still waits for the shortest interval is kept: its callers need a result, and this token may be refused as well.
    if (this.#pause.due === null) this.#inflight = null;
    this.#take(token);
  }

  /** Calls `listener` with the new token, each time it is a different one. */
  onChange(listener: (token: string | null) => void, options?: ListenOptions): Unsubscribe {
    return this.#listeners.add(listener, options);
  }

  /** Forgets the token. No other one is asked for or accepted from now on. */
  dispose(): void {
    this.#listeners.clear();
    this.setToken(null);
    this.#isDisposed = true;
    this.#pause.clear();
  }

  async #ask(reason: TokenReason): Promise<string | null> {
    if (this.#isDisposed) return null;
    const asked = (this.#inflight ??= this.#askProvider(reason));
    try {
      const token = await asked;
      if (this.#inflight === asked) this.#take(token);
    } finally {
      if (this.#inflight === asked) this.#inflight = null;
    }
    return this.#token;
  }

  async #askProvider(reason: TokenReason): Promise<string | null> {
    const {clock, provider} = this.#options;
    const since = clock.now() - this.#lastAsked;
    const before = this.#token;
    if (since >= 0 && since < SHORTEST_INTERVAL) {
      await new Promise<void>((resolve) => this.#pause.set(SHORTEST_INTERVAL - since, resolve));
      if (this.#token !== before && this.#token !== this.#refused) return this.#token;
    }
    this.#lastAsked = clock.now();
    const deadline = {clock, timeout: PROVIDER_TIMEOUT, what: 'The token provider'};
    const token = await within(deadline, async () => provider?.({reason}) ?? null).catch((cause: unknown) => {
      if (cause instanceof ApiError) throw cause;
      warnOnce('tokenProvider:failed', `tokenProvider failed, and is asked again: ${String(cause)}`);
      throw new ApiError('network', 'The token provider failed.', {cause});
    });
    if (token === null || (typeof token === 'string' && token !== '')) return token;
    warnOnce(
      'tokenProvider',
      `tokenProvider gave ${typeof token}: let it resolve with the token, a string that is not empty, or with null.`,
    );
    throw new ApiError('network', 'The token provider gave neither a token nor null.');
  }

  #take(token: string | null): void {
    if (this.#isDisposed) return;
    // What a login answers, in place of the token in it.
    if (token && typeof token !== 'string') warnOnce('token', 'token cannot work: set it to the token alone, a string.');
    const isOther = token !== this.#token;
    this.#token = token;
    const expiry = expiryOf(token) ?? Infinity;
    // If a new token seems to have expired already, it is our clock that is wrong. Then only the server can tell when it expires.
    this.#expiry = expiry > this.#options.clock.now() ? expiry : Infinity;
    this.#isKnown = true;
    this.#planRenewal();
    if (isOther) this.#listeners.call(token);
  }

  #planRenewal(): void {
    this.#renewal.clear();
    const {clock, random, provider} = this.#options;
    if (this.#expiry === Infinity || !provider) return;
    const left = this.#expiry - clock.now();
    // One that does not last so long, or seems not to because our clock is fast, is renewed between a half and two thirds of its time.
    const wait = Math.max(SHORTEST_INTERVAL, left / (2 - random() / 2), left - REFRESH_BEFORE - random() * REFRESH_SPREAD);
    this.#renewal.set(Math.min(LONGEST_TIMER, wait), () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const before = this.#token;
    await this.#ask('expired').catch(() => log.warn('No new token yet'));
    if (this.#token === before && !this.#isDisposed) this.#renewal.set(REFRESH_AGAIN, () => void this.#renew());
  }
}

/** When a JWT expires (ms since the epoch); `null` for anything else, and for a JWT that does not say. */
function expiryOf(token: string | null): number | null {
  try {
    const [, payload = ''] = token?.split('.') ?? [];
    const {exp} = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as {exp?: unknown};
    return Number.isFinite(exp) ? (exp as number) * 1000 : null;
  } catch {
    return null;
  }
}
