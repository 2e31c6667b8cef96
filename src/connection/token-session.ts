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
import {Alarm} from './alarm.js';
import {createLog} from '../logging/index.js';

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
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #provider: TokenProvider | undefined;
  readonly #listeners = new Listeners<[token: string | null]>();
  readonly #renewal: Alarm;
  readonly #pause: Alarm;
  #token: string | null;
  #known: boolean;
  #generation = 0;
  #inflight: Promise<string | null> | null = null;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #disposed = false;

  constructor({token, provider, clock, random}: TokenSessionOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#provider = provider;
    this.#renewal = new Alarm(clock);
    this.#pause = new Alarm(clock);
    this.#token = token ?? null;
    this.#known = this.#token !== null || provider === undefined;
    this.#planRenewal();
  }

  /** The token at hand; `null` in cookie mode, and before the provider was asked. */
  get current(): string | null {
    return this.#token;
  }

  /** Whether there is somebody to ask for another token. */
  get canRenew(): boolean {
    return this.#provider !== undefined;
  }

  async get(): Promise<string | null> {
    if (!this.#known) return this.#ask('initial');
    const token = this.#token;
    if (token === null || this.#provider === undefined || !this.#isExpired(token)) return token;
    return (await this.#ask('expired')) ?? token;
  }

  /** As `TokenSource` says. Rejects with an `ApiError` (`network`, `timeout`) when the provider failed: trying later may help. */
  async refresh(stale: string | null, reason: TokenReason): Promise<string | null> {
    if (this.#known && this.#token !== stale) return this.#token;
    if (this.#provider === undefined) return null;
    return this.#ask(reason);
  }

  /** Takes another token, as after a login. An answer of the provider that is still to come is dropped. */
  setToken(token: string | null): void {
    this.#generation += 1;
    this.#inflight = null;
    this.#take(token);
  }

  /** Calls `listener` with the new token, each time that it is another one. */
  onChange(listener: (token: string | null) => void, options?: ListenOptions): Unsubscribe {
    return this.#listeners.add(listener, options);
  }

  /** Forgets the token and asks for no other. */
  dispose(): void {
    this.#disposed = true;
    this.#generation += 1;
    this.#token = null;
    this.#known = true;
    this.#renewal.clear();
    this.#pause.clear();
    this.#listeners.clear();
  }

  #ask(reason: TokenReason): Promise<string | null> {
    if (this.#disposed) return Promise.resolve(null);
    if (this.#inflight) return this.#inflight;
    const generation = this.#generation;
    const asked = this.#askProvider(reason, generation).finally(() => {
      if (this.#inflight === asked) this.#inflight = null;
    });
    this.#inflight = asked;
    return asked;
  }

  async #askProvider(reason: TokenReason, generation: number): Promise<string | null> {
    const since = this.#clock.now() - this.#lastAsked;
    if (since >= 0 && since < SHORTEST_INTERVAL) {
      await new Promise<void>((resolve) => this.#pause.set(SHORTEST_INTERVAL - since, resolve));
    }
    this.#lastAsked = this.#clock.now();
    const token = await this.#withTimeout(async () => this.#provider?.({reason}) ?? null);
    if (token !== null && (typeof token !== 'string' || token === '')) {
      throw new ApiError('network', 'The token provider gave neither a token nor null.');
    }
    if (generation === this.#generation) this.#take(token);
    return this.#token;
  }

  #withTimeout<Value>(run: () => Promise<Value>): Promise<Value> {
    const alarm = new Alarm(this.#clock);
    return new Promise<Value>((resolve, reject) => {
      alarm.set(PROVIDER_TIMEOUT, () => reject(new ApiError('timeout', 'The token provider did not answer within 10 s.')));
      run().then(resolve, (error: unknown) => {
        reject(error instanceof ApiError ? error : new ApiError('network', 'The token provider failed.', {cause: error}));
      });
    }).finally(() => alarm.clear());
  }

  #take(token: string | null): void {
    if (this.#disposed) return;
    const changed = token !== this.#token;
    this.#token = token;
    this.#known = true;
    this.#planRenewal();
    if (changed) this.#listeners.call(token);
  }

  #planRenewal(): void {
    this.#renewal.clear();
    const expiry = this.#token === null ? null : expiryOf(this.#token);
    if (expiry === null || this.#provider === undefined) return;
    const early = REFRESH_BEFORE + this.#random() * REFRESH_SPREAD;
    this.#renewal.set(Math.max(SHORTEST_INTERVAL, expiry - this.#clock.now() - early), () => this.#renew());
  }

  #renew(): void {
    const before = this.#token;
    this.#ask('expired')
      .catch(() => log.warn('The token could not be renewed ahead of time'))
      .finally(() => {
        if (this.#token === before && !this.#disposed) this.#renewal.set(REFRESH_AGAIN, () => this.#renew());
      });
  }

  #isExpired(token: string): boolean {
    const expiry = expiryOf(token);
    return expiry !== null && expiry <= this.#clock.now();
  }
}

/** When a JWT ends (ms since the epoch); `null` for any other token, and for a JWT that does not say. */
export function expiryOf(token: string): number | null {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    const expiry = (claims as {exp?: unknown} | null)?.exp;
    return typeof expiry === 'number' && Number.isFinite(expiry) ? expiry * 1000 : null;
  } catch {
    return null;
  }
}
