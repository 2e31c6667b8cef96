import {
  ApiError,
  Listeners,
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

const PROVIDER_TIMEOUT = 10_000;
const SHORTEST_INTERVAL = 5000;
const REFRESH_BEFORE = 60_000;
const REFRESH_SPREAD = 30_000;
/** After a refresh ahead of time that failed. */
const REFRESH_AGAIN = 15_000;

const log = createLog('ChannelAuthorizer');

export interface TokenSessionOptions {
  /** A token that is there from the beginning. Without it the provider is asked at first use. */
  readonly token?: string | null | undefined;
  /** Where tokens come from. Without it the token is what `setToken` says, and cannot be renewed. */
  readonly provider?: TokenProvider | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * The token of one person. However many ask at once, the provider is asked once; never twice within 5 s, and never for longer
 * than 10 s. A token that is a JWT is renewed a minute before it ends. It is kept here and nowhere else.
 */
export class TokenSession implements TokenSource {
  readonly #options: TokenSessionOptions;
  readonly #listeners = new Listeners<[token: string | null]>();
  readonly #renewal: Alarm;
  readonly #pause: Alarm;
  #token: string | null = null;
  /** When it ends (ms since the epoch), as far as that is known. */
  #expiry = Infinity;
  #isKnown = false;
  #isDisposed = false;
  /** The question under way. What comes of another one counts no more. */
  #inflight: Promise<string | null> | null = null;
  #lastAsked = -Infinity;
  #refused: string | null = null;

  constructor(options: TokenSessionOptions) {
    this.#options = options;
    this.#renewal = new Alarm(options.clock);
    this.#pause = new Alarm(options.clock);
    if (options.token != null || !options.provider) this.#take(options.token ?? null);
  }

  /** The token at hand; `null` in cookie mode, and before the provider was asked. */
  get current(): string | null {
    return this.#token;
  }

  /** Whether another token, or a session that is good again, may turn up without `setToken`. */
  get mayChange(): boolean {
    return this.#options.provider !== undefined || this.#token === null;
  }

  async get(): Promise<string | null> {
    if (!this.#isKnown) return this.#ask('initial');
    const token = this.#token;
    if (!this.#options.provider || this.#expiry > this.#options.clock.now()) return token;
    return (await this.#ask('expired')) ?? token;
  }

  /** As `TokenSource` says. Rejects with an `ApiError` (`network`, `timeout`) when the provider failed: trying later may help. */
  async refresh(stale: string | null, reason: TokenReason): Promise<string | null> {
    if (this.#isKnown && this.#token !== stale) return this.#token;
    this.#refused = stale;
    return this.#options.provider ? this.#ask(reason) : null;
  }

  /** Takes another token, as after a login. An answer of the provider that is still to come is dropped. */
  setToken(token: string | null): void {
    // A question that waits for its turn stays the one: somebody waits for it, and this token may be refused as well.
    if (this.#pause.due === null) this.#inflight = null;
    this.#take(token);
  }

  /** Calls `listener` with the new token, each time that it is another one. */
  onChange(listener: (token: string | null) => void, options?: ListenOptions): Unsubscribe {
    return this.#listeners.add(listener, options);
  }

  /** Forgets the token and asks for no other. */
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
      throw cause instanceof ApiError ? cause : new ApiError('network', 'The token provider failed.', {cause});
    });
    if (token === null || (typeof token === 'string' && token !== '')) return token;
    throw new ApiError('network', 'The token provider gave neither a token nor null.');
  }

  #take(token: string | null): void {
    if (this.#isDisposed) return;
    const isOther = token !== this.#token;
    this.#token = token;
    const expiry = expiryOf(token) ?? Infinity;
    // Of one that has ended as it comes, our clock may be ahead: the server says when it is over.
    this.#expiry = expiry > this.#options.clock.now() ? expiry : Infinity;
    this.#isKnown = true;
    this.#planRenewal();
    if (isOther) this.#listeners.call(token);
  }

  #planRenewal(): void {
    this.#renewal.clear();
    const {clock, random, provider} = this.#options;
    if (this.#expiry === Infinity || !provider) return;
    const wait = this.#expiry - REFRESH_BEFORE - random() * REFRESH_SPREAD - clock.now();
    this.#renewal.set(Math.min(LONGEST_TIMER, Math.max(SHORTEST_INTERVAL, wait)), () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const before = this.#token;
    await this.#ask('expired').catch(() => log.warn('No new token yet'));
    if (this.#token === before && !this.#isDisposed) this.#renewal.set(REFRESH_AGAIN, () => void this.#renew());
  }
}

/** When a JWT ends (ms since the epoch); `null` for anything else, and for a JWT that does not say. */
function expiryOf(token: string | null): number | null {
  try {
    const [, payload = ''] = token?.split('.') ?? [];
    const {exp} = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as {exp?: unknown};
    return Number.isFinite(exp) ? (exp as number) * 1000 : null;
  } catch {
    return null;
  }
}
