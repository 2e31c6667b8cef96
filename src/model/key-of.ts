const names = new WeakMap<object, number>();
let lastName = 0;

/**
 * Equal for values that mean the same: lists and plain objects count by what is in them, in whatever order their fields stand; functions and
 * all other objects by identity.
 */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_field, part: unknown) => {
    if (Object(part) !== part || Array.isArray(part)) return part;
    return isPlain(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : nameOf(part as object);
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** A name that an object keeps for its life. */
function nameOf(object: object): string {
  const name = names.get(object) ?? (lastName += 1);
  names.set(object, name);
  return `#${name}`;
}
