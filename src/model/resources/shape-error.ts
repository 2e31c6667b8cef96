/** An untrusted value does not have the agreed shape. `events` turns it into an `EventError`, `api` into an `ApiError`. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  /** The part that is wrong, e.g. `message.sender.id`. */
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.path = path;
  }
}
