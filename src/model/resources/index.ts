/**
 * Decodes what a server sends into the types of the model: messages, conversations, people and attachments, which come in events and
 * in REST answers alike. Used by `events/` and `api/`, and by the command line for signing in; behind them there is no `unknown`.
 *
 * The rules: a required field that is missing, or any field of the wrong type, throws a `ShapeError`. An optional field that is missing
 * is decoded to `null`, empty or 0. Unknown fields are never read, and the result is always a new object.
 */
export * from './decode.js';
export * from './read.js';
export {ShapeError} from './shape-error.js';
