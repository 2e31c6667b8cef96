/** `node --import ./test/tools/use-slim-pusher.mjs`: whoever connects gets the pusher-js that we publish. */
import * as modules from 'node:module';
import {isMainThread} from 'node:worker_threads';
import {buildSlimPusher, STOCK} from './slim-pusher.mjs';

const URL = 'slim-pusher:module';

const {code} = await buildSlimPusher();

/** @type {import('node:module').ResolveHookSync & import('node:module').ResolveHook} */
export const resolve = (specifier, context, /** @type {any} */ next) =>
  specifier === STOCK ? {url: URL, format: 'module', shortCircuit: true} : next(specifier, context);

/** @type {import('node:module').LoadHookSync & import('node:module').LoadHook} */
export const load = (url, context, /** @type {any} */ next) =>
  url === URL ? {format: 'module', source: code, shortCircuit: true} : next(url, context);

/** Of Node 22.15. Where it is, tsx answers with it, before any hook of the older kind is asked. */
const {registerHooks} = /** @type {Partial<typeof modules>} */ (modules);

// By the older kind it is loaded twice: by the process, and by the thread that Node answers its imports from.
if (registerHooks) registerHooks({resolve, load});
else if (isMainThread) modules.register(import.meta.url);
