import {createLog} from '../logging/index.js';
import {ApiError, type Clock, type TokenSource} from '../model/index.js';
import {xsrfTokenFor, type HostPage} from '../model/http-page.js';
import {readText} from '../model/http-reply.js';
import {parseJson} from '../model/json.js';
import {within} from '../model/within.js';
import {toRefusal} from './refusal.js';

const log = createLog('ChatApi');

/** The most that is read of an answer, in bytes; a server that sends more is not one of ours. */
const MAX_REPLY_BYTES = 2 * 1024 * 1024;

export interface HttpOptions {
  /** What every path is appended to. */
  readonly base: string;
  readonly token: TokenSource | null;
  /** For requests without a token. */
  readonly credentials: RequestCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly page: HostPage | null;
}

/** One call of the REST contract. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; its segments are encoded. */
  readonly path: string;
  readonly query?: URLSearchParams | undefined;
  /** Sent as JSON, or as it is if it is a form. */
  readonly body?: object | FormData | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether there is nothing to be told but that it was done: then `ok` is as good as 204. */
  readonly expectsNothing?: true;
  /** In ms, for each of at most two attempts. */
  readonly timeout: number;
}

/** An answer, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** By what the server knows the person: a token, or the session cookie with its XSRF token. Never both. */
interface Identity {
  readonly token: string | null;
  readonly xsrf: string | null;
}

/** Makes calls in the name of a person, renews the token when it is refused, and turns every failure into an `ApiError`. */
export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** The JSON of a successful answer; `undefined` for an empty one. Rejects with an `ApiError`. */
  async send(call: Call): Promise<unknown> {
    const what = `${call.method} ${call.path}`;
    const {clock} = this.#options;
    const limit = <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
      within({clock, timeout: call.timeout, signal: call.signal, what}, work);
    try {
      const identity = await limit(async () => this.#toIdentity(await this.#askForToken((source) => source.get())));
      let reply = await limit((signal) => this.#attempt(call, identity, signal));
      if (reply.status === 401 || reply.status === 419) {
        const renewed = await limit(() => this.#renew(identity));
        if (renewed) reply = await limit((signal) => this.#attempt(call, renewed, signal));
      }
      if (reply.status < 200 || reply.status >= 300) throw toRefusal(reply, what, clock);
      return parse(reply, what, call.expectsNothing);
    } catch (error) {
      const failure = toApiError(error, what);
      log.warn(failure.message, {code: failure.code, status: failure.status});
      throw failure;
    }
  }

  /** Another identity than the one that was refused; `null` where there is none. */
  async #renew(refused: Identity): Promise<Identity | null> {
    // Without a token it is the cookie that ran out, and another tab or another request may have brought a new one.
    if (refused.token === null) {
      const identity = this.#toIdentity(null);
      if (identity.xsrf !== null && identity.xsrf !== refused.xsrf) return identity;
    }
    // Also who had no token may have one by now.
    const token = await this.#askForToken((source) => source.refresh(refused.token, 'refused'));
    return token === null || token === refused.token ? null : this.#toIdentity(token);
  }

  async #askForToken(ask: (source: TokenSource) => Promise<string | null>): Promise<string | null> {
    if (!this.#options.token) return null;
    try {
      return await ask(this.#options.token);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError('unauthorized', 'The token provider failed.', {cause});
    }
  }

  #toIdentity(token: string | null): Identity {
    return {token, xsrf: token === null ? xsrfTokenFor(this.#options.base, this.#options.page) : null};
  }

  async #attempt({method, path, query, body}: Call, identity: Identity, signal: AbortSignal): Promise<Reply> {
    const {base, fetch, headers: given, credentials} = this.#options;
    const headers = new Headers(given);
    headers.set('Accept', 'application/json');
    if (identity.token !== null) headers.set('Authorization', `Bearer ${identity.token}`);
    if (identity.xsrf !== null) headers.set('X-XSRF-TOKEN', identity.xsrf);
    const isJson = body !== undefined && !(body instanceof FormData);
    if (isJson) headers.set('Content-Type', 'application/json');

    const response = await fetch(`${base}${path}${query?.size ? `?${query.toString()}` : ''}`, {
      method,
      headers,
      credentials: identity.token === null ? credentials : 'omit',
      // A permanent redirect or a 410 of some portal would else be given again long after that has gone.
      cache: 'no-store',
      ...(body !== undefined && {body: isJson ? JSON.stringify(body) : body}),
      signal,
    });
    return readReply(response, `${method} ${path}`);
  }
}

async function readReply(response: Response, what: string): Promise<Reply> {
  const {status, headers} = response;
  const isTooLarge = Number(headers.get('Content-Length')) > MAX_REPLY_BYTES;
  const text = isTooLarge ? null : await readText(response, MAX_REPLY_BYTES);
  if (text === null) throw new ApiError('malformed-answer', `${what} answered with more than 2 MB.`, {status});
  return {status, headers, text};
}

/** The JSON in an answer; `undefined` for an empty one, and for any other text but a page where `expectsNothing`. */
function parse({status, text}: Reply, what: string, expectsNothing?: true): unknown {
  const isPage = /^\s*</.test(text);
  const value = parseJson(text);
  if (value !== undefined || text === '' || (expectsNothing && !isPage)) return value;
  // The text is not quoted: a page that a proxy puts here may hold anything.
  const hint = isPage ? ' It is a page of HTML: is api-base right, and is the session still alive?' : '';
  throw new ApiError('malformed-answer', `${what} answered ${status} with something that is not JSON.${hint}`, {status});
}

function toApiError(error: unknown, what: string): ApiError {
  if (error instanceof ApiError) return error;
  // `fetch` rejects with a TypeError for all of these: no network, no such host, TLS, CORS, an address that is none.
  return new ApiError('network', `${what} could not be made: no network, a wrong address, or refused by CORS.`, {cause: error});
}
