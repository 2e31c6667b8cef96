import {parseArgs} from 'node:util';
import type {ServerOptions} from './config.js';
import {defaultLimits, type Limits} from './limits.js';

export const usage = `Usage: npm run serve -- --port N --db FILE [options]

  --port N              Port to listen on; 0 takes a free one. Default 8090.
  --db FILE             SQLite file, made and seeded when missing. Default ws-chat.sqlite.
  --host ADDRESS        Address to listen on. Default 127.0.0.1.
  --i-know              Allow an address that other machines can reach, and to be
                        called by other names than localhost.
  --token-lifetime S    Tokens expire after so many seconds. By default they do not.
  --limit NAME=VALUE    Change a limit (see demo/server/limits.ts). May be repeated.
  --faults              For tests only: offer the fault switches at /__faults and /__emit.
  --help                Show this.`;

/** A mistake in the arguments, said for the person who made it. */
export class UsageError extends Error {}

/** Reads the command line. Throws a `UsageError`; returns `undefined` where only help was asked for. */
export function readArgs(args: readonly string[]): ServerOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    port: integer('port', values.port ?? '8090', 65_535),
    db: values.db ?? 'ws-chat.sqlite',
    host: values.host ?? '127.0.0.1',
    exposed: values['i-know'] ?? false,
    faults: values.faults ?? false,
    limits: readLimits(values.limit ?? []),
    ...(values['token-lifetime'] === undefined
      ? {}
      : {tokenLifetime: integer('token-lifetime', values['token-lifetime'], Number.MAX_SAFE_INTEGER)}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: {type: 'string'},
        db: {type: 'string'},
        host: {type: 'string'},
        'i-know': {type: 'boolean'},
        'token-lifetime': {type: 'string'},
        limit: {type: 'string', multiple: true},
        faults: {type: 'boolean'},
        help: {type: 'boolean'},
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readLimits(pairs: readonly string[]): Partial<Limits> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      if (!Object.hasOwn(defaultLimits, name)) throw new UsageError(`Unknown limit "${name}".`);
      return [name, integer(`limit ${name}`, value, Number.MAX_SAFE_INTEGER)];
    }),
  );
}

function integer(name: string, value: string, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= max)) throw new UsageError(`--${name} takes a whole number up to ${max}, not "${value}".`);
  return number;
}
