import {createLog} from '../logging/index.js';
import {ApiError, type Clock, type TokenSource} from '../model/index.js';
import {within} from './deadline.js';
import {xsrfToken, type HostPage} from './page.js';
import {toRefusal} from './refusal.js';
import {isSuccess, parseReply, readReply, type Reply} from './reply.js';

const log = createLog('ChatApi');

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
  /** In ms, for each of at most two attempts. */
  readonly timeout: number;
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
    try {
      const reply = await this.#sendAs(call, what);
      if (!isSuccess(reply)) throw toRefusal(reply, what, this.#options.clock);
      return parseReply(reply, what);
    } catch (error) {
      const failure = toApiError(error, what);
      log.warn(failure.message, () => ({code: failure.code, status: failure.status}));
      throw failure;
    }
  }

  async #sendAs(call: Call, what: string): Promise<Reply> {
    const identity = await this.#deadline(call, what, () => this.#identify());
    const reply = await this.#attempt(call, what, identity);
    if (reply.status !== 401 && reply.status !== 419) return reply;

    const renewed = await this.#deadline(call, what, () => this.#renew(identity));
    log.info(renewed ? 'trying once more with a new token' : 'there is no new token', {what, status: reply.status});
    return renewed ? this.#attempt(call, what, renewed) : reply;
  }

  async #identify(): Promise<Identity> {
    const token = await this.#askForToken(async (source) => source.get());
    return this.#toIdentity(token);
  }

  /** Another identity than the one that was refused; `null` where there is none. */
  async #renew(refused: Identity): Promise<Identity | null> {
    // Without a token it is the cookie that ran out, and another tab or another request may have brought a new one.
    if (refused.token === null) {
      const identity = this.#toIdentity(null);
      return identity.xsrf !== null && identity.xsrf !== refused.xsrf ? identity : null;
    }
    const token = await this.#askForToken(async (source) => source.refresh(refused.token, 'refused'));
    return token !== null && token !== refused.token ? this.#toIdentity(token) : null;
  }

  async #askForToken(ask: (source: TokenSource) => Promise<string | null>): Promise<string | null> {
    if (!this.#options.token) return null;
    try {
      return await ask(this.#options.token);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError('unauthorized', 'No token could be had: the token provider failed.', {cause});
    }
  }

  #toIdentity(token: string | null): Identity {
    return {token, xsrf: token === null ? xsrfToken(this.#options.base, this.#options.page) : null};
  }

  #attempt(call: Call, what: string, identity: Identity): Promise<Reply> {
    const {base, fetch} = this.#options;
    const query = call.query?.size ? `?${call.query.toString()}` : '';
    return this.#deadline(call, what, async (signal) => {
      const response = await fetch(`${base}${call.path}${query}`, {...this.#init(call, identity), signal});
      return readReply(response, what);
    });
  }

  #init(call: Call, identity: Identity): RequestInit {
    const headers = new Headers(this.#options.headers);
    headers.set('Accept', 'application/json');
    if (identity.token !== null) headers.set('Authorization', `Bearer ${identity.token}`);
    if (identity.xsrf !== null) headers.set('X-XSRF-TOKEN', identity.xsrf);

    const credentials = identity.token === null ? this.#options.credentials : 'omit';
    const init: RequestInit = {method: call.method, headers, credentials};
    if (call.body === undefined) return init;
    if (call.body instanceof FormData) return {...init, body: call.body};
    headers.set('Content-Type', 'application/json');
    return {...init, body: JSON.stringify(call.body)};
  }

  #deadline<Result>(call: Call, what: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    return within({clock: this.#options.clock, timeout: call.timeout, signal: call.signal, what}, work);
  }
}

function toApiError(error: unknown, what: string): ApiError {
  if (error instanceof ApiError) return error;
  // `fetch` rejects with a TypeError for all of these: no network, no such host, TLS, CORS, an address that is none.
  return new ApiError('network', `${what} could not be made: no network, a wrong address, or refused by CORS.`, {cause: error});
}
