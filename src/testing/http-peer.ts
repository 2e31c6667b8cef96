import type {Id} from '../model/index.js';
import type {Faults, HttpFault} from './faults.js';
import {HttpError} from './http-error.js';
import {ROUTES, type RouteAnswer, type RouteContext} from './routes.js';
import type {LoggedRequest, ServerLog} from './server-log.js';
import type {Sender, Sessions} from './sessions.js';

/** What the HTTP side needs of its server. */
export interface HttpSettings {
  readonly context: RouteContext;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly log: ServerLog;
  readonly later: (fn: () => void, ms: number) => void;
  /** What of a body goes out. */
  readonly outgoing: (body: unknown) => unknown;
}

interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly credentials: string;
  readonly body: unknown;
}

/** What has one of these statuses has no body, and `Response` takes none for it. */
const BODILESS: readonly unknown[] = [204, 205, 304];

const HTML = '<!doctype html><title>Sign in</title><h1>Sign in</h1>';

/** The REST side: what `fetch` is elsewhere. */
export class HttpPeer {
  /** Whether it answers at all. */
  running = true;
  /** How many requests are being worked on. One that is made to hang or to wait for the clock does not count. */
  busy = 0;

  readonly #settings: HttpSettings;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    return Promise.race([this.#answer(input, init), aborted(signal)]);
  };

  async #answer(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    this.busy += 1;
    try {
      const request = await read(input, init);
      const sender = this.#settings.sessions.identify(request);
      const entry = this.#log(request, sender.isStale ? null : sender.userId);
      if (!this.running) throw networkError();
      const response = await this.#respond(request, sender, this.#fault(request));
      entry.status = response.status;
      return response;
    } finally {
      this.busy -= 1;
      this.#settings.log.activity += 1;
    }
  }

  #log({method, url, headers, body}: Incoming, userId: Id | null): LoggedRequest {
    return this.#settings.log.request({method, path: url.pathname, query: url.searchParams, headers, body, userId});
  }

  #fault({method, url, body}: Incoming): HttpFault {
    const {faults} = this.#settings;
    if (url.pathname !== '/broadcasting/auth') return faults.restList.strike(`${method} ${url.pathname}`) ?? {};
    const channel = (body as {channel_name?: unknown} | null)?.channel_name;
    return faults.authList.strike(String(channel)) ?? {};
  }

  async #respond(request: Incoming, sender: Sender, fault: HttpFault): Promise<Response> {
    const {delay} = fault;
    if (delay !== undefined) await this.#rest((wake) => this.#settings.later(wake, delay));
    if (fault.hang) await this.#rest(() => undefined);
    if (fault.unreachable) throw networkError();
    if (fault.status !== undefined) return faulty(fault, fault.status, new HttpError(fault.status).body);
    const answer = this.#route(request, sender);
    if (fault.lost) throw networkError();
    if (fault.html) return withBody(HTML, {headers: {'Content-Type': 'text/html'}});
    return fault.body === undefined
      ? jsonResponse(answer.status, this.#settings.outgoing(answer.body), fault.headers)
      : faulty(fault, 200, null);
  }

  /** Waits without being busy. */
  async #rest(until: (wake: () => void) => void): Promise<void> {
    this.busy -= 1;
    await new Promise<void>(until);
    this.busy += 1;
  }

  #route(request: Incoming, {userId, isStale}: Sender): RouteAnswer {
    try {
      const {method, url, body} = request;
      if (method === 'POST' && url.pathname === '/api/login') return this.#logIn(body);
      if (isStale) throw new HttpError(419);
      if (userId === null) throw new HttpError(401);
      const found = ROUTES.filter(([, path]) => path.test(url.pathname));
      if (found.length === 0) throw new HttpError(404);
      const [, path, route] = found.find(([allowed]) => allowed === method) ?? [];
      if (!path || !route) throw new HttpError(405);
      const params = (path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
      const user = this.#settings.context.backend.user(userId);
      return route(this.#settings.context, {user, params, query: url.searchParams, body});
    } catch (error) {
      if (error instanceof HttpError) return {status: error.status, body: error.body};
      throw error;
    }
  }

  #logIn(body: unknown): RouteAnswer {
    const {email, password} = (body ?? {}) as {email?: unknown; password?: unknown};
    const {backend} = this.#settings.context;
    const user = [...backend.users.values()].find((one) => one.email === email);
    if (!user || password !== 'password') {
      const message = 'These credentials do not match our records.';
      throw new HttpError(422, message, {email: [message]});
    }
    return {status: 200, body: {token: this.#settings.sessions.issue(user.id, Infinity), user}};
  }
}

async function read(input: RequestInfo | URL, init: RequestInit = {}): Promise<Incoming> {
  const request = input instanceof Request ? input : undefined;
  const body = init.body ?? (request ? await request.clone().text() : null);
  return {
    method: (init.method ?? request?.method ?? 'GET').toUpperCase(),
    url: new URL(input instanceof Request ? input.url : input, 'http://fake.test'),
    headers: new Headers(init.headers ?? request?.headers),
    credentials: init.credentials ?? request?.credentials ?? 'same-origin',
    body: typeof body === 'string' ? decode(body) : body,
  };
}

/** A body of JSON or, as stock clients send it, of a form. */
function decode(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}

function faulty(fault: HttpFault, status: number, body: unknown): Response {
  if (fault.body === undefined) return jsonResponse(status, body, fault.headers);
  return withBody(fault.body, {status, headers: fault.headers ?? {}});
}

function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  if (body === undefined) return new Response(null, {status, headers});
  return withBody(JSON.stringify(body), {status, headers: {'Content-Type': 'application/json', ...headers}});
}

/** A response whose text is at hand, however it is read. Reading a real body takes turns of the event loop that nobody can count. */
function withBody(content: string, init: ResponseInit): Response {
  const text = BODILESS.includes(init.status) ? '' : content;
  const response = new Response(text || null, init);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (text !== '') controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  Object.defineProperty(response, 'body', {value: body});
  return Object.assign(response, {
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(text).then((value) => JSON.parse(value) as unknown),
  });
}

function networkError(): TypeError {
  return new TypeError('Failed to fetch');
}

/** Rejects as `fetch` does when the signal is aborted; without a signal it never settles. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), {once: true});
  });
}
