import type {Clock, Timer} from '../model/index.js';

/** The longest delay that `setTimeout` can take (ms; 24 days). With a longer one it would run at once. */
export const LONGEST_TIMER = 2_147_483_647;

/** A timer that can be set again and again. Setting it replaces what it was set to before. */
export class Alarm {
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #due: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When it is due (ms since the epoch), or `null` while it is not set. */
  get due(): number | null {
    return this.#due;
  }

  /** How long until it is due (ms); 0 if it is overdue or not set. */
  get left(): number {
    return this.#due === null ? 0 : Math.max(0, this.#due - this.#clock.now());
  }

  /** Calls `fn` once, after `ms` at the earliest. */
  set(ms: number, fn: () => void): void {
    this.clear();
    this.#due = this.#clock.now() + ms;
    this.#timer = this.#clock.setTimeout(() => {
      this.clear();
      fn();
    }, ms);
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = null;
  }
}
