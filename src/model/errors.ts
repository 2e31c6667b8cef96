/**
 * What can go wrong, for programs. `name` of the error class tells the area, `code` the case.
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

/** The one root of all errors of this package. `message` is a sentence for a developer and holds no secret. */
export class ChatError extends Error {
  override readonly name: string = 'ChatError';
  readonly code: ChatErrorCode;

  constructor(code: ChatErrorCode, message: string, options?: {readonly cause?: unknown}) {
    super(message, options?.cause === undefined ? undefined : {cause: options.cause});
    this.code = code;
  }
}

/** The settings cannot work. `attribute` and `element` name what to mend, where an attribute is at fault. */
export class ConfigError extends ChatError {
  override readonly name = 'ConfigError';

  constructor(message: string) {
    super('config', message);
  }
}

/** The connection was lost or refused for good. */
export class ConnectionError extends ChatError {
  override readonly name = 'ConnectionError';
  /** The Pusher close or error code, if there was one. */
  readonly closeCode: number | null;

  constructor(message: string, closeCode: number | null = null, code: ChatErrorCode = 'connection') {
    super(code, message);
    this.closeCode = closeCode;
  }
}

/** One channel could not be subscribed; everything else goes on. */
export class SubscriptionError extends ChatError {
  override readonly name = 'SubscriptionError';
  readonly channel: string;
  /** The HTTP status of the authorization route, if it answered. */
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

/** An event arrived that does not have the shape of the contract. It was dropped; later events are not touched. */
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
  /** What was wrong with which field (Laravel's `errors`), for status 422. */
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

  /** An error as it is if it is one of these, and otherwise as one that happened before there was an answer. */
  static from(error: unknown): ApiError {
    return error instanceof ApiError
      ? error
      : new ApiError('network', 'The call failed before the server answered.', {cause: error});
  }

  /** Whether the same call may succeed later: no answer, 408, 429, 5xx. Anything else is the server's last word. */
  get isTransient(): boolean {
    const {status} = this;
    // Without a status: the caller gave up, or gave something that cannot be sent.
    if (this.code === 'aborted' || (this.code === 'invalid' && status === null)) return false;
    return status === null || status === 408 || status === 429 || status >= 500 || this.code === 'malformed-answer';
  }
}
