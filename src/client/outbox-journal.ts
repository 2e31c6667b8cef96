import {inLocalStorage} from './local-storage.js';
import {decodeOutboxItem} from './outbox-decode.js';
import type {OutboxItem} from './outbox-storage.js';

/**
 * The messages that pages have put into `localStorage` because they were not yet in IndexedDB when the page went away. Each has a key of
 * its own, `<scope>:<tempId>`, so that tabs that are closed together do not overwrite one another. Entries that cannot be read are
 * deleted; the others stay until `dropFromJournal`.
 */
export function readJournal(scope: string): readonly OutboxItem[] {
  const found = inLocalStorage((storage) => {
    const keys = Object.keys(storage).filter((key) => key.startsWith(`${scope}:`));
    return keys.map((key) => readEntry(storage, scope, key)).filter((item) => item !== null);
  });
  // Where the browser refuses access, nothing can have been put here either.
  return found ?? [];
}

/** Deletes an entry: the message is in IndexedDB now, or no longer needed. */
export function dropFromJournal(scope: string, tempId: string): void {
  inLocalStorage((storage) => storage.removeItem(`${scope}:${tempId}`));
}

/** Any script of the page can write to `localStorage`, so an entry counts only if it is under the key of its own temp id. */
function readEntry(storage: Storage, scope: string, key: string): OutboxItem | null {
  const item = decodeEntry(storage.getItem(key));
  if (item && key === `${scope}:${item.tempId}`) return item;
  storage.removeItem(key);
  return null;
}

function decodeEntry(text: string | null): OutboxItem | null {
  try {
    return decodeOutboxItem(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}
