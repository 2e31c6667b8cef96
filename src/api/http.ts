import {createLog} from '../logging/index.js';
import {ApiError, type Clock, type TokenSource} from '../model/index.js';
import {xsrfTokenFor, type HostPage} from '../model/http-page.js';
import {readText} from '../model/http-reply.js';
import {parseJson} from '../model/json.js';
import {within} from '../model/within.js';
import {toRefusal} from './refusal.js';

const log = createLog('ChatApi');

/**
 * The largest answer that is read (MB). A page of 200 messages may take 24: each may have 10,000 characters, and PHP writes an emoji in twelve
 * bytes. So may a page of conversations, which names all who take part in each.
 */
const MAX_REPLY = 32;

export interface HttpOptions {
  /** What comes before every path; does not end with a slash. */
  readonly base: string;
  readonly token: TokenSource | null;
  /** For requests without a token. Those with one omit cookies. */
  readonly credentials: RequestCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** The page whose XSRF cookie is sent along; `null` outside a page. */
  readonly page: HostPage | null;
}

/** One call of the REST contract. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash. Its segments are percent-encoded already. */
  readonly path: string;
  readonly query?: URLSearchParams | undefined;
  /** Sent as JSON; a form is sent as it is. */
  readonly body?: object | FormData | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Set where the answer holds nothing of interest. A text such as `ok` is then as good as an empty answer. */
  readonly expectsNothing?: true;
  /** In ms, for each attempt. */
  readonly timeout: number;
}

/** A call that changes nothing, which every backend of the contract answers. */
const READING = {method: 'GET', path: '/conversations', query: new URLSearchParams({limit: '1'})} as const;

/** An answer, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How the server recognizes the person: by a token, or by the session cookie and its XSRF token. Never by both. */
interface Identity {
  readonly token: string | null;
  readonly xsrf: string | null;
}

/** Makes calls on behalf of a person, renews a refused token, and turns every failure into an `ApiError`. */
export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Resolves with the JSON of a successful answer, `undefined` for an empty one. Rejects with an `ApiError`. */
  async send(call: Call): Promise<unknown> {
    const what = `${call.method} ${call.path}`;
    const {clock} = this.#options;
    const limit = <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
      within({clock, timeout: call.timeout, signal: call.signal, what}, work);
    try {
      let identity = await limit(async () => this.#toIdentity(await this.#askForToken((source) => source.get())));
      const attempt = (): Promise<Reply> => limit((signal) => this.#attempt(call, identity, signal));
      let reply = await attempt();
      // By cookie twice, as another request may have changed the session meanwhile.
      for (let left = identity.token === null ? 2 : 1; left > 0 && (reply.status === 401 || reply.status === 419); left -= 1) {
        const {status} = reply;
        const renewed = await limit((signal) => this.#renew(identity, status, signal));
        if (!renewed) break;
        identity = renewed;
        reply = await attempt();
        if (reply.status === 401) break;
      }
      if (reply.status < 200 || reply.status >= 300) throw toRefusal(reply, what, clock);
      return parse(reply, what, call.expectsNothing);
    } catch (error) {
      const failure = toApiError(error, what);
      log.warn(failure.message, {code: failure.code, status: failure.status});
      throw failure;
    }
  }

  /** An identity to try instead of the one that was refused with this status; `null` where there is none. */
  async #renew(refused: Identity, status: number, signal: AbortSignal): Promise<Identity | null> {
    const renewed = (token: string | null = null): Identity | null => {
      const {xsrf} = this.#toIdentity(token);
      return token === refused.token && (xsrf === null || xsrf === refused.xsrf) ? null : {token, xsrf};
    };
    // Without a token it is the XSRF cookie that was stale. Another tab, or another request, may have got a new one meanwhile.
    if (refused.token === null && renewed()) return renewed();
    // There may be a token by now, even if there was none before.
    const token = await this.#askForToken((source) => source.refresh(refused.token, 'refused'));
    if (token !== null || refused.token !== null) return token === null ? null : renewed(token);
    // The cookie ends after two hours without a request, while Laravel may remember the person for weeks. A new one comes with all that is read.
    if (status === 419 && this.#options.page && !renewed()) await this.#attempt(READING, refused, signal);
    return renewed();
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

  async #attempt({method, path, query, body}: Omit<Call, 'timeout'>, identity: Identity, signal: AbortSignal): Promise<Reply> {
    const {base, fetch, headers: given, credentials} = this.#options;
    const headers = new Headers(given);
    headers.set('Accept', 'application/json');
    if (identity.token !== null) headers.set('Authorization', `Bearer ${identity.token}`);
    // It may also be one of the headers of the page.
    const byToken = headers.has('Authorization');
    if (identity.xsrf !== null && !byToken) headers.set('X-XSRF-TOKEN', identity.xsrf);
    const isJson = body !== undefined && !(body instanceof FormData);
    if (isJson) headers.set('Content-Type', 'application/json');
    // One of the page's own, meant for JSON, would keep the server from reading a form: only the browser knows where its parts end.
    else headers.delete('Content-Type');

    const response = await fetch(`${base}${path}${query?.size ? `?${query.toString()}` : ''}`, {
      method,
      headers,
      credentials: byToken ? 'omit' : credentials,
      // Otherwise a permanent redirect, or a 410, of some captive portal would be served from the cache long after it.
      cache: 'no-store',
      ...(body !== undefined && {body: isJson ? JSON.stringify(body) : body}),
      signal,
    });
    return readReply(response, `${method} ${path}`);
  }
}

async function readReply(response: Response, what: string): Promise<Reply> {
  const {status, headers} = response;
  // Whatever its `Content-Length`: an answer that is not read at all is not cancelled either, and the rest of it keeps the line busy.
  const text = await readText(response, MAX_REPLY * 1024 * 1024);
  if (text === null) throw new ApiError('malformed-answer', `${what} answered with more than ${MAX_REPLY} MB.`, {status});
  return {status, headers, text};
}

/** The JSON in an answer; `undefined` for an empty one and, with `expectsNothing`, for any text that is not a page of HTML. */
function parse({status, text}: Reply, what: string, expectsNothing?: true): unknown {
  const isPage = /^\s*</.test(text);
  const value = parseJson(text);
  if (value !== undefined || text === '' || (expectsNothing && !isPage)) return value;
  // The text is not quoted in the error: a page that came from a proxy may hold anything.
  const hint = isPage ? ' It is a page of HTML: is api-base right, and is the session still alive?' : '';
  throw new ApiError('malformed-answer', `${what} answered ${status} with something that is not JSON.${hint}`, {status});
}

function toApiError(error: unknown, what: string): ApiError {
  if (error instanceof ApiError) return error;
  // `fetch` rejects with a TypeError for all of these: no network, no such host, TLS, CORS, an invalid address.
  return new ApiError('network', `${what} could not be made: no network, a wrong address, or refused by CORS.`, {cause: error});
}
