/** A timer that was set; `undefined` means none. */
export type Timer = ReturnType<typeof setTimeout> | number;

/** The source of time. It is passed in, so that a test can control it. All figures are milliseconds. */
export interface Clock {
  /** The time of day (ms since the epoch). It jumps when somebody sets the clock. */
  now(): number;
  /** Calls `fn` once, after `ms` at the earliest. */
  setTimeout(fn: () => void, ms: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => globalThis.setTimeout(fn, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
