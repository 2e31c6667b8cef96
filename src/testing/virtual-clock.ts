import type {Clock, Timer} from '../model/index.js';
import {turn} from './turn.js';

/** Settings of a `VirtualClock`. */
export interface VirtualClockOptions {
  /** The time to begin with (ms since the epoch). Default 2026-01-01T12:00:00Z. */
  readonly now?: number;
  /** Waits until what a timer set off has come to rest. Default: one turn of the event loop. */
  readonly drain?: () => Promise<void>;
}

interface VirtualTimer {
  readonly id: number;
  readonly due: number;
  readonly fn: () => void;
}

/** A clock that only a test moves. Timers that are due at the same moment run in the order in which they were set. */
export class VirtualClock implements Clock {
  readonly #timers = new Map<number, VirtualTimer>();
  readonly #drain: () => Promise<void>;
  #elapsed = 0;
  #wall: number;
  #lastId = 0;

  constructor(options: VirtualClockOptions = {}) {
    this.#wall = options.now ?? Date.UTC(2026, 0, 1, 12);
    this.#drain = options.drain ?? turn;
  }

  /** How many timers are set and have not run. */
  get pending(): number {
    return this.#timers.size;
  }

  /** How long the next timer has to wait (ms), or `null` where none is set. */
  get untilNext(): number | null {
    const next = this.#next(Infinity);
    return next ? Math.max(0, next.due - this.#elapsed) : null;
  }

  now(): number {
    return this.#wall + this.#elapsed;
  }

  setTimeout(fn: () => void, ms: number): Timer {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, {id: this.#lastId, due: this.#elapsed + Math.max(0, ms || 0), fn});
    return this.#lastId;
  }

  clearTimeout(timer: Timer | undefined): void {
    if (typeof timer === 'number') this.#timers.delete(timer);
  }

  /**
   * Moves the clock by `ms`: runs the timers that fall due, in order, and waits after each until its effects have come to rest. Timers that
   * are set meanwhile run as well, if they fall due in time. Resolves when all is done.
   */
  async advance(ms: number): Promise<void> {
    await this.#drain();
    const end = this.#elapsed + ms;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#elapsed = Math.max(this.#elapsed, timer.due);
      this.#timers.delete(timer.id);
      timer.fn();
      await this.#drain();
    }
    this.#elapsed = end;
  }

  /** Changes the time of day by `ms` without running anything, as when somebody sets the clock. Timers stay as far away as they were. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  /** Forgets all timers. */
  clear(): void {
    this.#timers.clear();
  }

  #next(until: number): VirtualTimer | undefined {
    let next: VirtualTimer | undefined;
    // The map is in the order of setting, so that of two with the same moment the earlier one stays.
    for (const timer of this.#timers.values()) {
      if (timer.due <= until && (!next || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
