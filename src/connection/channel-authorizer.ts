import {createLog} from '../logging/index.js';
import {ApiError, ChatError, type Clock, type TokenSource} from '../model/index.js';
import {currentHostPage, xsrfTokenFor, type HostPage} from '../model/http-page.js';
import {within} from '../model/within.js';
import {readAuth, refusalOf} from './channel-auth.js';
import type {AuthorizeHandler, AuthorizeRequest, ChannelAuth} from './types.js';

/** How long an answer may take (ms). */
const TIMEOUT = 10_000;
const log = createLog('ChannelAuthorizer');

export interface ChannelAuthorizerOptions {
  /** The address of the authorization route; in Laravel `/broadcasting/auth`. */
  readonly endpoint: string;
  readonly tokens: TokenSource;
  /** Headers for every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** For requests without a token. */
  readonly credentials: RequestCredentials;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** The page whose XSRF cookie is sent along. Default: the page that this runs in; `null` for none. */
  readonly page?: HostPage | null | undefined;
}

/**
 * Asks a backend whether a socket may join a channel, in the form that Laravel's `/broadcasting/auth` expects. A refused token is
 * renewed once, with one request however many channels wait for it. A token and cookies are never sent together.
 */
export class ChannelAuthorizer {
  readonly #options: ChannelAuthorizerOptions;
  /** A token for which a 403 was not cured by renewing it. A further 403 with this token is final: it is not renewed for that. */
  #believed: string | null = null;
  /**
   * The channels that such a 403 was about. For these a 403 is final with any token: tabs share renewed tokens, so each tab would
   * otherwise renew the token because of the one that another tab has just renewed, for ever.
   */
  readonly #denied = new Set<string>();

  constructor(options: ChannelAuthorizerOptions) {
    this.#options = options;
  }

  /**
   * Rejects with a `SubscriptionError`: `unauthorized` (401 or 419, even with a new token), `subscription-denied` (403),
   * `subscription-failed` (an answer that cannot be used); or with an `ApiError` where asking again later may help.
   */
  readonly authorize: AuthorizeHandler = async (request) => {
    const {tokens} = this.#options;
    const token = await tokens.get();
    const xsrf = this.#xsrf;
    const first = await this.#ask(request, token);
    if ('auth' in first) return first;
    const renewed = await this.#renew(first.status ?? 0, token, request.channelName);
    if (!renewed) throw first;
    if (renewed.token === null && first.status === 419 && this.#page && this.#xsrf === xsrf) await this.#read(request.signal);
    log.info('Asks again', {channel: request.channelName, status: first.status});
    const second = await this.#ask(request, renewed.token);
    if ('auth' in second) return second;
    if (second.status === 403) this.#believe(request.channelName, renewed.token);
    throw second;
  };

  /** The token to ask again with, or `null` where asking again is of no use. */
  async #renew(status: number, token: string | null, channel: string): Promise<{readonly token: string | null} | null> {
    // Laravel's `web` guard answers 403 to an expired bearer token as well as to somebody who may not join.
    const isBelieved = token === null || token === this.#believed || this.#denied.has(channel);
    const worthwhile = status === 401 || status === 419 || (status === 403 && !isBelieved);
    if (!worthwhile) return null;
    const fresh = await this.#options.tokens.refresh(token, 'refused');
    if (fresh !== token) return fresh === null ? null : {token: fresh};
    // In cookie mode there is no token to compare; the provider may have renewed the session.
    if (token === null) return {token: null};
    if (status === 403) this.#believe(channel, token);
    return null;
  }

  get #page(): HostPage | null {
    const {page = currentHostPage()} = this.#options;
    return page;
  }

  /** The XSRF token of the page, if it may go to the endpoint. */
  get #xsrf(): string | null {
    return xsrfTokenFor(this.#options.endpoint, this.#page);
  }

  /** Reads something, whatever the answer: Laravel sends a new XSRF cookie with it. The last one ends after two hours without a request. */
  async #read(signal: AbortSignal): Promise<void> {
    const {fetch, endpoint, clock} = this.#options;
    const deadline = {clock, timeout: TIMEOUT, signal, what: `GET ${endpoint}`};
    const init = {...this.#request(null, null), method: 'GET'};
    const answer = within(deadline, async (ending) => (await fetch(endpoint, {...init, signal: ending})).body?.cancel());
    await answer.catch(() => undefined);
  }

  #believe(channel: string, token: string | null): void {
    this.#believed = token;
    this.#denied.add(channel);
  }

  /** Asks once. Resolves with the authorization, or with an error for the server's refusal; rejects where there was no answer. */
  async #ask(
    {channelName, socketId, signal}: AuthorizeRequest,
    token: string | null,
  ): Promise<ChannelAuth | ReturnType<typeof refusalOf>> {
    const {fetch, endpoint, clock} = this.#options;
    const init = this.#request(token, JSON.stringify({socket_id: socketId, channel_name: channelName}));
    const what = `POST ${endpoint}`;
    try {
      return await within({clock, timeout: TIMEOUT, signal, what}, async (ending) => {
        const response = await fetch(endpoint, {...init, signal: ending});
        if (response.ok) {
          const auth = await readAuth(response, channelName);
          this.#believed = null;
          this.#denied.delete(channelName);
          return auth;
        }
        void response.body?.cancel().catch(() => undefined);
        return refusalOf(response, channelName, clock);
      });
    } catch (error) {
      if (error instanceof ChatError) throw error;
      throw new ApiError('network', `${what} could not be made: no network, a wrong address, or refused by CORS.`, {
        cause: error,
      });
    }
  }

  #request(token: string | null, body: string | null): RequestInit {
    const {headers, credentials} = this.#options;
    const all = new Headers(headers);
    all.set('Accept', 'application/json');
    all.set('Content-Type', 'application/json');
    all.set('X-Requested-With', 'XMLHttpRequest');
    if (token !== null) all.set('Authorization', `Bearer ${token}`);
    const byToken = all.has('Authorization');
    const xsrf = byToken || credentials === 'omit' ? null : this.#xsrf;
    if (xsrf !== null) all.set('X-XSRF-TOKEN', xsrf);
    // A redirect is not followed: it would become a GET for a login page.
    return {method: 'POST', headers: all, body, credentials: byToken ? 'omit' : credentials, redirect: 'manual'};
  }
}
