import {Alarm} from '../connection/alarm.js';
import type {Clock} from '../model/index.js';

/** How long a client outlives its last holder (ms), so that an element may be moved in the page. */
const GRACE = 2_000;

/** The holders of a client. Adding one again counts once. */
export class Holders {
  readonly #rest: () => void;
  readonly #holders = new Set<object>();
  readonly #timer: Alarm;

  /** `rest` is called a while after the last one let go. */
  constructor(clock: Clock, rest: () => void) {
    this.#rest = rest;
    this.#timer = new Alarm(clock);
  }

  add(holder: object): void {
    this.#holders.add(holder);
    this.stop();
  }

  delete(holder: object): void {
    if (this.#holders.delete(holder) && this.#holders.size === 0) this.#timer.set(GRACE, this.#rest);
  }

  /** Cancels the call of `rest` that is planned. */
  stop(): void {
    this.#timer.clear();
  }
}
