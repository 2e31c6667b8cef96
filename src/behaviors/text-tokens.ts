/** A piece of a message: text as it is, or a link. `host` is where a link really goes, set only where its text shows another. */
export type TextToken =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'link'; readonly text: string; readonly href: string; readonly host: string | null};

/** How much of a text is looked through for links, in UTF-16 units. The rest is shown as text. */
const MAX_SCANNED = 20_000;
/** How many links one text may have. */
const MAX_LINKS = 50;

// Whitespace and control characters, what delimits a link in running text, and the backslash that `new URL` takes for a slash.
const STOPS = String.raw`\s\0-\x20\x7f-\x9f<>"\x60\\{}|^\u3000-\u3003\u3008-\u3011\uff0c\uff01\uff1f\uff1b\uff08\uff09`;
const STOP = new RegExp(`[${STOPS}]`, 'u');
// Candidates for links. None may begin within a word, or within what may belong to an address, so that each character is tried a bounded
// number of times. Right behind a letter without case one may: Chinese, Japanese and Thai have no spaces, and Arabic joins its "and" to it.
const WEB = String.raw`(?<![\p{LC}\p{N}_])(?:https?://|www\.|mailto:)[^${STOPS}]*`;
const MAIL = String.raw`(?<![\p{LC}\p{N}_/.%+-])(?<mail>[\w.%+-]{1,64}@[a-z\d.-]{1,253})`;
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
// As some apps put them behind an address that they copy.
const TRAILING_CONTROLS = new RegExp(`(?<!${BIDI_CONTROLS.source})${BIDI_CONTROLS.source}+$`, 'u');
// What is written on behind an address without a space, as in Chinese or Korean. Such letters may also be part of one, but mostly behind a
// slash or the like.
const WRITTEN_ON = /(?<=[^\W_])[\p{Lo}\p{Lm}].*/u;
const TRAILING = new Set(`.,;:!?'*_~…’”»‘“«،؛؟।)]`);
const OPENERS: Readonly<Record<string, string>> = {')': '(', ']': '['};
const EMAIL = /^[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_%+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;

type Link = Extract<TextToken, {type: 'link'}>;

/**
 * Splits a text into plain text and links: http, https, `www.`, `mailto:` and bare e-mail addresses. What is a link is decided by
 * `new URL`, and its `href` is what that made of it. The texts of the tokens together are the whole text, unchanged, or what is
 * before `end`; an address that goes on behind it is no link.
 *
 * Takes time in proportion to the length of the text, whatever the text is.
 */
export function textTokens(text: string, end = text.length): readonly TextToken[] {
  const tokens: TextToken[] = [];
  const scanned = text.slice(0, Math.min(MAX_SCANNED, end));
  const candidates = new RegExp(`${WEB}|${MAIL}`, 'giu');
  let done = 0;
  for (let links = 0; links < MAX_LINKS;) {
    const found = candidates.exec(scanned);
    if (!found) break;
    const [raw] = found;
    const isMail = found.groups?.['mail'] !== undefined;
    const next = text[found.index + raw.length] ?? ' ';
    const link = isMail ? bareMail(raw, next) : address(raw, next);
    if (link) {
      const start = found.index + raw.indexOf(link.text);
      if (start > done) tokens.push({type: 'text', text: text.slice(done, start)});
      tokens.push(link);
      done = candidates.lastIndex = start + link.text.length;
      links += 1;
    } else if (isMail) {
      candidates.lastIndex = found.index + raw.indexOf('@') + 1;
    }
  }
  if (done < end) tokens.push({type: 'text', text: text.slice(done, end)});
  return tokens;
}

/** `next` is the character behind `found`. */
function address(found: string, next: string): Link | null {
  // The scan ended within this address, so its end is not known.
  if (!STOP.test(next)) return null;
  const raw = found.replace(WRITTEN_ON, '').replace(TRAILING_CONTROLS, '');
  const turn = raw.search(BIDI_CONTROLS);
  // A change of direction within the host would make it look like another host.
  if (turn >= 0 && !/[/?#]/.test(raw.slice(raw.indexOf('://') + 3, turn))) return null;
  const shown = withoutTrailing(turn < 0 ? raw : raw.slice(0, turn));
  if (/^mailto:/i.test(shown)) return mailLink(shown);
  return webLink(shown, /^w/i.test(shown));
}

function bareMail(raw: string, next: string): Link | null {
  const shown = raw.replace(/^[.%+-]+|[.-]+$/g, '');
  if (raw.endsWith(shown) && /[\p{LC}\p{N}_]/u.test(next)) return null;
  return EMAIL.test(shown) ? {type: 'link', text: shown, href: `mailto:${shown}`, host: null} : null;
}

function webLink(shown: string, isBare: boolean): Link | null {
  const url = parse(isBare ? `https://${shown}` : shown);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  const authority = /^(?:https?:\/\/)?([^/?#]*)/i.exec(shown)?.[1] ?? '';
  // A bare address needs a name and an ending beside the www.
  if (isBare && !/^www\.[^.]+\.[^.]{2,}/iu.test(authority)) return null;
  const isAsShown = authority.toLowerCase().replace(/:\d*$/, '') === url.hostname;
  return {type: 'link', text: shown, href: url.href, host: isAsShown ? null : url.hostname};
}

function mailLink(shown: string): Link | null {
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

/** A link without the punctuation that follows it, such as a full stop or the bracket around it. A bracket that is opened within it stays. */
function withoutTrailing(text: string): string {
  const open = new Map<string, number>();
  for (const char of text) if ('()[]'.includes(char)) open.set(char, (open.get(char) ?? 0) + 1);
  let end = text.length;
  for (; end > 0; end--) {
    const char = text[end - 1] ?? '';
    if (!TRAILING.has(char)) break;
    const opener = OPENERS[char];
    if (opener === undefined) continue;
    if ((open.get(char) ?? 0) <= (open.get(opener) ?? 0)) break;
    open.set(char, (open.get(char) ?? 0) - 1);
  }
  return text.slice(0, end);
}
