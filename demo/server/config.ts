import {defaultLimits, type Limits} from './limits.js';

/** How the embedded server is started. */
export interface ServerOptions {
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  /** Path of the SQLite file, made and seeded when it is missing. `:memory:` keeps everything in memory. */
  readonly db: string;
  /** Address to listen on. Default `127.0.0.1`; anything but loopback is refused unless `exposed` is set. */
  readonly host?: string;
  /** Whether the caller knows that a server with demo passwords will be reachable from other machines. */
  readonly exposed?: boolean;
  /** Whether the fault switches (`/__faults`, `/__emit`) are there. For tests only. */
  readonly faults?: boolean;
  /** Whether nothing is written to stderr, not even unexpected errors. */
  readonly quiet?: boolean;
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits>;
  /** Seconds after which a token is refused. Tokens do not expire by default. */
  readonly tokenLifetime?: number;
  /** What it costs to hash a password, see `passwords.ts`. Tests that sign in by the hundred take less. */
  readonly passwordCost?: number;
}

/** The one application this server knows; the same as in the Laravel demo. */
export const app = {id: '1001', key: 'demo-key', secret: 'demo-secret'} as const;

/** Everything the parts of a running server need to know about how it was started. */
export interface ServerConfig {
  readonly limits: Limits;
  /** Milliseconds after which a token is refused, or `null`. */
  readonly tokenLifetime: number | null;
  /** Whether other machines may reach it, and call it by other names than those of this machine. */
  readonly exposed: boolean;
  readonly quiet: boolean;
}

/** Fills in what the caller left out. */
export function resolveConfig(options: ServerOptions): ServerConfig {
  return {
    limits: {...defaultLimits, ...options.limits},
    tokenLifetime: options.tokenLifetime === undefined ? null : options.tokenLifetime * 1000,
    exposed: options.exposed ?? false,
    quiet: options.quiet ?? false,
  };
}
