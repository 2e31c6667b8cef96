import type {MiddlewareHandler} from 'hono';
import {HttpError, tooLarge} from '../http-error.js';

/**
 * Refuses a body by the length that it announces, before any of it is read; Node sees to it that no more than that arrives.
 * A body of unknown length is refused as well (411): nothing that this server takes needs one.
 */
export function limitBody(maxBytes: (path: string) => number): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header('transfer-encoding') !== undefined) throw new HttpError(411, 'A Content-Length is required.');
    if (Number(context.req.header('content-length') ?? 0) > maxBytes(context.req.path)) throw tooLarge();
    await next();
  };
}
