/** A value from outside does not have the shape it must have. The rooms that decode turn it into an error of their own area. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  /** Which part is wrong, e.g. `message.sender.id`. */
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.path = path;
  }
}
