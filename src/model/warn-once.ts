const MAX_KEYS = 1000;
const anywhere = {};
let warned = new WeakMap<object, Set<string>>();

/**
 * Warns the developer of the host page, by `console.warn`, that something in the page is wrong: once for each `key`, even when the log is
 * off. `message` names the element, the attribute and the fix.
 *
 * @param key What is wrong, e.g. `chat-connection:ws-port`.
 * @param scope An object, e.g. an element, for which the warning is counted separately. Default: the whole page.
 */
export function warnOnce(key: string, message: string, scope: object = anywhere): void {
  const keys = warned.get(scope) ?? new Set<string>();
  // A page that keeps making new mistakes has been told often enough; the set must not grow for ever.
  if (keys.has(key) || keys.size >= MAX_KEYS) return;
  warned.set(scope, keys.add(key));
  globalThis.console.warn(`[ws-chat] ${message}`);
}

/** Forgets which warnings were given. For tests. */
export function forgetWarnings(): void {
  warned = new WeakMap();
}
