/**
 * From what a server sent to our nouns: the resources of the contract's sections 4 and 5, which reach us in events and in REST
 * answers alike. Only `events/` and `api/` come here; they are where `unknown` ends.
 *
 * The rules: a field that must be there and is not, or is of another type, throws a `ShapeError`. A field that may be absent is
 * `null`, empty or 0. Unknown fields are never looked at, and the result is always a fresh object.
 */
export * from './decode.js';
export * from './read.js';
export {ShapeError} from './shape-error.js';
