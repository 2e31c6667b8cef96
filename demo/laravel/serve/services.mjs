import {laravelRoot} from './paths.mjs';
import {isHealthy} from './ports.mjs';
import {Service} from './service.mjs';

/** So many requests are served at once. */
const HTTP_WORKERS = '4';

/** PHP's own server names every connection that comes and goes. */
const CONNECTION_NOISE = /\] (?:127\.0\.0\.1|\[::1\]):\d+ (?:Accepted|Closing|\[\d+\]:)/;

const PHP = ['php', '-d', 'variables_order=EGPCS', '-d', 'upload_max_filesize=11M', '-d', 'post_max_size=12M'];

/**
 * The HTTP API.
 *
 * @param {number} port
 * @param {NodeJS.ProcessEnv} env
 */
export function httpService(port, env) {
  return new Service({
    name: 'http',
    // The front controller is the router, so that every path reaches Laravel.
    command: [...PHP, '-S', `127.0.0.1:${port}`, '-t', 'public', 'public/index.php'],
    cwd: laravelRoot,
    env: {...env, PHP_CLI_SERVER_WORKERS: HTTP_WORKERS},
    isReady: () => isHealthy(`http://127.0.0.1:${port}/up`),
    quiet: CONNECTION_NOISE,
  });
}

/**
 * A Reverb, alone or as one node of several.
 *
 * @param {number} port
 * @param {NodeJS.ProcessEnv} env
 */
export function reverbService(port, env) {
  return new Service({
    name: `reverb:${port}`,
    command: [...PHP, 'artisan', 'reverb:start', '--host=127.0.0.1', `--port=${port}`, '--no-ansi'],
    cwd: laravelRoot,
    env: {...env, REVERB_SERVER_HOST: '127.0.0.1', REVERB_SERVER_PORT: String(port)},
    isReady: () => isHealthy(`http://127.0.0.1:${port}/up`),
  });
}
