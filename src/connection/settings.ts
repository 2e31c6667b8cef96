import {ConfigError} from '../model/index.js';
import type {Endpoint} from './types.js';

const IPV6 = /^[\da-f]*:[\da-f:.]*:[\da-f:.]*$/i;
/** A name, an IPv4 address, an IPv6 address in brackets, or nothing. */
const HOST = /^[\p{L}\p{N}._-]*$|^\[[\da-f:.]+\]$/iu;

/** Where the socket server is, as a page says it: by attributes (texts) or by options. What is empty counts as not given. */
export interface EndpointSettings {
  readonly appKey?: string | null | undefined;
  readonly wsHost?: string | null | undefined;
  readonly wsPort?: number | string | null | undefined;
  readonly wsPath?: string | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly cluster?: string | null | undefined;
}

/** Either where to connect, or why that cannot be told: one error a mistake, each naming the attribute and the fix. */
export type EndpointResult =
  | {readonly endpoint: Endpoint; readonly errors: readonly []}
  | {readonly endpoint: null; readonly errors: readonly ConfigError[]};

/** What matters of the page: `location` is enough of one. */
export interface PageLocation {
  readonly protocol: string;
}

/** Checks the settings of a connection. `page` is `null` outside a page. */
export function readEndpoint(settings: EndpointSettings, page: PageLocation | null = currentLocation()): EndpointResult {
  const appKey = text(settings.appKey);
  const host = text(settings.wsHost);
  const port = text(settings.wsPort);
  const path = text(settings.wsPath);
  const cluster = text(settings.cluster);
  const scheme = text(settings.scheme) || (page?.protocol === 'http:' ? 'http' : 'https');
  const errors: ConfigError[] = [];
  const check = (isGood: boolean, problem: string): void => void (isGood || errors.push(new ConfigError(problem)));

  check(appKey !== '', 'app-key is missing: set it to REVERB_APP_KEY or PUSHER_APP_KEY.');
  check(host !== '' || cluster !== '', 'ws-host is missing: set it to REVERB_HOST, or set cluster for hosted Pusher.');
  check(
    host === '' || cluster === '',
    'ws-host and cluster are both set: leave cluster away for Reverb, ws-host for hosted Pusher.',
  );
  check(host !== '' || cluster === '' || port + path === '', 'ws-port and ws-path need ws-host: with cluster, leave them away.');
  check(
    HOST.test(host) || IPV6.test(host),
    `ws-host="${cut(host)}" is not a host name: scheme, ws-port and ws-path have attributes of their own.`,
  );
  check(/^[a-z\d-]*$/i.test(cluster), `cluster="${cut(cluster)}" is not a cluster: write it as in "eu".`);
  check(port === '' || isPort(port), `ws-port="${cut(port)}" is not a port: set it to a number from 1 to 65535.`);
  check(!/[?#\s\\]|:\/\//.test(path), `ws-path="${cut(path)}" is not a path: write it as in "/reverb", without "/app".`);
  check(scheme === 'http' || scheme === 'https', `scheme="${cut(scheme)}" is not known: set it to https or http.`);
  check(scheme !== 'http' || page?.protocol !== 'https:', 'scheme="http" is blocked on an https page: set it to https.');
  if (errors.length > 0) return {endpoint: null, errors};

  const endpoint: Endpoint = {
    appKey,
    wsHost: IPV6.test(host) ? `[${host}]` : host || null,
    wsPort: port === '' ? null : Number(port),
    wsPath: path
      .split('/')
      .map((part) => part && `/${part}`)
      .join(''),
    scheme: scheme === 'http' ? 'http' : 'https',
    cluster: cluster || null,
  };
  return {endpoint, errors: []};
}

function isPort(port: string): boolean {
  return /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
}

/** A value for a message: a page may have put anything there. */
function cut(value: string): string {
  return value.slice(0, 80);
}

/** A setting as text; empty where it is not given. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function currentLocation(): PageLocation | null {
  return typeof location === 'undefined' || typeof document === 'undefined' ? null : location;
}
