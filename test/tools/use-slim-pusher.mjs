/** `node --import ./test/tools/use-slim-pusher.mjs`: whoever connects gets the pusher-js that we publish. */
import {register} from 'node:module';
import {isMainThread} from 'node:worker_threads';
import {buildSlimPusher, STOCK} from './slim-pusher.mjs';

const URL = 'slim-pusher:module';

// Loaded twice: by the process, and by the thread that Node answers its imports from.
if (isMainThread) register(import.meta.url);

/** @type {import('node:module').ResolveHook} */
export const resolve = (specifier, context, next) =>
  specifier === STOCK ? {url: URL, format: 'module', shortCircuit: true} : next(specifier, context);

/** @type {import('node:module').LoadHook} */
export const load = async (url, context, next) =>
  url === URL ? {format: 'module', source: (await buildSlimPusher()).code, shortCircuit: true} : next(url, context);
