import type {Clock, Id} from '../model/index.js';

interface Session {
  readonly userId: Id;
  readonly expiresAt: number;
}

/** Whom a request was taken to come from. */
export interface Sender {
  /** `null` for nobody. */
  readonly userId: Id | null;
  /** Whether it may not write, as the XSRF header is not the one of the session. */
  readonly isStale: boolean;
}

/** Who is signed in: the tokens that were given out, and the session cookie of "the browser", if there is one. */
export class Sessions {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #tokens = new Map<string, Session>();
  #count = 0;
  #cookie: {readonly userId: Id; readonly xsrfToken: string | null} | null = null;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  issue(userId: Id, lifetime: number): string {
    this.#count += 1;
    const token = `token-${this.#count}-of-${userId}`;
    this.#tokens.set(token, {userId, expiresAt: this.#clock.now() + lifetime});
    return token;
  }

  /** Makes the tokens of one person, or of all, worthless. */
  expire(userId?: Id): void {
    for (const [token, session] of this.#tokens) {
      if (userId === undefined || String(session.userId) === String(userId)) this.#tokens.delete(token);
    }
  }

  signIn(userId: Id, xsrfToken: string | null): void {
    this.#cookie = {userId, xsrfToken};
  }

  signOut(): void {
    this.#cookie = null;
  }

  /** Whom a request comes from; `isStale` where it came with the session but without the XSRF header that belongs to it. */
  identify(request: {readonly method: string; readonly headers: Headers; readonly credentials: string}): Sender {
    const bearer = /^Bearer (.+)$/u.exec(request.headers.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) {
      const session = this.#tokens.get(bearer);
      return from(session && session.expiresAt > this.#clock.now() ? session.userId : null);
    }
    const cookie = request.credentials === 'omit' ? null : this.#cookie;
    if (!cookie) return from(null);
    const unsafe = cookie.xsrfToken !== null && request.method !== 'GET';
    return from(cookie.userId, unsafe && request.headers.get('x-xsrf-token') !== cookie.xsrfToken);
  }
}

function from(userId: Id | null, isStale = false): Sender {
  return {userId, isStale};
}
