import type {Figures, Goal} from './scenario.js';

/** A line of the table in which nothing has been looked at yet. */
export const NO_FIGURES: Figures = {
  sent: null,
  shown: null,
  lost: null,
  doubled: null,
  outOfOrder: null,
  stuck: null,
  attemptsPerMinute: null,
  recoveryMedian: null,
  recoveryP95: null,
  uncaught: null,
};

/** The value below which this share of the values lies (nearest rank); `null` of nothing. `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** A goal that a number must not pass. What was not measured has missed it. */
export function atMost(what: string, measured: number | null, limit: number): Goal {
  return {
    what,
    measured: measured ?? 'not measured',
    wanted: limit === 0 ? '0' : `at most ${limit}`,
    met: measured !== null && measured <= limit,
  };
}

/** A goal that a number must be. */
export function exactly(what: string, measured: number, wanted: number): Goal {
  return {what, measured, wanted: String(wanted), met: measured === wanted};
}

/** The same goal as one that a slow machine may miss. */
export function timed(goal: Goal): Goal {
  return {...goal, isTime: true};
}

/** The most of these points in time (ms) that lie within any one window (ms). */
export function mostWithin(times: readonly number[], window: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while (time - (sorted[first] ?? time) >= window) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** The shortest time between two of these points in time (ms); infinite where there are not two. */
export function closest(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((time, index) => time - (sorted[index] ?? time)));
}

/** How many of these do not come in the order of their numbers: as many as would have to be taken out. */
export function countMisplaced(numbers: readonly number[]): number {
  // Patience sorting: `ends[n]` is the lowest end of an ascending run of n + 1.
  const ends: number[] = [];
  for (const number of numbers) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? Infinity) < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = number;
  }
  return numbers.length - ends.length;
}
