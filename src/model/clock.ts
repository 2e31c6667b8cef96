/** A timer that was set; `undefined` means none. */
export type Timer = ReturnType<typeof setTimeout> | number;

/** Time, handed in so that a test can turn it. All figures are milliseconds. */
export interface Clock {
  /** The wall clock (ms since the epoch). It may jump. */
  now(): number;
  /** Calls `fn` once, at the earliest after `ms`. */
  setTimeout(fn: () => void, ms: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => globalThis.setTimeout(fn, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
