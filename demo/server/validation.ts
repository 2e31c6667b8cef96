import type {Context} from 'hono';
import {HttpError, invalid, notFound} from './http-error.js';
import {isStorable} from './text.js';

const ID = /^[1-9]\d{0,14}$/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;

/** A JSON object from a client. Read it through the functions below; they look at own keys only. */
export type Input = Readonly<Record<string, unknown>>;

/** The request's body as an object. Anything else, broken JSON included, is refused with 422. */
export async function readJson(context: Context): Promise<Input> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(422, 'The request body must be a JSON object.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpError(422, 'The request body must be a JSON object.');
  }
  return body as Input;
}

/** An id in the path. Whatever is not a positive integer names nothing, so it is not found. */
export function pathId(context: Context, name = 'id'): number {
  const value = context.req.param(name) ?? '';
  if (!ID.test(value)) throw notFound();
  return Number(value);
}

/** An id in the query: `undefined` when it is not there. */
export function queryId(context: Context, name: string): number | undefined {
  const value = context.req.query(name);
  if (value === undefined || value === '') return undefined;
  if (!ID.test(value)) throw invalid(name, `The ${name} field must be an id.`);
  return Number(value);
}

/** A whole number in the query, not under 0. */
export function queryInteger(context: Context, name: string, range: {min: number; max: number; fallback?: number}): number {
  const value = context.req.query(name);
  if (value === undefined || value === '') {
    if (range.fallback !== undefined) return range.fallback;
    throw invalid(name, `The ${name} field is required.`);
  }
  const number = INTEGER.test(value) ? Number(value) : Number.NaN;
  if (!(number >= range.min && number <= range.max)) {
    throw invalid(name, `The ${name} field must be between ${range.min} and ${range.max}.`);
  }
  return number;
}

/** A string that must be there and not be empty. */
export function requiredString(input: Input, name: string, maxLength: number): string {
  const value = own(input, name);
  if (value === undefined || value === null || value === '') throw invalid(name, `The ${name} field is required.`);
  if (typeof value !== 'string') throw invalid(name, `The ${name} field must be a string.`);
  if (value.length > maxLength) throw invalid(name, `The ${name} field must not be greater than ${maxLength} characters.`);
  return value;
}

/** Spaces of any kind, control and format characters: text of which there is nothing to see. */
const BLANK = /^[\s\p{Z}\p{Cc}\p{Cf}]*$/u;

/** The text of a message, kept exactly as written. There must be something to see unless `mayBeEmpty`. */
export function messageContent(input: Input, maxLength: number, mayBeEmpty = false): string {
  const value = own(input, 'content') ?? '';
  if (typeof value !== 'string') throw invalid('content', 'The content field must be a string.');
  // Code points, as Laravel and the composer count them.
  if (Array.from(value).length > maxLength)
    throw invalid('content', `The content field must not be greater than ${maxLength} characters.`);
  if (!isStorable(value)) throw invalid('content', 'The content field contains characters that are not text.');
  if (BLANK.test(value) && !mayBeEmpty) throw invalid('content', 'The content field is required.');
  return value;
}

/** An id that may be missing or `null`. A string of digits is as good as a number. */
export function optionalId(input: Input, name: string): number | null {
  const value = own(input, name);
  if (value === undefined || value === null) return null;
  return toId(value) ?? fail(name, `The ${name} field must be an id.`);
}

/** A list of ids without repetitions; empty when the field is missing. */
export function idList(input: Input, name: string, maxItems: number): number[] {
  const value = own(input, name) ?? [];
  if (!Array.isArray(value)) throw invalid(name, `The ${name} field must be an array.`);
  if (value.length > maxItems) throw invalid(name, `The ${name} field must not have more than ${maxItems} items.`);
  const ids = value.map((item, index) => toId(item) ?? fail(`${name}.${index}`, `The ${name}.${index} field must be an id.`));
  return [...new Set(ids)];
}

/** A field that is the object's own; nothing is inherited from a hostile `__proto__`. */
export function own(input: Input, name: string): unknown {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}

function toId(value: unknown): number | undefined {
  if (typeof value === 'number' && ID.test(String(value))) return value;
  return typeof value === 'string' && ID.test(value) ? Number(value) : undefined;
}

function fail(field: string, message: string): never {
  throw invalid(field, message);
}
