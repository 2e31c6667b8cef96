/** The helpers of pusher-js for objects and lists, by means that every browser of ours has. Only those in use. */

type Fields = Record<string, unknown>;

/** Copies the fields of the others to the target, and goes into plain objects. Returns the target. */
export function extend(target: Fields, ...others: readonly (Fields | undefined)[]): Fields {
  for (const other of others) {
    for (const name in other) {
      const value = other[name];
      const isPlain = value?.constructor === Object;
      target[name] = isPlain ? extend((target[name] ?? {}) as Fields, value as Fields) : value;
    }
  }
  return target;
}

export const keys = Object.keys;
export const values = Object.values;

export function objectApply(object: Fields, use: (value: unknown, name: string) => void): void {
  // What is deleted on the way is left out.
  for (const name in object) if (Object.hasOwn(object, name)) use(object[name], name);
}

export function apply(list: readonly unknown[], use: (value: unknown) => void, context: unknown): void {
  for (const value of list) use.call(context, value);
}

export function filter(list: readonly unknown[], test: (value: unknown) => boolean): unknown[] {
  return list.filter((value) => test(value));
}

export function any(list: readonly unknown[], test: (value: unknown) => boolean): boolean {
  return list.some((value) => test(value));
}

/** Only asked for when a transport reports its own end, which ours never hears of: a `SocketTap` keeps it. */
export const safeJSONStringify = String;
