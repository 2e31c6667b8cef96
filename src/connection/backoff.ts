import type {Clock} from '../model/index.js';
import type {RetryPolicy} from './classify.js';

/** The shortest time between two attempts (ms), whatever the reason for them. */
const SHORTEST_GAP = 1000;
/** How long to wait between attempts while the browser says that there is no network (ms). It may be wrong. */
export const OFFLINE_INTERVAL = 30_000;
/** How long to stay away, at least, from a server that is full (ms), that refused us, or that refused the token. */
const SLOW_FLOOR = 15_000;
const REFUSED_FLOOR = 60_000;
const UNAUTHORIZED_FLOOR = 30_000;
/** How long any of these waits may become (ms). */
const LONGEST = 300_000;
/** After a wake-up, clients spread their attempts over this time (ms). */
const WAKE_SPREAD = 300;

/** The wait after attempt n is drawn from `BASE` up to `BASE + min(cap, BASE * GROWTH ** n)` (ms). */
const BASE = 500;
const GROWTH = 5.5;
const CAP = 20_000;
const CAP_HIDDEN = 60_000;

/** What the wait before the next attempt depends on. */
export interface Occasion {
  readonly policy: RetryPolicy;
  /** Whether the page is hidden. */
  readonly isHidden: boolean;
  /** Whether the browser says that there is no network. */
  readonly isOffline: boolean;
  /** Whether an open connection turned out to be dead. Clients notice that at different moments, so there is no need to spread them. */
  readonly isFoundDead: boolean;
}

/**
 * Counts attempts and tells how long to wait before the next one (ms). Clients that were dropped at the same moment get different
 * waits, so that they do not all come back at once; and no client makes two attempts within a second.
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: () => number;
  #attempts = 0;
  /** How many waits that double each time there have been. */
  #rounds = 0;
  /** When the last attempt was made (ms since the epoch). */
  #last = -Infinity;
  /** How long after the last attempt the next one is due at the earliest, even if there is new hope (ms). */
  #floor = SHORTEST_GAP;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** How many attempts have been made since the last stable connection. */
  get attempts(): number {
    return this.#attempts;
  }

  /** An attempt begins. */
  begin(): void {
    this.#attempts += 1;
    this.touch();
  }

  /** The socket of the attempt has been made. That may be later than `begin`, as listeners ran in between. */
  touch(): void {
    this.#last = this.#clock.now();
  }

  /** The connection has proved stable, or was given up on purpose: the next attempt counts as the first. */
  reset(): void {
    this.#attempts = 0;
    this.#rounds = 0;
  }

  /** The wait after a failure. */
  waitAfter(occasion: Occasion): number {
    this.#floor = occasion.policy === 'slow' ? SLOW_FLOOR : SHORTEST_GAP;
    return Math.max(this.#waitFor(occasion), this.#untilAllowed(SHORTEST_GAP));
  }

  /** The wait when somebody asks for an attempt now: only what is left of the shortest gap. */
  waitWhenAsked(): number {
    return this.#untilAllowed(SHORTEST_GAP);
  }

  /** The wait when there is a reason to think that it works now, such as a network that is back. */
  waitWhenHopeful(): number {
    return Math.max(this.#random() * WAKE_SPREAD, this.#untilAllowed(this.#floor));
  }

  /** The wait before asking again for a token, or whether the session is valid again. */
  waitForToken(): number {
    return this.#growing(UNAUTHORIZED_FLOOR * (1 + this.#random() / 2));
  }

  #waitFor({policy, isHidden, isOffline, isFoundDead}: Occasion): number {
    if (policy === 'refused') return this.#growing(REFUSED_FLOOR * (1 + this.#random()));
    if (policy === 'slow') return SLOW_FLOOR + this.#random() * this.#growing(SLOW_FLOOR, LONGEST - SLOW_FLOOR);
    if (isOffline) return OFFLINE_INTERVAL;
    if (this.#attempts > 0) return fullJitter(this.#attempts, isHidden ? CAP_HIDDEN : CAP, this.#random);
    return isFoundDead ? this.#random() * WAKE_SPREAD : 200 + this.#random() * 1300;
  }

  /** `first`, doubled with each call since `reset`, up to `longest`. */
  #growing(first: number, longest = LONGEST): number {
    const wait = Math.min(longest, first * 2 ** this.#rounds);
    this.#rounds += 1;
    return wait;
  }

  /** What is left of `gap`; negative if more time has gone by. */
  #untilAllowed(gap: number): number {
    // Capped: if the clock was set back, more than the whole gap would seem to be left.
    return Math.min(gap, this.#last + gap - this.#clock.now());
  }
}

/**
 * A random wait above a floor, with full jitter: `base + rand(0, min(cap, base · 5.5^n))` (ms), as Centrifugo's clients do it.
 * Why full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * Why not the usual factor of 2: it spreads clients too slowly. When a server is away for 10 s, 32 % of its 500 clients come back within
 * one and the same second, against 11 % with 5.5 (13 % at worst).
 */
export function fullJitter(attempt: number, cap: number, random: () => number): number {
  return BASE + random() * Math.min(cap, BASE * GROWTH ** attempt);
}
