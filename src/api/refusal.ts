import {redactText} from '../logging/index.js';
import {ApiError, type ChatErrorCode, type Clock} from '../model/index.js';
import {readRetryAfter} from '../model/http-reply.js';
import {fieldsOf, parseJson} from '../model/json.js';
import type {Reply} from './http.js';

const MAX_MESSAGE = 300;

/** What a status means, where it means something of its own. */
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

/** The error for an answer that says no. `what` is the call: `POST /conversations/7/messages`. */
export function toRefusal({status, headers, text}: Reply, what: string, clock: Clock): ApiError {
  // Laravel's `{message, errors: {field: [sentence, …]}}`, or whatever came in its place. What a 5xx says is not repeated: it may be a stack trace.
  const {message, errors} = fieldsOf(status < 500 ? parseJson(text) : null);
  const sentence = toSentence(message);
  return new ApiError(codeOf(status), `${what} answered ${status}${sentence && ': '}${sentence || '.'}`, {
    status,
    errors: readErrors(errors),
    retryAfter: readRetryAfter(headers, clock),
  });
}

/** A redirect that was not followed is no answer at all. */
function codeOf(status: number): ChatErrorCode {
  return CODES[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid' : 'malformed-answer');
}

function readErrors(errors: unknown): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fieldsOf(errors)).map(([field, said]) => [field, [said].flat().map(toSentence).filter(Boolean)]),
  );
}

/** A text of the server's, fit for a log line: one line, without secrets, at most 300 characters. */
function toSentence(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = redactText(value)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE)}…`;
}
