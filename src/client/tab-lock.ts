import {createLocalLock, type ExclusiveLock} from './outbox.js';
import type {ClientEnvironment} from './types.js';

/**
 * A lock that only one tab holds at a time (Web Locks), so that two tabs never send from the same outbox at once. A tab that crashes lets
 * go by itself. Where the browser has no such locks, or refuses them, it is a lock within this page; the server's temp ids then guard alone.
 */
export function exclusiveLock(scope: string | null, environment: Pick<ClientEnvironment, 'locks'>): ExclusiveLock {
  const {locks} = environment;
  const local = createLocalLock();
  if (!locks || scope === null) return local;
  return (name, work, signal) =>
    local(name, async () => {
      const turn = {began: false};
      const once = async (): Promise<void> => {
        turn.began = true;
        await work();
      };
      try {
        await locks.request(`${scope}:${name}`, signal ? {signal} : {}, once);
      } catch (error) {
        if (turn.began) throw error;
        await work();
      }
    });
}
