import type {Clock} from '../model/index.js';

const AT_ONCE = 5;
const PER_SECOND = 10;

/**
 * Lets subscriptions begin: at most 5 under way and 10 a second, so that neither the authorization route (Laravel's usual
 * throttle) nor the socket (Reverb's) is asked for everything at once after a reconnection.
 */
export class SubscribeGate {
  readonly #clock: Clock;
  readonly #begun: number[] = [];
  #pausedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long to wait (ms) until the next one may begin; 0 for now, `null` for when one of the `underWay` is through. */
  wait(underWay: number): number | null {
    if (underWay >= AT_ONCE) return null;
    const now = this.#clock.now();
    if (this.#pausedUntil > now) return this.#pausedUntil - now;
    while (this.#begun.length > 0 && !isWithinSecond(this.#begun[0]!, now)) this.#begun.shift();
    return this.#begun.length < PER_SECOND ? 0 : this.#begun[0]! + 1000 - now;
  }

  /** One begins. */
  pass(): void {
    this.#begun.push(this.#clock.now());
  }

  /** Lets nothing begin for `ms`. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }
}

function isWithinSecond(time: number, now: number): boolean {
  return time <= now && now < time + 1000;
}
