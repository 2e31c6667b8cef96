import type {Timer} from '../model/index.js';
import type {ExclusiveLock} from './outbox.js';
import type {ClientEnvironment} from './types.js';

type Environment = Pick<ClientEnvironment, 'locks' | 'clock' | 'isVisible'>;

/**
 * How long a page that somebody sees waits for the lock (ms). The tab that has it may have been stopped by the system: iOS does that without an
 * event, and the tab keeps the lock. After that, and until the lock was free again, it waits only for a moment.
 */
const PATIENCE = 30_000;
const MOMENT = 1_000;

/**
 * A lock that only one tab holds at a time (Web Locks), so that two tabs never send from the same outbox at once. The browser releases it
 * if a tab crashes. Where there are no Web Locks, or they are refused, and when another tab keeps it for too long, only the temp ids keep the
 * server from storing a message twice.
 */
export function exclusiveLock(scope: string | null, environment: Environment): ExclusiveLock {
  const {locks} = environment;
  if (!locks || scope === null) return (_name, work) => work();
  let patience = PATIENCE;
  return async (name, work, signal) => {
    const turn = {began: false};
    const waiting = new AbortController();
    const stop = whenSeen(patience, environment, () => {
      patience = MOMENT;
      waiting.abort();
    });
    const endWaiting = (): void => {
      stop();
      waiting.abort();
    };
    const once = async (): Promise<void> => {
      turn.began = true;
      patience = PATIENCE;
      endWaiting();
      await work();
    };
    signal?.addEventListener('abort', endWaiting, {signal: waiting.signal});
    try {
      await locks.request(`${scope}:${name}`, {signal: waiting.signal}, once);
    } catch (error) {
      endWaiting();
      if (turn.began) throw error;
      await work();
    }
  };
}

/** Calls `then` after `ms`, or, if nobody may be looking at the page by then, after further `ms`, and so on. Returns what stops it. */
function whenSeen(ms: number, {clock, isVisible}: Environment, then: () => void): () => void {
  let timer: Timer;
  const wait = (): void => {
    timer = clock.setTimeout(() => (isVisible() ? then() : wait()), ms);
  };
  wait();
  return () => clock.clearTimeout(timer);
}
