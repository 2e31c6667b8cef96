/** An answer other than success, as Laravel words it: `message`, and for 422 the fields that are wrong. */
export class HttpError extends Error {
  readonly status: number;
  readonly errors: Readonly<Record<string, readonly string[]>> | undefined;

  constructor(
    status: number,
    message: string = MESSAGES[status] ?? 'Error',
    errors?: Readonly<Record<string, readonly string[]>>,
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  get body(): object {
    return {message: this.message, ...(this.errors ? {errors: this.errors} : {})};
  }
}

/** The refusal of one field. */
export function invalid(field: string, message: string): HttpError {
  return new HttpError(422, message, {[field]: [message]});
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Unauthenticated.',
  403: 'This action is unauthorized.',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  419: 'CSRF token mismatch.',
  429: 'Too Many Attempts.',
  500: 'Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};
