import {currentPage} from '../connection/page-lifecycle.js';
import {currentHostPage} from '../model/http-page.js';
import type {Id} from '../model/index.js';
import {within} from '../model/within.js';
import {inLocalStorage} from './local-storage.js';
import {OutboxStorage, type OutboxDisk} from './outbox-storage.js';
import type {ClientEnvironment} from './types.js';

/** How long a message waits for the code that stores it (ms). On a half-open network, loading that could take minutes. */
const LOADING = 10_000;

/**
 * The name under which the tabs of one person on one backend share things: storage, locks, messages between tabs. `null` while the person
 * is not known; then nothing is shared or stored.
 */
export function scopeOf(apiBase: string, userId: Id | null): string | null {
  if (userId === null) return null;
  // As requests are resolved: in a frame or a window that a page has made, the location is `about:blank`, which is no base.
  const here = typeof location === 'undefined' ? '' : (currentHostPage()?.href ?? location.href);
  const base = URL.canParse(apiBase, here) ? new URL(apiBase, here).href : apiBase;
  return `ws-chat-elements:${fingerprint(`${base}\n${String(userId)}`)}`;
}

/**
 * Opens the storage of what one person has written to one backend and not sent. Until `signal` is aborted, messages that are not on the
 * disk when the page goes away are put into a journal in `localStorage`, the only storage that takes them at that moment. The next page
 * moves them from there to the disk.
 */
export function openOutboxStorage(
  scope: string | null,
  environment: ClientEnvironment,
  onLost: () => void,
  signal: AbortSignal,
): OutboxStorage {
  const beganAt = environment.clock.now();
  const storage = new OutboxStorage(
    scope === null || !hasIndexedDb(environment)
      ? null
      : (onCut) => {
          noteLogin(scope, beganAt);
          return openDisk(scope, environment, onCut);
        },
    onLost,
  );
  const keep = (): void =>
    inLocalStorage((journal) => {
      for (const item of storage.underWay) journal.setItem(`${scope}:${item.tempId}`, JSON.stringify(item));
    });
  const page = currentPage();
  page?.window.addEventListener('pagehide', keep, {signal});
  page?.document.addEventListener('freeze', keep, {signal});
  return storage;
}

/** Where it is noted when the person signed in. It must not look like an entry of the journal. */
const loginKey = (scope: string): string => `login:${scope}`;

function noteLogin(scope: string, at: number): void {
  inLocalStorage((journal) => journal.setItem(loginKey(scope), String(Math.max(at, lastLogin(scope)))));
}

/** When the newest session began that has kept something here since the last logout (ms since the epoch); 0 where none is known. */
export function lastLogin(scope: string | null): number {
  return scope === null ? 0 : Number(inLocalStorage((journal) => journal.getItem(loginKey(scope))) ?? 0);
}

/** Deletes what one person has written and not sent, even while another tab has the storage open. */
export async function wipeOutboxStorage(scope: string | null, environment: ClientEnvironment): Promise<void> {
  if (scope === null || !hasIndexedDb(environment)) return;
  // Not in the module of the disk: that may fail to load, and this must be deleted all the same.
  inLocalStorage((journal) => {
    journal.removeItem(loginKey(scope));
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

async function openDisk(scope: string, {clock}: ClientEnvironment, onCut?: () => void): Promise<OutboxDisk> {
  const load = {clock, timeout: LOADING, what: 'The code for the storage'};
  const {IdbOutboxDisk} = await within(load, () => import('./outbox-disk.js'));
  return new IdbOutboxDisk(scope, clock, onCut);
}

function hasIndexedDb({storage}: ClientEnvironment): boolean {
  try {
    return storage === 'persistent' && typeof indexedDB !== 'undefined';
  } catch {
    // In a sandboxed frame the mere mention of it throws.
    return false;
  }
}

/** FNV-1a, with two seeds. Not secure; it only keeps addresses and user ids from standing in names in plain text. */
function fingerprint(text: string): string {
  const hash = (seed: number): string => {
    let value = seed;
    for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return (value >>> 0).toString(36);
  };
  return `${hash(0x811c9dc5)}${hash(0x9747b28c)}`;
}
