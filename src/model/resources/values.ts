import type {Id} from '../id.js';
import {ShapeError} from './shape-error.js';

/** How long a string id may be, in UTF-16 units. */
export const MAX_ID_LENGTH = 64;
/** How long a name or a title may be, in characters; a longer one is shortened, visibly. */
export const MAX_NAME_LENGTH = 128;
/** As most file systems have it. */
const MAX_FILE_NAME_LENGTH = 255;
const MAX_URL_LENGTH = 8192;

const SAFE_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'blob:']);
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

/** An id: a whole number that JavaScript can hold exactly, or a string of 1 to 64 characters. */
export function readId(value: unknown, path: string): Id {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_LENGTH) return value;
  throw new ShapeError(path, `an id (a whole number up to 2^53, or a string of 1 to ${MAX_ID_LENGTH} characters)`);
}

/** A string of any length: how much may come in at all is limited where frames and answers are read. */
export function readText(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw new ShapeError(path, 'a string');
}

/**
 * A name of a person or of a conversation. One that is too long ends in `…` at 128 characters, so that it neither breaks a row
 * nor costs the message it came with.
 */
export function readName(value: unknown, path: string): string {
  return shorten(readText(value, path), MAX_NAME_LENGTH);
}

/** A name of a file; at most 255 characters, else it ends in `…`. */
export function readFileName(value: unknown, path: string): string {
  return shorten(readText(value, path), MAX_FILE_NAME_LENGTH);
}

function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // By code points, since half of a surrogate pair shows as a replacement character. No character has more than two units.
  const characters = Array.from(text.slice(0, max * 2 + 1));
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** A whole number from 0. */
export function readCount(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new ShapeError(path, 'a whole number from 0');
}

export function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ShapeError(path, 'true or false');
}

/**
 * A moment: RFC 3339 with a zone, as Laravel writes it (up to nine decimals of a second). Other forms are refused, as engines
 * disagree about what they mean.
 */
export function readDate(value: unknown, path: string): Date {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null;
  if (match) {
    const [, seconds = '', fraction = '', zone = ''] = match;
    const colonZone = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
    const date = new Date(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${colonZone}`);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw new ShapeError(path, 'a time with a zone (such as 2026-01-31T09:30:00Z)');
}

/**
 * A URL that may go into `href` or `src`: http, https, blob or relative. `null` for any other, as it is no reason to drop the
 * message that it came with. The string itself is not changed.
 */
export function readUrl(value: unknown, path: string): string | null {
  const text = readText(value, path);
  if (text === '' || text.length > MAX_URL_LENGTH) return null;
  try {
    // The parser ignores what browsers ignore (tabs, line ends, leading blanks), so `java\nscript:` is seen for what it is.
    return SAFE_PROTOCOLS.has(new URL(text, 'https://relative.invalid/').protocol) ? text : null;
  } catch {
    return null;
  }
}
