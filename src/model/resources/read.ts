import type {Id} from '../id.js';
import {ShapeError} from './shape-error.js';

/** Turns a value from outside into one of ours; throws a `ShapeError` that names `path` where it has another shape. */
export type Read<Value> = (value: unknown, path: string) => Value;

/** How long a string id may be, in UTF-16 units. */
const MAX_ID_LENGTH = 64;
/** As most file systems have it. */
const MAX_FILE_NAME_LENGTH = 255;
/** How long a name or a title may be, in characters; a longer one is shortened, visibly. */
const MAX_NAME_LENGTH = 128;
const MAX_URL_LENGTH = 8192;

const SAFE_PROTOCOLS: readonly string[] = ['http:', 'https:', 'blob:'];
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

/** An id: a whole number that JavaScript can hold exactly, or a string of 1 to 64 characters. */
export function readId(value: unknown, path: string): Id {
  if (Number.isSafeInteger(value) || (typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH)) {
    return value as Id;
  }
  throw new ShapeError(path, 'an id: a whole number or a short string');
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
  // By code points, since half of a surrogate pair shows as a replacement character. No character has more than two units.
  const characters = Array.from(text.slice(0, max * 2 + 1));
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** A whole number from 0. */
export function readCount(value: unknown, path: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
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
  const [, seconds = '', fraction = '', zone = ''] = match ?? [];
  // Engines agree on three decimals, and on a zone with a colon.
  const date = new Date(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  if (!match || Number.isNaN(date.getTime())) throw new ShapeError(path, 'a time such as 2026-01-31T09:30:00Z');
  return date;
}

/**
 * A URL that may go into `href` or `src`: http, https, blob or relative. `null` for any other, as it is no reason to drop the
 * message that it came with. The string itself is not changed.
 */
export function readUrl(value: unknown, path: string): string | null {
  const text = readText(value, path);
  const base = 'https://relative.invalid/';
  if (text === '' || text.length > MAX_URL_LENGTH || !URL.canParse(text, base)) return null;
  // The parser ignores what browsers ignore (tabs, line ends, leading blanks), so `java\nscript:` is seen for what it is.
  return SAFE_PROTOCOLS.includes(new URL(text, base).protocol) ? text : null;
}

/** What `read` reads, and `fallback` where the value is missing or null. A value of another type is refused all the same. */
export function or<Value, Fallback>(fallback: Fallback, read: Read<Value>): Read<Value | Fallback> {
  return (value, path) => (value == null ? fallback : read(value, path));
}

/** A list of what `read` reads. */
export function listOf<Item>(read: Read<Item>): Read<readonly Item[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
    return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
  };
}

/**
 * An object with these fields, each read from its name in snake case: `createdAt` from `created_at`. Nothing else in it is ever
 * looked at, so that a `__proto__` or a thousand levels of nesting do nothing. The result is a fresh object.
 */
export function objectOf<Shape extends object>(fields: {readonly [Key in keyof Shape]: Read<Shape[Key]>}): Read<Shape> {
  const entries = Object.entries<Read<unknown>>(fields).map(([key, read]) => ({key, name: toSnakeCase(key), read}));
  return (value, path) =>
    Object.fromEntries(entries.map(({key, name, read}) => [key, readField(value, path, name, read)])) as Shape;
}

/** One field of an object, by the name it has on the wire. */
export function readField<Value>(value: unknown, path: string, name: string, read: Read<Value>): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, 'an object');
  return read(Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined, `${path}.${name}`);
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
