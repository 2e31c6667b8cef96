const MAX_KEYS = 1000;
const anywhere = {};
let warned = new WeakMap<object, Set<string>>();

/**
 * Tells the author of the host page, by `console.warn`, that something in the page is wrong, once for each `key`, and also when
 * the log is off. `message` names the element, the attribute and the fix.
 *
 * @param key what is wrong, e.g. `chat-connection:ws-port`.
 * @param scope counts keys on their own for this object, e.g. the element; left out, once for the whole page.
 */
export function warnOnce(key: string, message: string, scope: object = anywhere): void {
  const keys = warned.get(scope) ?? new Set<string>();
  // A page that makes up new mistakes for ever has been told often enough.
  if (keys.has(key) || keys.size >= MAX_KEYS) return;
  warned.set(scope, keys.add(key));
  globalThis.console.warn(`[ws-chat] ${message}`);
}

/** Forgets what has been warned of. For tests. */
export function forgetWarnings(): void {
  warned = new WeakMap();
}
