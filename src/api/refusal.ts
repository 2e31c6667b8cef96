import {redactText} from '../logging/index.js';
import {ApiError, type ChatErrorCode, type Clock} from '../model/index.js';
import type {Reply} from './reply.js';

const MAX_RETRY_AFTER = 24 * 60 * 60 * 1000;
const MAX_MESSAGE = 300;
const MAX_FIELDS = 50;

/** The error for an answer that says no. `what` is the call: `POST /conversations/7/messages`. */
export function toRefusal(reply: Reply, what: string, clock: Clock): ApiError {
  const {status} = reply;
  const said = status < 500 ? readRefusal(reply) : {message: '', errors: {}};
  const reason = said.message === '' ? '.' : `: ${said.message}`;
  return new ApiError(codeOf(status), `${what} answered ${status}${reason}`, {
    status,
    errors: said.errors,
    retryAfter: readRetryAfter(reply.headers.get('Retry-After'), clock),
  });
}

/** What a status means. A redirect that was not followed is no answer at all. */
export function codeOf(status: number): ChatErrorCode {
  switch (status) {
    case 401:
    case 419:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 405:
    case 410:
      return 'not-found';
    case 408:
      return 'timeout';
    case 413:
      return 'too-large';
    case 429:
      return 'rate-limited';
    default:
      if (status >= 500) return 'server';
      return status >= 400 ? 'invalid' : 'malformed-answer';
  }
}

/** `Retry-After` (RFC 9110, 10.2.3: seconds, or a date) in ms from now, at most a day; `null` where it is missing or means nothing. */
export function readRetryAfter(value: string | null, clock: Clock): number | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER);
}

type FieldErrors = Record<string, readonly string[]>;

/** Laravel's `{message, errors: {field: [sentence, …]}}`. Whatever else the body holds is not looked at. */
function readRefusal(reply: Reply): {message: string; errors: FieldErrors} {
  let body: unknown;
  try {
    body = JSON.parse(reply.text);
  } catch {
    body = null;
  }
  return {message: toSentence(own(body, 'message')), errors: readErrors(own(body, 'errors'))};
}

function readErrors(value: unknown): FieldErrors {
  // Without a prototype, since the names of the fields are the server's.
  const errors = Object.create(null) as FieldErrors;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return errors;
  for (const [field, given] of Object.entries(value).slice(0, MAX_FIELDS)) {
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    const sentences = list.slice(0, MAX_FIELDS).map(toSentence);
    errors[field.slice(0, 100)] = sentences.filter((sentence) => sentence !== '');
  }
  return errors;
}

/** A text of the server's, fit for a log line: one line, without secrets, at most 300 characters. */
function toSentence(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = redactText(value)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE)}…`;
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
