/** Lets through a burst, and after it so many a minute. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMillisecond: number;
  #tokens: number;
  #filledAt: number | undefined;

  constructor(burst: number, perMinute: number) {
    this.#burst = burst;
    this.#perMillisecond = perMinute / 60_000;
    this.#tokens = burst;
  }

  /** Whether one more may pass at this moment, in milliseconds; takes it if so. */
  take(now: number): boolean {
    // A clock that was set back takes nothing away.
    const elapsed = Math.max(0, now - (this.#filledAt ?? now));
    this.#filledAt = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perMillisecond);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
