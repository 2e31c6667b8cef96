import type {ApiError} from '../model/index.js';

/** The wait before the next try is `MIN_WAIT` and a random part (full jitter), whose limit doubles with each failure up to `MAX_WAIT` (ms). */
const MIN_WAIT = 500;
const MAX_WAIT = 20_000;

/** How long to wait after this many failures in a row (ms). The last one is `error`, whose `retryAfter` is kept. */
export function retryWait({retryAfter}: ApiError, failures: number, random: () => number): number {
  return Math.max(retryAfter ?? 0, MIN_WAIT + random() * Math.min(MAX_WAIT, MIN_WAIT * 2 ** failures));
}
