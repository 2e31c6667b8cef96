import {prepareDatabase, prepareEnvironment} from './application.mjs';
import {obey, stopRequest} from './controls.mjs';
import {requirePackages} from './packages.mjs';
import {requireFree} from './ports.mjs';
import {requirePhp} from './php.mjs';
import {requireRedis} from './redis.mjs';
import {ScaledReverb} from './scaled-reverb.mjs';
import {httpService} from './services.mjs';
import {SingleReverb} from './single-reverb.mjs';

/** @param {string} line */
const say = (line) => process.stderr.write(`[serve] ${line}\n`);

/** @param {string} line */
const announce = (line) => process.stdout.write(`${line}\n`);

/**
 * Prepares and starts everything, and returns once it has been stopped.
 *
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<number>} the exit code
 */
export async function run(options) {
  const stop = stopRequest();
  await requirePhp(say);
  if (options.scale) await requireRedis(say);
  for (const port of [options.port, options.reverbPort]) await requireFree(port);
  await requirePackages(say);
  const env = await prepareEnvironment(options);
  await prepareDatabase(options.database, env, say);
  if (stop.requested) return 0;

  const http = httpService(options.port, env);
  const sockets = options.scale ? await ScaledReverb.create(options, env, announce) : new SingleReverb(options, env, announce);
  let disobey = () => {};
  try {
    const crash = crashOf([http, sockets]);
    await Promise.race([Promise.all([http.start(), sockets.start()]), stop.promise, crash]);
    if (stop.requested) return 0;
    announce(`listening on http://127.0.0.1:${options.port}`);
    disobey = obey(sockets, say);
    await Promise.race([stop.promise, crash]);
    return 0;
  } finally {
    disobey();
    await Promise.all([http.stop(), sockets.stop()]);
  }
}

/**
 * @param {readonly {onCrash: (message: string) => void}[]} parts
 * @returns {Promise<never>} rejects when one of them ends by itself
 */
function crashOf(parts) {
  const crash = new Promise((_, reject) => {
    for (const part of parts) part.onCrash = (message) => reject(new Error(message));
  });
  crash.catch(() => {});
  return /** @type {Promise<never>} */ (crash);
}
