import type {Clock} from '../model/index.js';
import type {RetryPolicy} from './classify.js';

/** Two attempts are never closer together than this (ms), whatever happens. */
const SHORTEST_GAP = 1000;
/** How often it is tried while the browser says that there is no network (ms). It may be wrong. */
export const OFFLINE_INTERVAL = 30_000;
/** How long (ms) a server without room is left alone, at the least. */
const SLOW_FLOOR = 15_000;
const REFUSED_FLOOR = 60_000;
const UNAUTHORIZED_FLOOR = 30_000;
const LONGEST = 300_000;
/** After a wake-up everybody tries again within this time (ms), and not all at once. */
const WAKE_SPREAD = 300;

const BASE = 500;
const GROWTH = 5.5;
const CAP = 20_000;
const CAP_HIDDEN = 60_000;

/** What decides when the next attempt is made. */
export interface Occasion {
  readonly policy: RetryPolicy;
  /** Whether nobody looks at the page. */
  readonly isHidden: boolean;
  /** Whether the browser says that there is no network. */
  readonly isOffline: boolean;
  /** Whether a good connection was found dead: everybody finds out at another moment, so nobody needs to wait. */
  readonly isFoundDead: boolean;
}

/**
 * Counts attempts and says how long to wait before the next (ms). Everybody who was dropped at the same moment gets another
 * answer, so that a server that comes back is not met by all of them at once; and nobody tries twice within a second.
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: () => number;
  #attempts = 0;
  /** How often there has been a long wait. */
  #rounds = 0;
  #last = -Infinity;
  #floor = SHORTEST_GAP;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** How many attempts have been made since the last stable connection. */
  get attempts(): number {
    return this.#attempts;
  }

  begin(): void {
    this.#attempts += 1;
    this.touch();
  }

  /** The socket is made now, which may be later: whoever was told of the attempt took time. */
  touch(): void {
    this.#last = this.#clock.now();
  }

  /** The connection proved to be a good one, or another one is wanted: what comes next is the first again. */
  reset(): void {
    this.#attempts = 0;
    this.#rounds = 0;
    this.#floor = SHORTEST_GAP;
  }

  /** After a failure. */
  waitAfter(occasion: Occasion): number {
    this.#floor = occasion.policy === 'slow' ? SLOW_FLOOR : SHORTEST_GAP;
    return Math.max(this.#waitFor(occasion), this.#untilAllowed(SHORTEST_GAP));
  }

  /** When somebody asks for one now. */
  waitWhenAsked(): number {
    return this.#untilAllowed(SHORTEST_GAP);
  }

  /** When there is a reason to believe that it will work now. */
  waitWhenHopeful(): number {
    return Math.max(this.#random() * WAKE_SPREAD, this.#untilAllowed(this.#floor));
  }

  /** Before the next question for another token, or for whether the session is good again. */
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

  #growing(first: number, longest = LONGEST): number {
    const wait = Math.min(longest, first * 2 ** this.#rounds);
    this.#rounds += 1;
    return wait;
  }

  #untilAllowed(gap: number): number {
    const left = this.#last + gap - this.#clock.now();
    // More than all of it is left only if the clock was set back.
    return Math.max(0, Math.min(gap, left));
  }
}

/**
 * Full jitter above a floor: `base + rand(0, min(cap, base·5.5^n))`, after Centrifugo's clients.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ says why the jitter has to be full. The usual growth
 * by 2 keeps those who were dropped together together: of 500 clients of a server that is away for 10 s, 32 % still come in one
 * second, against 11 % with this, and 13 % where the dice fall worst.
 */
export function fullJitter(attempt: number, cap: number, random: () => number): number {
  return BASE + random() * Math.min(cap, BASE * GROWTH ** attempt);
}
