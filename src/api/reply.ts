import {ApiError} from '../model/index.js';

/** The most that is read of an answer, in bytes; a server that sends more is not one of ours. */
export const MAX_REPLY_BYTES = 2 * 1024 * 1024;

/** An answer, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Reads an answer; rejects with an `ApiError` (`malformed-answer`) where it is larger than 2 MB. */
export async function readReply(response: Response, what: string): Promise<Reply> {
  const text = await readText(response, what);
  return {status: response.status, headers: response.headers, text};
}

/** Whether the server did what it was asked. */
export function isSuccess(reply: Reply): boolean {
  return reply.status >= 200 && reply.status < 300;
}

/** The JSON in an answer; `undefined` for an empty one. Throws an `ApiError` (`malformed-answer`) for anything else. */
export function parseReply(reply: Reply, what: string): unknown {
  if (reply.text === '') return undefined;
  try {
    return JSON.parse(reply.text);
  } catch {
    // Neither the text nor the parser's words, which quote it: a page that a proxy puts here may hold anything.
    const hint = looksLikeHtml(reply) ? ' It is a page of HTML: is api-base right, and is the session still alive?' : '';
    const message = `${what} answered ${reply.status} with something that is not JSON.${hint}`;
    throw new ApiError('malformed-answer', message, {status: reply.status});
  }
}

async function readText(response: Response, what: string): Promise<string> {
  const announced = Number(response.headers.get('Content-Length') ?? 0);
  if (announced > MAX_REPLY_BYTES) throw tooLarge(response, what);
  if (!response.body) return '';

  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_REPLY_BYTES) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(response, what);
    }
    text += decoder.decode(part.value, {stream: true});
  }
  return text + decoder.decode();
}

function tooLarge(response: Response, what: string): ApiError {
  return new ApiError('malformed-answer', `${what} answered with more than 2 MB.`, {status: response.status});
}

function looksLikeHtml(reply: Reply): boolean {
  return /\bhtml\b/i.test(reply.headers.get('Content-Type') ?? '') || /^\s*<(?:!doctype|html)/i.test(reply.text.slice(0, 200));
}
