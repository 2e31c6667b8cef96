import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {laravelRoot} from './paths.mjs';

export const usage = `usage: node demo/laravel/serve.mjs [options]

  --port N           the HTTP API (default 8000)
  --reverb-port N    the WebSocket server (default 8080); with --scale, N and N+1
  --db FILE          the SQLite file (default demo/laravel/database/database.sqlite)
  --token-ttl S      seconds until a token expires (default: never)
  --scale            two Reverb nodes that share their channels through Redis
  --redis-port N     where --scale finds or starts Redis (default 6379)
  --help             this text

Signals: SIGUSR1 stops Reverb, SIGUSR2 starts it again, SIGTERM and SIGINT stop everything.
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
 * @property {number} redisPort
 */

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(args) {
  const values = parse(args);
  const port = toInteger('port', values.port, 1, 65_535) ?? 8000;
  const reverbPort = toInteger('reverb-port', values['reverb-port'], 1, 65_534) ?? 8080;
  if (port === reverbPort || (values.scale && port === reverbPort + 1)) {
    throw new UsageError('--port and --reverb-port must differ.');
  }
  return {
    help: values.help,
    port,
    reverbPort,
    database: resolve(values.db ?? resolve(laravelRoot, 'database/database.sqlite')),
    tokenTtl: toInteger('token-ttl', values['token-ttl'], 1, 31_536_000) ?? null,
    scale: values.scale,
    redisPort: toInteger('redis-port', values['redis-port'], 1, 65_535) ?? 6379,
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
