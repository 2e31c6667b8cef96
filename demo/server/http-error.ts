import type {ContentfulStatusCode} from 'hono/utils/http-status';

/** What was wrong with each field, as Laravel says it. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** An answer other than success, in Laravel's shape: `{message, errors?}`. */
export class HttpError extends Error {
  readonly status: ContentfulStatusCode;
  readonly errors: FieldErrors | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ContentfulStatusCode, message: string, errors?: FieldErrors, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  /** What goes over the wire. */
  body(): {message: string; errors?: FieldErrors} {
    return this.errors ? {message: this.message, errors: this.errors} : {message: this.message};
  }
}

export const unauthenticated = (): HttpError => new HttpError(401, 'Unauthenticated.');
export const forbidden = (message = 'This action is unauthorized.'): HttpError => new HttpError(403, message);
export const notFound = (): HttpError => new HttpError(404, 'Not found.');
export const tooLarge = (): HttpError => new HttpError(413, 'Payload too large.');

/** A value that the server will not take: 422 with the field's name. */
export function invalid(field: string, message: string): HttpError {
  return new HttpError(422, message, {[field]: [message]});
}
