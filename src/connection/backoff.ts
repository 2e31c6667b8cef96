import type {RetryPolicy} from './classify.js';

/** Two attempts are never closer together than this (ms), whatever happens. */
export const SHORTEST_GAP = 1000;
/** A connection that lasted this long (ms) was a good one: the next failure counts as the first. */
export const STABLE_AFTER = 10_000;
/** How often it is tried while the browser says that there is no network (ms). It may be wrong. */
export const OFFLINE_INTERVAL = 30_000;

/** How long (ms) a server without room is left alone, at the least. */
export const SLOW_FLOOR = 15_000;

const BASE = 500;
const GROWTH = 5;
const CAP = 20_000;
const CAP_HIDDEN = 60_000;

const REFUSED_FLOOR = 60_000;
const LONGEST = 300_000;
const UNAUTHORIZED_FLOOR = 30_000;

/** What decides how long to wait. */
export interface Situation {
  readonly policy: RetryPolicy;
  /** How many attempts in a row did not lead to a stable connection. */
  readonly attempt: number;
  /** Whether nobody looks at the page. */
  readonly isHidden: boolean;
}

/**
 * How long to wait (ms) before the next attempt. Everybody who was dropped at the same moment gets another answer, so that a
 * server that comes back is not met by all of them at once.
 */
export class Backoff {
  readonly #random: () => number;
  #rounds = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Begins afresh with the long waits. */
  reset(): void {
    this.#rounds = 0;
  }

  wait({policy, attempt, isHidden}: Situation): number {
    if (policy === 'refused') return this.#growing(REFUSED_FLOOR * (1 + this.#random()));
    if (policy === 'slow') return SLOW_FLOOR + this.#upTo(Math.min(LONGEST - SLOW_FLOOR, SLOW_FLOOR * 2 ** this.#rounds++));
    if (attempt === 0) return between(200, 1500, this.#random);
    return fullJitter(attempt, isHidden ? CAP_HIDDEN : CAP, this.#random);
  }

  /** Before the next question for another token, or for whether the session is good again. */
  waitForToken(): number {
    return this.#growing(UNAUTHORIZED_FLOOR * (1 + this.#random() / 2));
  }

  #growing(first: number): number {
    const wait = Math.min(LONGEST, first * 2 ** this.#rounds);
    this.#rounds += 1;
    return wait;
  }

  #upTo(limit: number): number {
    return this.#random() * limit;
  }
}

/**
 * Full jitter above a floor: `base + rand(0, min(cap, base·5^n))`, after Centrifugo's clients.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ says why the jitter has to be full. The usual growth
 * by 2 keeps those who were dropped together together: of 500 clients of a server that is away for 10 s, 32 % still come in one
 * second, against 12 % with this.
 */
export function fullJitter(attempt: number, cap: number, random: () => number): number {
  return BASE + random() * Math.min(cap, BASE * GROWTH ** Math.min(attempt, 10));
}

function between(from: number, to: number, random: () => number): number {
  return from + random() * (to - from);
}
