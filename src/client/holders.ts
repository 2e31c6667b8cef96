import type {Clock, Timer} from '../model/index.js';

/** How long a client outlives its last holder (ms), so that an element may be moved in the page. */
const GRACE = 2_000;

/** Who holds a client. Counted once each, however often they say so. */
export class Holders {
  readonly #clock: Clock;
  readonly #rest: () => void;
  readonly #holders = new Set<object>();
  #timer: Timer | undefined;

  /** `rest` is called a while after the last one let go. */
  constructor(clock: Clock, rest: () => void) {
    this.#clock = clock;
    this.#rest = rest;
  }

  add(holder: object): void {
    this.#holders.add(holder);
    this.stop();
  }

  delete(holder: object): void {
    if (!this.#holders.delete(holder) || this.#holders.size > 0) return;
    this.stop();
    this.#timer = this.#clock.setTimeout(this.#rest, GRACE);
  }

  /** Calls off the rest that is planned. */
  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
