import type {Id} from '../model/index.js';

/** A request that reached the server, or tried to. */
export interface LoggedRequest {
  /** By the virtual clock (ms since the epoch). */
  readonly at: number;
  readonly method: string;
  /** Without host and query, e.g. `/api/conversations/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Decoded JSON, or the form as it came; `null` without a body. */
  readonly body: unknown;
  /** Whom the server took the sender for. */
  readonly userId: Id | null;
  /** What was answered; `null` for none, or not yet. */
  status: number | null;
}

/** A frame on a socket. */
export interface LoggedFrame {
  readonly at: number;
  /** `in`: from a client. `out`: to a client. */
  readonly direction: 'in' | 'out';
  readonly socketId: string;
  /** The name of the event, or `null` for a frame that is none. */
  readonly event: string | null;
  readonly channel: string | null;
  readonly text: string;
}

/** An attempt to open a socket. */
export interface LoggedAttempt {
  readonly at: number;
  readonly url: string;
}

/** What the server saw, in order. For assertions; nothing reads it back. */
export class ServerLog {
  readonly requests: LoggedRequest[] = [];
  readonly frames: LoggedFrame[] = [];
  readonly attempts: LoggedAttempt[] = [];
  /** How many entries there were in all: it moves as long as something goes on. */
  activity = 0;

  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  request(request: Omit<LoggedRequest, 'at' | 'status'>): LoggedRequest {
    this.activity += 1;
    const entry: LoggedRequest = {...request, at: this.#now(), status: null};
    this.requests.push(entry);
    return entry;
  }

  frame(direction: 'in' | 'out', socketId: string, text: string): void {
    this.activity += 1;
    this.frames.push({at: this.#now(), direction, socketId, text, ...nameOf(text)});
  }

  attempt(url: string): void {
    this.activity += 1;
    this.attempts.push({at: this.#now(), url});
  }

  /** The requests of a method (any if `*`) to a path that contains or matches. */
  requestsTo(method: string, path: string | RegExp): LoggedRequest[] {
    return this.requests.filter(
      (request) =>
        (method === '*' || request.method === method) &&
        (typeof path === 'string' ? request.path.includes(path) : path.test(request.path)),
    );
  }

  /** Forgets what was so far. */
  clear(): void {
    this.requests.length = 0;
    this.frames.length = 0;
    this.attempts.length = 0;
  }
}

function nameOf(text: string): {event: string | null; channel: string | null} {
  try {
    const frame = JSON.parse(text) as {event?: unknown; channel?: unknown} | null;
    return {
      event: typeof frame?.event === 'string' ? frame.event : null,
      channel: typeof frame?.channel === 'string' ? frame.channel : null,
    };
  } catch {
    return {event: null, channel: null};
  }
}
