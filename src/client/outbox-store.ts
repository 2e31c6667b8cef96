import {currentPage} from '../connection/page-lifecycle.js';
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

/**
 * The storage of what one person has written to one backend and not sent. Until `signal` is aborted, what is not on the disk when the page
 * goes away is written to a journal, as nothing but `localStorage` takes something in that very moment. The disk takes it over from there.
 */
export function openOutboxStorage(
  scope: string | null,
  environment: ClientEnvironment,
  onLost: () => void,
  signal: AbortSignal,
): OutboxStorage {
  const storage = new OutboxStorage(
    scope === null || !hasIndexedDb(environment) ? null : () => openDisk(scope, environment),
    onLost,
  );
  const keep = (): void =>
    inJournal((journal) => {
      for (const item of storage.underWay) journal.setItem(`${scope}:${item.tempId}`, JSON.stringify(item));
    });
  const page = currentPage();
  page?.window.addEventListener('pagehide', keep, {signal});
  page?.document.addEventListener('freeze', keep, {signal});
  return storage;
}

/** Deletes what one person has written and not sent, also while another tab holds the storage. */
export async function wipeOutboxStorage(scope: string | null, environment: ClientEnvironment): Promise<void> {
  if (scope === null || !hasIndexedDb(environment)) return;
  // Here, as it must not take code that may not be had.
  inJournal((journal) => {
    for (const key of Object.keys(journal)) if (key.startsWith(`${scope}:`)) journal.removeItem(key);
  });
  await openDisk(scope, environment)
    .then(
      (disk) => disk.destroy(),
      () => void indexedDB.deleteDatabase(scope),
    )
    // A sandboxed frame may not even delete, and has kept nothing.
    .catch(() => undefined);
}

/** Where the browser refuses, or there is no room, nothing is kept. */
function inJournal(work: (journal: Storage) => void): void {
  try {
    work(localStorage);
  } catch {
    // There is no better place.
  }
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
