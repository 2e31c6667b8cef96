import type {ApiError} from '../model/index.js';

/** Pause before the next try: at least this (ms), doubled with each failure, up to `MAX_WAIT`, drawn at random (full jitter). */
const MIN_WAIT = 500;
const MAX_WAIT = 20_000;

/** How long to wait after so many failures in a row, the last of which is `error` (ms). */
export function retryWait({retryAfter}: ApiError, failures: number, random: () => number): number {
  return Math.max(retryAfter ?? 0, MIN_WAIT + random() * Math.min(MAX_WAIT, MIN_WAIT * 2 ** failures));
}
