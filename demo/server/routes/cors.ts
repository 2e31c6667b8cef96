import type {MiddlewareHandler} from 'hono';
import {isAllowedOrigin} from '../origins.js';

const METHODS = 'GET, POST, PUT, PATCH, DELETE, OPTIONS';
const HEADERS = 'Accept, Authorization, Content-Type, Idempotency-Key, X-Requested-With, X-Socket-Id, X-XSRF-TOKEN';

/**
 * Lets pages of this machine read the answers, whatever port they came from. The origin is named, never `*`, and cookies are
 * not allowed: this server knows none.
 */
export const loopbackCors: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const allowed = origin !== undefined && isAllowedOrigin(origin);
  if (context.req.method === 'OPTIONS') {
    context.res = context.body(null, 204);
    if (allowed) {
      context.res.headers.set('Access-Control-Allow-Methods', METHODS);
      context.res.headers.set('Access-Control-Allow-Headers', HEADERS);
      context.res.headers.set('Access-Control-Max-Age', '600');
    }
  } else {
    await next();
  }
  context.res.headers.append('Vary', 'Origin');
  if (allowed) {
    context.res.headers.set('Access-Control-Allow-Origin', origin);
    context.res.headers.set('Access-Control-Expose-Headers', 'Retry-After');
  }
};
