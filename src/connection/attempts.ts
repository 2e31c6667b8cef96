import type {Clock} from '../model/index.js';
import {Backoff, OFFLINE_INTERVAL, SHORTEST_GAP, SLOW_FLOOR} from './backoff.js';
import type {RetryPolicy} from './classify.js';

/** After a wake-up everybody tries again within this time (ms), and not all at once. */
const WAKE_SPREAD = 300;

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

/** Counts attempts and says how long to wait before the next (ms). Never so that two are less than a second apart. */
export class Attempts {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #backoff: Backoff;
  #count = 0;
  #last = Number.NEGATIVE_INFINITY;
  #floor = SHORTEST_GAP;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#backoff = new Backoff(random);
  }

  /** How many have been made since the last stable connection. */
  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count += 1;
    this.#last = this.#clock.now();
  }

  /** The connection proved to be a good one, or another one is wanted: what comes next is the first again. */
  reset(): void {
    this.#count = 0;
    this.#floor = SHORTEST_GAP;
    this.#backoff.reset();
  }

  /** After a failure. */
  waitAfter({policy, isHidden, isOffline, isFoundDead}: Occasion): number {
    this.#floor = policy === 'slow' ? SLOW_FLOOR : SHORTEST_GAP;
    if (isOffline && policy === 'retry') return OFFLINE_INTERVAL;
    const isFirst = isFoundDead && this.#count === 0;
    const wait = isFirst ? this.#random() * WAKE_SPREAD : this.#backoff.wait({policy, attempt: this.#count, isHidden});
    return Math.max(wait, this.#untilAllowed(SHORTEST_GAP));
  }

  /** When somebody asks for one now. */
  waitWhenAsked(): number {
    return this.#untilAllowed(SHORTEST_GAP);
  }

  /** When there is a reason to believe that it will work now; `planned` is how long it would take otherwise. */
  waitWhenHopeful(planned: number): number {
    const hopeful = Math.max(this.#random() * WAKE_SPREAD, this.#untilAllowed(this.#floor));
    return Math.max(0, Math.min(planned, hopeful));
  }

  /** Before the next look for a token. */
  waitForToken(): number {
    return this.#backoff.waitForToken();
  }

  #untilAllowed(gap: number): number {
    const left = this.#last + gap - this.#clock.now();
    // More than all of it is left only if the clock was set back.
    return Math.max(0, Math.min(gap, left));
  }
}
