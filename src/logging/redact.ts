const HIDDEN = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ENTRIES = 50;
const MAX_NODES = 500;
/** How much of a text is shown, and how much of it is searched for secrets before it is cut. */
const MAX_TEXT = 1000;
const MAX_SEARCHED = 4000;

const SECRET_KEY = /(?:tokens?|passwords?|passwd|secrets?|authorization|auth|signature|cookies?|apikey|jwt|bearer|sharedsecret)$/;
const SECRET_FIELD =
  /((?:"|\\"|\b)[\w-]*(?:token|password|secret|authorization|signature|cookie|auth)(?:\\?"\s*:\s*\\?"|=))[^"\\&\s;]+/gi;
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`],
  [/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, HIDDEN],
  // Laravel Sanctum: the row's number, a bar, and 40 or more characters.
  [/\b\d+\|\w{16,}/g, HIDDEN],
  // The Pusher protocol's signatures: the app key, a colon, and an HMAC-SHA256 in hex.
  [/([\w-]+:)[0-9a-f]{32,}/gi, `$1${HIDDEN}`],
  [/[0-9a-f]{40,}/gi, HIDDEN],
];

/** Whether a field of this name holds a secret, whatever its value is. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.replace(/[-_.\s]/g, '').toLowerCase());
}

/** A text without the tokens, passwords and signatures in it. Longer than 1,000 characters it ends in how much was left out. */
export function redactText(text: string): string {
  // Cut only after the search: half of a token would not be known for one, and is still a leak.
  let safe = text.slice(0, MAX_SEARCHED);
  for (const [pattern, replacement] of SECRET_VALUES) safe = safe.replace(pattern, replacement);
  safe = safe.replace(SECRET_FIELD, `$1${HIDDEN}`);
  const whole = safe.length <= MAX_TEXT && text.length <= MAX_SEARCHED;
  return whole ? safe : `${safe.slice(0, MAX_TEXT)}… (${text.length} characters in all)`;
}

/**
 * A copy of `value` that may be shown: plain objects, lists and texts, without secrets, without cycles, and at most six levels
 * and 500 values large. Errors become `{name, message, code}`. Never throws, and never calls a method of the value's own.
 */
export function redact(value: unknown): unknown {
  return new Redaction().copy(value, 0);
}

class Redaction {
  readonly #open = new Set<object>();
  #left = MAX_NODES;

  copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value === 'function') return '[function]';
    if (typeof value !== 'object' || value === null) return value;
    if (this.#open.has(value)) return '[circular]';
    if (depth >= MAX_DEPTH || this.#left <= 0) return '[…]';
    this.#left -= 1;
    this.#open.add(value);
    try {
      return this.#copyObject(value, depth);
    } catch {
      // A getter or a proxy of the host's threw.
      return '[unreadable]';
    } finally {
      this.#open.delete(value);
    }
  }

  #copyObject(value: object, depth: number): unknown {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof Error) return this.#copyError(value, depth);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Map) return this.#copyEntries(value.entries(), depth);
    if (Array.isArray(value) || value instanceof Set) return this.#copyItems(value, depth);
    // Without toJSON: it is the value's own method, and may throw, or show what is hidden here.
    return this.#copyEntries(
      Object.keys(value).map((key) => [key, Reflect.get(value, key)] as const),
      depth,
    );
  }

  #copyError(error: Error, depth: number): unknown {
    const code: unknown = Reflect.get(error, 'code');
    return {
      name: error.name,
      message: redactText(error.message),
      ...(code === undefined ? {} : {code: this.copy(code, depth + 1)}),
      ...(error.cause === undefined ? {} : {cause: this.copy(error.cause, depth + 1)}),
    };
  }

  #copyItems(items: Iterable<unknown>, depth: number): unknown[] {
    const copy: unknown[] = [];
    for (const item of items) {
      if (copy.length >= MAX_ENTRIES) return [...copy, '[…]'];
      copy.push(this.copy(item, depth + 1));
    }
    return copy;
  }

  #copyEntries(entries: Iterable<readonly [unknown, unknown]>, depth: number): unknown {
    // No prototype, so that a field named `__proto__` is a field like any other.
    const copy = Object.create(null) as Record<string, unknown>;
    let count = 0;
    for (const [key, item] of entries) {
      if ((count += 1) > MAX_ENTRIES) {
        copy['…'] = 'more';
        break;
      }
      const name = redactText(String(key));
      copy[name] = isSecretKey(name) && item != null ? HIDDEN : this.copy(item, depth + 1);
    }
    return copy;
  }
}
