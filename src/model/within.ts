import type {Clock} from './clock.js';
import {ApiError} from './errors.js';

/** The limits within which work has to end. */
export interface Deadline {
  readonly clock: Clock;
  /** In ms. */
  readonly timeout: number;
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal | undefined;
  /** What is being done, for the message of the error, e.g. `GET /conversations`. */
  readonly what: string;
}

/**
 * Does `work`. Rejects with an `ApiError` of code `timeout` or `aborted` as soon as the time is up or the caller gives up, even if the
 * work does not stop; the signal that was passed to it is aborted then.
 */
export function within<Result>(deadline: Deadline, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const {clock, timeout, signal, what} = deadline;
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const giveUp = (error: ApiError): void => {
      settle();
      controller.abort(error);
      reject(error);
    };
    const abort = (): void => giveUp(new ApiError('aborted', `${what} was aborted.`));
    const timer = clock.setTimeout(
      () => giveUp(new ApiError('timeout', `${what} got no answer within ${timeout / 1000} s.`)),
      timeout,
    );
    const settle = (): void => {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };

    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, {once: true});
    work(controller.signal).finally(settle).then(resolve, reject);
  });
}
