import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import type {Context, MiddlewareHandler} from 'hono';
import {HttpError} from '../http-error.js';
import type {Faults} from '../faults.js';
import type {Environment} from './environment.js';

/** Makes REST calls go wrong as the switches say. Without `--faults` nothing can turn them. */
export function faultyRest(faults: Faults): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const {settings} = faults;
    if (settings.restDelay > 0) await delay(settings.restDelay);
    if (settings.restStatus !== null) throw injected(settings.restStatus);
    if (faults.strikes(settings.restHang)) return hang(context);
    if (faults.strikes(settings.rest5xx)) throw injected(503);
    await next();
    if (context.req.method !== 'GET' && faults.strikes(settings.dropAfterCommit)) context.env.incoming.socket.destroy();
    return undefined;
  };
}

/** The same for the channel authorization. */
export function faultyAuth(faults: Faults): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const {settings} = faults;
    if (settings.authStatus !== null) throw injected(settings.authStatus);
    if (faults.strikes(settings.authHang)) return hang(context);
    if (faults.strikes(settings.auth5xx)) throw injected(503);
    await next();
    return undefined;
  };
}

function injected(status: number): HttpError {
  const headers: Record<string, string> = status === 429 ? {'Retry-After': '1'} : {};
  return new HttpError(status as HttpError['status'], 'Injected fault.', undefined, headers);
}

/** Keeps the client waiting until it gives up. */
async function hang(context: Context<Environment>): Promise<Response> {
  await once(context.env.outgoing, 'close');
  return context.body(null);
}
