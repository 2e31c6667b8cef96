import {createLocalLock, type ExclusiveLock} from './outbox.js';
import type {ClientEnvironment} from './types.js';

/**
 * A lock that only one tab holds at a time (Web Locks), so that two tabs never send from the same outbox at once. The browser releases it
 * if a tab crashes. Where there are no Web Locks, or they are refused, it is a lock within this page; then only the temp ids keep the
 * server from storing a message twice.
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
