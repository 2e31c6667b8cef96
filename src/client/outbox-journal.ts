import {decodeOutboxItem} from './outbox-decode.js';
import type {OutboxItem} from './outbox-storage.js';

/**
 * What pages have left behind in `localStorage` because it was not on the disk when they went away: an item a key, `<scope>:<tempId>`, so
 * that tabs that are closed together do not overwrite one another. What cannot be read is dropped; what is read stays until `dropFromJournal`.
 */
export function readJournal(scope: string): readonly OutboxItem[] {
  try {
    const storage = localStorage;
    const keys = Object.keys(storage).filter((key) => key.startsWith(`${scope}:`));
    return keys.map((key) => readEntry(storage, scope, key)).filter((item) => item !== null);
  } catch {
    // The browser refuses: then nothing was left here either.
    return [];
  }
}

/** It is on the disk, or not wanted any more. */
export function dropFromJournal(scope: string, tempId: string): void {
  try {
    localStorage.removeItem(`${scope}:${tempId}`);
  } catch {
    // As above.
  }
}

/** Any script of the page can write there, so an item is one only if it stands under its own key. */
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
