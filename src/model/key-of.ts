const names = new WeakMap<object, number>();
let lastName = 0;

/**
 * A text that is the same for equal values. Arrays and plain objects are compared by their contents, whatever the order of the fields;
 * functions and all other objects by identity.
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

/** A name for an object: the same each time, and no other object has it. */
function nameOf(object: object): string {
  const name = names.get(object) ?? (lastName += 1);
  names.set(object, name);
  return `#${name}`;
}
