/** A piece of a message: text as it is, or a link. `host` is where a link really goes, set only where its text shows another. */
export type TextToken =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'link'; readonly text: string; readonly href: string; readonly host: string | null};

/** How much of a text is looked through for links, in UTF-16 units. The rest is shown as text. */
const MAX_SCANNED = 20_000;
/** How many links one text may have. */
const MAX_LINKS = 50;
const MAX_LOCAL_PART = 64;
const MAX_DOMAIN = 253;

const STARTS = ['http://', 'https://', 'www.', 'mailto:'] as const;
// Neither whitespace and control characters, nor what delimits a link in running text, nor the backslash that `new URL` takes for a slash.
// eslint-disable-next-line no-control-regex
const STOPS = /[\s\u0000-\u0020\u007f-\u009f<>"`\\{}|^\u3000-\u3003\u3008-\u3011\uff0c\uff01\uff1f\uff1b\uff08\uff09]/u;
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const TRAILING = new Set(Array.from(`.,;:!?'*_~…’”»)]`));
const CLOSERS: Readonly<Record<string, string>> = {')': '(', ']': '['};
const WORD = /[\p{L}\p{N}_]/u;
const LOCAL_PART = /[A-Za-z0-9._%+-]/;
const DOMAIN = /[A-Za-z0-9.-]/;
const EMAIL = /^[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_%+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly link: Extract<TextToken, {type: 'link'}> | null;
}

/**
 * Splits a text into plain text and links: http, https, `www.`, `mailto:` and bare e-mail addresses. What is a link is decided by
 * `new URL`, and its `href` is what that made of it. The texts of the tokens together are the whole text, unchanged.
 *
 * Takes time in proportion to the length of the text, whatever the text is.
 */
export function textTokens(text: string): readonly TextToken[] {
  const tokens: TextToken[] = [];
  const end = Math.min(text.length, MAX_SCANNED);
  let done = 0;
  let links = 0;
  for (let at = 0; at < end && links < MAX_LINKS; at++) {
    const found = linkAt(text, at, done, end);
    if (!found) continue;
    if (found.link) {
      if (found.start > done) tokens.push({type: 'text', text: text.slice(done, found.start)});
      tokens.push(found.link);
      done = found.end;
      links += 1;
    }
    at = found.end - 1;
  }
  if (done < text.length) tokens.push({type: 'text', text: text.slice(done)});
  return tokens;
}

/** What begins at `at`, or, at an `@`, lies around it. `undefined` for nothing; a `link` of `null` for what looked like one and is none. */
function linkAt(text: string, at: number, done: number, limit: number): Found | undefined {
  const char = text[at];
  if (char === '@') return emailAround(text, at, done, limit);
  if (char === undefined || !'hHwWmM'.includes(char)) return undefined;
  const start = STARTS.find((known) => text.slice(at, at + known.length).toLowerCase() === known);
  if (!start || WORD.test(text[at - 1] ?? ' ')) return undefined;
  return addressFrom(text, at, start, limit);
}

function addressFrom(text: string, at: number, start: (typeof STARTS)[number], limit: number): Found {
  let end = at + start.length;
  while (end < limit && !STOPS.test(text[end] ?? ' ') && !BIDI_CONTROLS.test(text[end] ?? ' ')) end++;
  const isPastHost = /[/?#]/.test(text.slice(at + start.length, end));
  // Directions turned within a host make it read as another one.
  if (BIDI_CONTROLS.test(text[end] ?? ' ') && !isPastHost) {
    while (end < limit && !STOPS.test(text[end] ?? ' ')) end++;
    return {start: at, end, link: null};
  }
  // What the scan was cut off in is not known to its end.
  if (end === limit && limit < text.length && !STOPS.test(text[end] ?? ' ')) return {start: at, end, link: null};
  const shown = withoutTrailing(text.slice(at, end));
  const link = start === 'mailto:' ? mailLink(shown) : webLink(shown, start === 'www.');
  return {start: at, end: link ? at + shown.length : end, link};
}

function emailAround(text: string, at: number, done: number, limit: number): Found | undefined {
  let start = at;
  const first = Math.max(done, at - MAX_LOCAL_PART);
  while (start > first && LOCAL_PART.test(text[start - 1] ?? '')) start--;
  let end = at + 1;
  const last = Math.min(limit, at + 1 + MAX_DOMAIN);
  while (end < last && DOMAIN.test(text[end] ?? '')) end++;
  if (start === at || end === at + 1) return undefined;
  while (/[._%+-]/.test(text[start] ?? '')) start++;
  while (/[.-]/.test(text[end - 1] ?? '')) end--;
  const before = text[start - 1] ?? ' ';
  const shown = text.slice(start, end);
  if (WORD.test(before) || before === '/' || WORD.test(text[end] ?? ' ') || !EMAIL.test(shown)) return undefined;
  return {start, end, link: {type: 'link', text: shown, href: `mailto:${shown}`, host: null}};
}

function webLink(shown: string, isBare: boolean): Found['link'] {
  const url = parse(isBare ? `https://${shown}` : shown);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  const authority = /^(?:https?:\/\/)?([^/?#]*)/i.exec(shown)?.[1] ?? '';
  // A bare address needs a name and an ending beside the www.
  if (isBare && !/^www\.[^.]+\.[^.]{2,}/iu.test(authority)) return null;
  const isAsShown = authority.toLowerCase().replace(/:\d*$/, '') === url.hostname;
  return {type: 'link', text: shown, href: url.href, host: isAsShown ? null : url.hostname};
}

function mailLink(shown: string): Found['link'] {
  const url = parse(shown);
  if (url?.protocol !== 'mailto:' || !EMAIL.test(url.pathname)) return null;
  return {type: 'link', text: shown, href: url.href, host: null};
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A link as it was meant: without the full stop of its sentence, or the bracket around it. A bracket that it opens itself stays. */
function withoutTrailing(text: string): string {
  const open = new Map<string, number>();
  for (const char of text) if ('()[]'.includes(char)) open.set(char, (open.get(char) ?? 0) + 1);
  let end = text.length;
  for (; end > 0; end--) {
    const char = text[end - 1] ?? '';
    if (!TRAILING.has(char)) break;
    const opener = CLOSERS[char];
    if (opener === undefined) continue;
    if ((open.get(char) ?? 0) <= (open.get(opener) ?? 0)) break;
    open.set(char, (open.get(char) ?? 0) - 1);
  }
  return text.slice(0, end);
}
