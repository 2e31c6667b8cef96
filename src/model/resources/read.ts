import type {Id} from '../id.js';
import {ShapeError} from './shape-error.js';

/** Reads an untrusted value as a `Value`; throws a `ShapeError` that names `path` where it is something else. */
export type Read<Value> = (value: unknown, path: string) => Value;

/** How long a string id may be, in UTF-16 units. */
const MAX_ID_LENGTH = 64;
/** As in most file systems; in characters. */
const MAX_FILE_NAME_LENGTH = 255;
/** How long a name or a title may be, in characters. A longer one is cut and ends in `…`. */
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

/** A string of any length. The size of a whole frame or answer is limited where those are read. */
export function readText(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw new ShapeError(path, 'a string');
}

/**
 * The name of a person or of a conversation. One that is too long is cut to 128 characters and ends in `…`, rather than refused: that
 * would cost the message it came with.
 */
export function readName(value: unknown, path: string): string {
  return shorten(readText(value, path), MAX_NAME_LENGTH);
}

/** The name of a file. One that is too long is cut to 255 characters and ends in `…`. */
export function readFileName(value: unknown, path: string): string {
  return shorten(readText(value, path), MAX_FILE_NAME_LENGTH);
}

function shorten(text: string, max: number): string {
  // By code points: half a surrogate pair would show as a replacement character. None has more than two units, so this slice is enough.
  const characters = text.slice(0, max * 2 + 1).match(/./gsu) ?? [];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** A whole number, 0 or more. */
export function readCount(value: unknown, path: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new ShapeError(path, 'a whole number from 0');
}

export function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ShapeError(path, 'true or false');
}

/**
 * A date and time: RFC 3339 with a time zone, as Laravel writes it (up to nine decimals of a second). Other forms are refused, because
 * engines disagree about what they mean.
 */
export function readDate(value: unknown, path: string): Date {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null;
  const [, seconds = '', fraction = '', zone = ''] = match ?? [];
  // All engines read three decimals, and a zone with a colon.
  const date = new Date(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  if (!match || Number.isNaN(date.getTime())) throw new ShapeError(path, 'a time such as 2026-01-31T09:30:00Z');
  return date;
}

/**
 * A URL that is safe in `href` or `src`: http, https, blob or relative. `null` for any other: a bad URL is no reason to drop the
 * message that it came with. The string itself is not changed.
 */
export function readUrl(value: unknown, path: string): string | null {
  const text = readText(value, path);
  const base = 'https://relative.invalid/';
  if (text === '' || text.length > MAX_URL_LENGTH || !URL.canParse(text, base)) return null;
  // The parser ignores what browsers ignore (tabs, line breaks, leading spaces), so it recognizes `java\nscript:`.
  return SAFE_PROTOCOLS.includes(new URL(text, base).protocol) ? text : null;
}

/** Like `read`, but `fallback` where the value is missing or null. A value of the wrong type is still refused. */
export function or<Value, Fallback>(fallback: Fallback, read: Read<Value>): Read<Value | Fallback> {
  return (value, path) => (value == null ? fallback : read(value, path));
}

/** An array whose items `read` reads. */
export function listOf<Item>(read: Read<Item>): Read<readonly Item[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
    return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
  };
}

/**
 * An object with these fields, each read under its name in snake case: `createdAt` from `created_at`. Nothing else in it is ever
 * read, so a `__proto__` or a thousand levels of nesting do no harm. The result is a new object.
 */
export function objectOf<Shape extends object>(fields: {readonly [Key in keyof Shape]: Read<Shape[Key]>}): Read<Shape> {
  const entries = Object.entries<Read<unknown>>(fields).map(([key, read]) => ({key, name: toSnakeCase(key), read}));
  return (value, path) =>
    Object.fromEntries(entries.map(({key, name, read}) => [key, readField(value, path, name, read)])) as Shape;
}

/** One field of an object, by its name on the wire. */
export function readField<Value>(value: unknown, path: string, name: string, read: Read<Value>): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, 'an object');
  return read(Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined, `${path}.${name}`);
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
