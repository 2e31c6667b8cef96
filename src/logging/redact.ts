const HIDDEN = '[redacted]';
/** How much of a text is shown, and how much of it is searched for secrets before it is cut. */
const MAX_TEXT = 1000;
const MAX_SEARCHED = 4000;

/** How the names end under which secrets go. */
const NAMES = 'token|password|passwd|secret|authorization|auth|signature|cookie|api_?key|jwt|bearer';
const SECRET_NAME = new RegExp(`(?:${NAMES})s?$`, 'i');

/** What is hidden in a text, all but the first group. */
const SECRETS: readonly RegExp[] = [
  /\b((?:bearer|basic)\s+)[^\s"',;]+/gi,
  // A JWT, or what Laravel encrypted. A Sanctum token: the row's number, a bar, and 40 or more characters. A signature in hex.
  /eyJ[\w-]{8,}(?:\.[\w-]*)*|(\b)\d+\|\w{16,}|[0-9a-fA-F]{40,}/g,
  // `token=…`, and `"token":"…"` with its quotes escaped or not.
  new RegExp(`((?:${NAMES})(?:\\\\?"\\s*:\\s*\\\\?"|=))[^"\\\\&\\s;]+`, 'gi'),
];

/** Whether a field of this name holds a secret, whatever its value is. */
export function isSecretKey(key: string): boolean {
  return SECRET_NAME.test(key);
}

/** A text without the tokens, passwords and signatures in it. Longer than 1,000 characters it ends in how much was left out. */
export function redactText(text: string): string {
  // Cut only after the search: half of a token would not be known for one, and is still a leak.
  let safe = text.slice(0, MAX_SEARCHED);
  for (const secret of SECRETS) safe = safe.replace(secret, `$1${HIDDEN}`);
  const whole = safe.length <= MAX_TEXT && text.length <= MAX_SEARCHED;
  return whole ? safe : `${safe.slice(0, MAX_TEXT)}… (${text.length} characters in all)`;
}

/** What a field of a log line is meant to be. */
type Field = string | number | boolean | bigint | Error | null | undefined;

/** The fields of a log line as they may be shown. They are flat: what is neither a number nor a truth value is shown as a text. */
export function redact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactField(key, value as Field)]));
}

function redactField(key: string, value: Field): unknown {
  if (value == null) return value;
  if (isSecretKey(key)) return HIDDEN;
  return typeof value === 'number' || typeof value === 'boolean' ? value : redactText(String(value));
}
