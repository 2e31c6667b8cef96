import {redactText} from '../logging/index.js';
import {ApiError, type ChatErrorCode, type Clock} from '../model/index.js';
import {readRetryAfter} from '../model/http-reply.js';
import {fieldsOf, parseJson} from '../model/json.js';
import type {Reply} from './http.js';

const MAX_MESSAGE = 300;

/** The error codes of the statuses that have one of their own. */
const CODES: Readonly<Record<number, ChatErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  408: 'timeout',
  410: 'not-found',
  413: 'too-large',
  419: 'unauthorized',
  429: 'rate-limited',
};

/** The error for an answer without success. `what` is the call, e.g. `POST /conversations/7/messages`. */
export function toRefusal({status, headers, text}: Reply, what: string, clock: Clock): ApiError {
  // Laravel's `{message, errors: {field: [sentence, …]}}`, or anything else. The text of a 5xx is not passed on: it may be a stack trace.
  const {message, errors} = fieldsOf(status < 500 ? parseJson(text) : null);
  const sentence = toSentence(message);
  return new ApiError(codeOf(status), `${what} answered ${status}${sentence && ': '}${sentence || '.'}`, {
    status,
    errors: readErrors(errors),
    retryAfter: readRetryAfter(headers, clock),
  });
}

/** The code for a status. A redirect that was not followed counts as an answer that cannot be read. */
function codeOf(status: number): ChatErrorCode {
  return CODES[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid' : 'malformed-answer');
}

function readErrors(errors: unknown): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fieldsOf(errors)).map(([field, said]) => [field, [said].flat().map(toSentence).filter(Boolean)]),
  );
}

/** A text from the server made fit for a log: one line, without secrets, at most 300 characters. Empty for anything but text. */
function toSentence(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = redactText(value)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE)}…`;
}
