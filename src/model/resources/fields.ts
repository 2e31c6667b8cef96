import type {Id} from '../id.js';
import {ShapeError} from './shape-error.js';
import {readBoolean, readCount, readDate, readId, readName, readText, readUrl} from './values.js';

type Read<Value> = (value: unknown, path: string) => Value;

/**
 * The fields of an object from outside. Only own fields that are asked for are ever looked at, so that a `__proto__` or a
 * thousand levels of nesting in it do nothing.
 *
 * A method named after a type throws a `ShapeError` where the field is missing or of another type. Its `…OrNull` form gives
 * `null` for a field that is missing or null, and throws for one of another type all the same.
 */
export class Fields {
  readonly #source: object;
  readonly #path: string;

  /** Throws a `ShapeError` where `value` is not an object, or is an array. */
  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, 'an object');
    this.#source = value;
    this.#path = path;
  }

  /** The field as it came; `undefined` where it is missing. */
  get(key: string): unknown {
    return Object.hasOwn(this.#source, key) ? (this.#source as Readonly<Record<string, unknown>>)[key] : undefined;
  }

  path(key: string): string {
    return `${this.#path}.${key}`;
  }

  read<Value>(key: string, read: Read<Value>): Value {
    return read(this.get(key), this.path(key));
  }

  readOrNull<Value>(key: string, read: Read<Value>): Value | null {
    const value = this.get(key);
    return value === undefined || value === null ? null : read(value, this.path(key));
  }

  /** A field that may be null, and must not be missing. */
  readNullable<Value>(key: string, read: Read<Value>): Value | null {
    if (this.get(key) === undefined) throw new ShapeError(this.path(key), 'there');
    return this.readOrNull(key, read);
  }

  id(key: string): Id {
    return this.read(key, readId);
  }

  idOrNull(key: string): Id | null {
    return this.readOrNull(key, readId);
  }

  text(key: string): string {
    return this.read(key, readText);
  }

  textOrNull(key: string): string | null {
    return this.readOrNull(key, readText);
  }

  /** Empty where there is none: a person without a name still wrote the message. */
  name(key: string): string {
    return this.readOrNull(key, readName) ?? '';
  }

  count(key: string): number {
    return this.read(key, readCount);
  }

  countOrNull(key: string): number | null {
    return this.readOrNull(key, readCount);
  }

  boolean(key: string): boolean {
    return this.read(key, readBoolean);
  }

  date(key: string): Date {
    return this.read(key, readDate);
  }

  dateOrNull(key: string): Date | null {
    return this.readOrNull(key, readDate);
  }

  /** `null` also for a URL that must not be followed. */
  urlOrNull(key: string): string | null {
    return this.readOrNull(key, readUrl);
  }

  list<Item>(key: string, read: Read<Item>): readonly Item[] {
    return this.read(key, (value, path) => readList(value, path, read));
  }

  /** Empty where the list is missing. */
  listOrEmpty<Item>(key: string, read: Read<Item>): readonly Item[] {
    return this.readOrNull(key, (value, path) => readList(value, path, read)) ?? [];
  }
}

function readList<Item>(value: unknown, path: string, read: Read<Item>): readonly Item[] {
  if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}
