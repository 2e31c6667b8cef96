const HIDDEN = '[redacted]';
/** How many characters of a text are shown, and how many are searched for secrets before it is cut. */
const MAX_TEXT = 1000;
const MAX_SEARCHED = 4000;

/** A field whose name ends in one of these holds a secret. */
const NAMES = 'token|password|passwd|secret|authorization|auth|signature|cookie|api_?key|jwt|bearer';
const SECRET_NAME = new RegExp(`(?:${NAMES})s?$`, 'i');

/** What is hidden in a text. The first group of each is kept. */
const SECRETS: readonly RegExp[] = [
  /\b((?:bearer|basic)\s+)[^\s"',;]+/gi,
  // A JWT, or a value that Laravel encrypted; a Sanctum token (the number of its row, a bar, and the secret); a signature in hex.
  /eyJ[\w-]{8,}(?:\.[\w-]*)*|(\b)\d+\|\w{16,}|[0-9a-fA-F]{40,}/g,
  // `token=…`, and `"token":"…"` with its quotes escaped or not.
  new RegExp(`((?:${NAMES})(?:\\\\?"\\s*:\\s*\\\\?"|=))[^"\\\\&\\s;]+`, 'gi'),
];

/** Whether a field of this name holds a secret, whatever its value is. */
export function isSecretKey(key: string): boolean {
  return SECRET_NAME.test(key);
}

/** The text with its tokens, passwords and signatures hidden. What has more than 1,000 characters is cut, and ends with its length. */
export function redactText(text: string): string {
  // Cut only after the search: half a token would no longer be recognized, and would still be a leak.
  let safe = text.slice(0, MAX_SEARCHED);
  for (const secret of SECRETS) safe = safe.replace(secret, `$1${HIDDEN}`);
  const whole = safe.length <= MAX_TEXT && text.length <= MAX_SEARCHED;
  return whole ? safe : `${safe.slice(0, MAX_TEXT)}… (${text.length} characters in all)`;
}

/** What a field of a log line may be. */
type Field = string | number | boolean | bigint | Error | null | undefined;

/** The fields of a log line without secrets. Numbers and booleans stay as they are; everything else becomes text. */
export function redact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactField(key, value as Field)]));
}

function redactField(key: string, value: Field): unknown {
  if (value == null) return value;
  if (isSecretKey(key)) return HIDDEN;
  return typeof value === 'number' || typeof value === 'boolean' ? value : redactText(String(value));
}
