/** How many values are kept. */
const MOST = 10_000;

/** Adds a value to a set in which only the newest are kept, so that it does not grow as long as a page stays open. */
export function addNewest<Value>(set: Set<Value>, value: Value): void {
  set.add(value);
  for (const oldest of set) {
    if (set.size <= MOST) return;
    set.delete(oldest);
  }
}
