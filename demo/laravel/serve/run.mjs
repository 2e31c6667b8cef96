import {once} from 'node:events';
import {tmpdir} from 'node:os';
import {prepareDatabase, prepareEnvironment} from './application.mjs';
import {command} from './command.mjs';
import {requirePackages} from './packages.mjs';
import {laravelRoot} from './paths.mjs';
import {isHealthy, isTaken, requireFree} from './ports.mjs';
import {requirePhp} from './php.mjs';
import {Service} from './service.mjs';

/** So many requests are served at once. */
const HTTP_WORKERS = '4';

/** PHP's own server names every connection that comes and goes. */
const CONNECTION_NOISE = /\] (?:127\.0\.0\.1|\[::1\]):\d+ (?:Accepted|Closing|\[\d+\]:)/;

const PHP = ['php', '-d', 'variables_order=EGPCS', '-d', 'upload_max_filesize=11M', '-d', 'post_max_size=12M'];

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
  for (const port of [options.port, ...reverbPorts(options)]) await requireFree(port);
  await requirePackages(say);
  const env = await prepareEnvironment(options);
  await prepareDatabase(options.database, env, say);
  if (stop.requested) return 0;

  const http = httpService(options, env);
  const reverbs = reverbPorts(options).map((port) => reverbService(port, env));
  const redis = options.scale ? await redisService(options.redisPort) : [];
  try {
    const crash = crashOf([http, ...reverbs, ...redis]);
    await Promise.race([Promise.all(redis.map((service) => service.start())), crash]);
    await Promise.race([Promise.all([http, ...reverbs].map((service) => service.start())), stop.promise, crash]);
    if (stop.requested) return 0;
    for (const port of reverbPorts(options)) announce(`reverb listening on http://127.0.0.1:${port}`);
    announce(`listening on http://127.0.0.1:${options.port}`);
    obeyReverbSignals(reverbs, options);
    await Promise.race([stop.promise, crash]);
    return 0;
  } finally {
    await Promise.all([http, ...reverbs].map((service) => service.stop()));
    await Promise.all(redis.map((service) => service.stop()));
  }
}

/** @param {import('./options.mjs').Options} options */
function reverbPorts({reverbPort, scale}) {
  return scale ? [reverbPort, reverbPort + 1] : [reverbPort];
}

/**
 * @param {import('./options.mjs').Options} options
 * @param {NodeJS.ProcessEnv} env
 */
function httpService(options, env) {
  return new Service({
    name: 'http',
    // The front controller is the router, so that every path reaches Laravel.
    command: [...PHP, '-S', `127.0.0.1:${options.port}`, '-t', 'public', 'public/index.php'],
    cwd: laravelRoot,
    env: {...env, PHP_CLI_SERVER_WORKERS: HTTP_WORKERS},
    isReady: () => isHealthy(`http://127.0.0.1:${options.port}/up`),
    quiet: CONNECTION_NOISE,
  });
}

/**
 * @param {number} port
 * @param {NodeJS.ProcessEnv} env
 */
function reverbService(port, env) {
  return new Service({
    name: `reverb:${port}`,
    command: [...PHP, 'artisan', 'reverb:start', '--host=127.0.0.1', `--port=${port}`, '--no-ansi'],
    cwd: laravelRoot,
    env: {...env, REVERB_SERVER_HOST: '127.0.0.1', REVERB_SERVER_PORT: String(port)},
    isReady: () => isHealthy(`http://127.0.0.1:${port}/up`),
  });
}

/**
 * What nodes of Reverb share: nothing to start where Redis runs already.
 *
 * @param {number} port
 * @returns {Promise<Service[]>}
 * @throws {Error} where it neither runs nor is installed
 */
async function redisService(port) {
  if (await isTaken(port)) return [];
  if ((await command('redis-server', ['--version'])).code !== 0) {
    throw new Error('--scale needs Redis. On Debian or Ubuntu: sudo apt-get install redis-server');
  }
  const memoryOnly = ['--save', '', '--appendonly', 'no'];
  return [
    new Service({
      name: 'redis',
      command: ['redis-server', '--port', String(port), '--bind', '127.0.0.1', ...memoryOnly],
      cwd: tmpdir(),
      env: process.env,
      isReady: () => isTaken(port),
    }),
  ];
}

function stopRequest() {
  const request = {requested: false, promise: Promise.resolve()};
  request.promise = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]).then(() => {
    request.requested = true;
  });
  // A second Ctrl-C while stopping must not cut the stopping short.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  return request;
}

/**
 * @param {readonly Service[]} services
 * @returns {Promise<never>} rejects when one of them ends by itself
 */
function crashOf(services) {
  const crash = new Promise((_, reject) => {
    for (const service of services) service.onCrash = (message) => reject(new Error(message));
  });
  crash.catch(() => {});
  return /** @type {Promise<never>} */ (crash);
}

/**
 * @param {readonly Service[]} reverbs
 * @param {import('./options.mjs').Options} options
 */
function obeyReverbSignals(reverbs, options) {
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const queue = (step) => {
    last = last.then(step).catch((error) => say(String(error)));
  };
  process.on('SIGUSR1', () =>
    queue(async () => {
      await Promise.all(reverbs.map((reverb) => reverb.stop()));
      announce('reverb stopped');
    }),
  );
  process.on('SIGUSR2', () =>
    queue(async () => {
      await Promise.all(reverbs.map((reverb) => reverb.start()));
      for (const port of reverbPorts(options)) announce(`reverb listening on http://127.0.0.1:${port}`);
    }),
  );
}
