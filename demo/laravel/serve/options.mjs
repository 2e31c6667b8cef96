import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {laravelRoot} from './paths.mjs';

export const usage = `usage: node demo/laravel/serve.mjs [options]

  --port N           the HTTP API (default 8000)
  --reverb-port N    the WebSocket server (default 8080); with --scale, the balancer in front of it
  --db FILE          the SQLite file (default demo/laravel/database/database.sqlite)
  --token-ttl S      seconds until a token expires (default: never)
  --scale            two Reverb nodes behind a balancer, with Redis between them
  --redis-port N     the Redis of --scale; started there if nothing answers (default: its own, on a free port)
  --help             this text

Signals: SIGUSR1 stops Reverb, SIGUSR2 starts it again, SIGTERM and SIGINT stop everything.
With --scale, lines on stdin: kill node N, start node N, kill redis, start redis, sockets (how many each node has).
`;

/** Flags that make no sense; its message says which. */
export class UsageError extends Error {}

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {number} port
 * @property {number} reverbPort
 * @property {string} database absolute path
 * @property {number | null} tokenTtl seconds, `null` for never
 * @property {boolean} scale
 * @property {number | null} redisPort `null` for a free one
 */

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(args) {
  const values = parse(args);
  const port = toInteger('port', values.port, 1, 65_535) ?? 8000;
  const reverbPort = toInteger('reverb-port', values['reverb-port'], 1, 65_535) ?? 8080;
  if (port === reverbPort) throw new UsageError('--port and --reverb-port must differ.');
  return {
    help: values.help,
    port,
    reverbPort,
    database: resolve(values.db ?? resolve(laravelRoot, 'database/database.sqlite')),
    tokenTtl: toInteger('token-ttl', values['token-ttl'], 1, 31_536_000) ?? null,
    scale: values.scale,
    redisPort: toInteger('redis-port', values['redis-port'], 1, 65_535) ?? null,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: {type: 'string'},
        'reverb-port': {type: 'string'},
        db: {type: 'string'},
        'token-ttl': {type: 'string'},
        scale: {type: 'boolean', default: false},
        'redis-port': {type: 'string'},
        help: {type: 'boolean', short: 'h', default: false},
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} min
 * @param {number} max
 */
function toInteger(name, text, min, max) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}
