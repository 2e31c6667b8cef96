/**
 * What went wrong, for code to look at. The class of the error tells the area, `code` the case.
 * - `config`: settings that cannot work. `connection`: the socket server refused, or is lost.
 * - `unauthorized`: no valid token or session (401, 419). `forbidden`: signed in, but not allowed (403).
 * - `subscription-denied`, `subscription-failed`: a channel was refused; it could not be subscribed.
 * - `malformed-event`, `malformed-answer`: an event, or an answer of the REST API, does not have the agreed shape.
 * - `network`: the call got no answer. `timeout`: no answer in time. `aborted`: the caller gave up, the person changed, or the page was left.
 * - `not-found` (404, 405, 410), `too-large` (413), `rate-limited` (429), `server` (500 and above).
 * - `invalid`: the server did not accept the values (422 and other 4xx), or they cannot be sent; then `status` is `null`.
 * - `storage`, `host-callback`: kept for later; nothing reports them yet.
 */
export type ChatErrorCode =
  | 'config'
  | 'connection'
  | 'unauthorized'
  | 'subscription-denied'
  | 'subscription-failed'
  | 'malformed-event'
  | 'malformed-answer'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'not-found'
  | 'forbidden'
  | 'too-large'
  | 'invalid'
  | 'rate-limited'
  | 'server'
  | 'storage'
  | 'host-callback';

/** What no later try can change. */
const FINAL: readonly ChatErrorCode[] = ['aborted', 'invalid', 'forbidden', 'not-found', 'too-large'];

/** The base class of the errors of this package. `message` is a sentence for developers and contains no secrets. */
export class ChatError extends Error {
  override readonly name: string = 'ChatError';
  readonly code: ChatErrorCode;

  constructor(code: ChatErrorCode, message: string, options?: {readonly cause?: unknown}) {
    super(message, options?.cause === undefined ? undefined : {cause: options.cause});
    this.code = code;
  }
}

/** The settings cannot work. `message` names the attribute and what to set it to. */
export class ConfigError extends ChatError {
  override readonly name = 'ConfigError';

  constructor(message: string) {
    super('config', message);
  }
}

/** The connection was lost or refused for good. */
export class ConnectionError extends ChatError {
  override readonly name = 'ConnectionError';
  /** The close or error code of the Pusher protocol, or `null`. */
  readonly closeCode: number | null;

  constructor(message: string, closeCode: number | null = null, code: ChatErrorCode = 'connection') {
    super(code, message);
    this.closeCode = closeCode;
  }
}

/** A channel could not be subscribed. Everything else goes on. */
export class SubscriptionError extends ChatError {
  override readonly name = 'SubscriptionError';
  readonly channel: string;
  /** The HTTP status that the authorization route answered with, or `null`. */
  readonly status: number | null;

  constructor(
    code: 'subscription-denied' | 'subscription-failed' | 'unauthorized',
    channel: string,
    message: string,
    status: number | null = null,
  ) {
    super(code, message);
    this.channel = channel;
    this.status = status;
  }
}

/** An event did not have the agreed shape and was dropped. Later events are not affected. */
export class EventError extends ChatError {
  override readonly name = 'EventError';
  readonly channel: string | null;
  /** The name under which the event was broadcast. */
  readonly eventName: string;

  constructor(message: string, eventName: string, channel: string | null = null) {
    super('malformed-event', message);
    this.eventName = eventName;
    this.channel = channel;
  }
}

/** A REST call failed. */
export class ApiError extends ChatError {
  override readonly name = 'ApiError';
  /** The HTTP status, or `null` if there was no answer. */
  readonly status: number | null;
  /** What is wrong with each field (Laravel's `errors`); empty unless the answer had them, as with status 422. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** How long the server asks to wait, in ms (`Retry-After`), or `null`. */
  readonly retryAfter: number | null;

  constructor(
    code: ChatErrorCode,
    message: string,
    details: {
      readonly status?: number | null;
      readonly errors?: Readonly<Record<string, readonly string[]>>;
      readonly retryAfter?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(code, message, {cause: details.cause});
    this.status = details.status ?? null;
    this.errors = details.errors ?? {};
    this.retryAfter = details.retryAfter ?? null;
  }

  /** The error itself if it is an `ApiError`; any other is wrapped in one with code `network`. */
  static from(error: unknown): ApiError {
    return error instanceof ApiError
      ? error
      : new ApiError('network', 'The call failed before the server answered.', {cause: error});
  }

  /** Whether the same call may succeed later: there was no answer, one that cannot be read, or 408, 429 or 5xx. Other answers are final. */
  get isTransient(): boolean {
    const {code, status} = this;
    // Without a status it was never sent, or comes from a `ChatApi` that does not speak HTTP.
    if (status === null) return !FINAL.includes(code);
    return status === 408 || status === 429 || status >= 500 || code === 'malformed-answer';
  }
}
