/** The id that a server gave something. It may be a number or a string; `1` and `"1"` are the same id. */
export type Id = number | string;

/** Whether a value may be an id. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' || Number.isFinite(value);
}

/** An id in the form in which it is compared and looked up: always a string. */
export type IdKey = string;

/** The key of an id: equal for `1` and `"1"`. */
export function idKey(id: Id): IdKey {
  return String(id);
}

/** Whether two ids are the same. `null` and `undefined` are no ids, so they are never the same as anything. */
export function sameId(a: Id | null | undefined, b: Id | null | undefined): boolean {
  return a != null && b != null && String(a) === String(b);
}
