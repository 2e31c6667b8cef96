import type {Id} from '../model/index.js';
import {within} from '../model/within.js';
import {OutboxStorage, type OutboxDisk} from './outbox-storage.js';
import type {ClientEnvironment} from './types.js';

/** How long a message waits for the code that stores it (ms): a link that is half open must not hold it up for minutes. */
const LOADING = 10_000;

/**
 * The name by which all tabs of one person on one backend call what they share: storage, locks, messages between tabs.
 * `null` while it is not known who the person is: then nothing is shared or stored.
 */
export function scopeOf(apiBase: string, userId: Id | null): string | null {
  if (userId === null) return null;
  const base = typeof location === 'undefined' ? apiBase : new URL(apiBase, location.href).href;
  return `ws-chat-elements:${fingerprint(`${base}\n${String(userId)}`)}`;
}

/** The storage of what one person has written to one backend and not sent. */
export function openOutboxStorage(scope: string | null, environment: ClientEnvironment, onLost: () => void): OutboxStorage {
  return new OutboxStorage(scope === null || !hasIndexedDb(environment) ? null : () => openDisk(scope, environment), onLost);
}

/** Deletes what one person has written and not sent, also while another tab holds the storage. */
export async function wipeOutboxStorage(scope: string | null, environment: ClientEnvironment): Promise<void> {
  if (scope === null || !hasIndexedDb(environment)) return;
  const disk = await openDisk(scope, environment).catch(() => null);
  if (disk) await disk.destroy();
  else indexedDB.deleteDatabase(scope);
}

async function openDisk(scope: string, {clock}: ClientEnvironment): Promise<OutboxDisk> {
  const load = {clock, timeout: LOADING, what: 'The code for the storage'};
  const {IdbOutboxDisk} = await within(load, () => import('./outbox-disk.js'));
  return new IdbOutboxDisk(scope, clock);
}

function hasIndexedDb({storage}: ClientEnvironment): boolean {
  try {
    return storage === 'persistent' && typeof indexedDB !== 'undefined';
  } catch {
    // A sandboxed frame throws at the mere mention.
    return false;
  }
}

/** FNV-1a, twice: no secret, but a name that holds no address and no user id in plain. */
function fingerprint(text: string): string {
  const hash = (seed: number): string => {
    let value = seed;
    for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return (value >>> 0).toString(36);
  };
  return `${hash(0x811c9dc5)}${hash(0x9747b28c)}`;
}
