/** What a server calls a thing. Numbers and strings are both allowed, and `1` and `"1"` are the same id. */
export type Id = number | string;

/** Whether a value may be an id. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' || Number.isFinite(value);
}

/** The form in which an id is compared and looked up. */
export type IdKey = string;

/** The key of an id: equal for `1` and `"1"`. */
export function idKey(id: Id): IdKey {
  return String(id);
}

/** Whether two ids mean the same thing. `null` and `undefined` mean nothing, and so never the same thing. */
export function sameId(a: Id | null | undefined, b: Id | null | undefined): boolean {
  return a != null && b != null && String(a) === String(b);
}
