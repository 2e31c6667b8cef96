/** A request as it was made. */
export interface Made {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly credentials: RequestCredentials | undefined;
  readonly cache: RequestCache | undefined;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

/** What a scripted fetch does with one request. */
export type Answer = (made: Made) => Response | Promise<Response>;

/** A `fetch` that answers by a script, in order, and remembers what it was asked. A request too many fails. */
export function scriptedFetch(...script: Answer[]): {readonly fetch: typeof fetch; readonly made: Made[]} {
  const made: Made[] = [];
  return {
    made,
    fetch: async (input, init = {}) => {
      const one = toMade(input instanceof Request ? input.url : input.toString(), init);
      made.push(one);
      const answer = script[made.length - 1];
      if (!answer) throw new Error(`There is no answer to request ${made.length}: ${one.method} ${one.url}`);
      return answer(one);
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(JSON.stringify(body), {status, headers: {'Content-Type': 'application/json', ...headers}});

export const text =
  (status: number, body: string, type = 'text/html; charset=utf-8', headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(body, {status, headers: {'Content-Type': type, ...headers}});

export const empty = (): Answer => () => new Response(null, {status: 204});

/** Fails as browsers do when there is no network. */
export const unreachable = (): Answer => () => Promise.reject(new TypeError('Failed to fetch'));

/** Never answers, and rejects when it is aborted. */
export const hanging =
  (): Answer =>
  ({signal}) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), {once: true});
    });

/** Never answers, not even when it is aborted. */
export const deaf = (): Answer => () => new Promise(() => undefined);

function toMade(url: string, init: RequestInit): Made {
  return {
    method: init.method ?? 'GET',
    url,
    headers: new Headers(init.headers),
    credentials: init.credentials,
    cache: init.cache,
    body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body,
    signal: init.signal ?? new AbortController().signal,
  };
}
