/**
 * Works on `localStorage`. Does nothing outside of a page, and where the browser refuses access or there is no room. Node has a
 * `localStorage` from version 25 on, and warns whoever touches it.
 */
export function inLocalStorage<Value>(work: (storage: Storage) => Value): Value | undefined {
  if (typeof document === 'undefined') return undefined;
  try {
    return work(localStorage);
  } catch {
    // As if nothing had been kept.
    return undefined;
  }
}
