import {ConfigError} from '../model/index.js';
import type {Endpoint} from './types.js';

const IPV6 = /^[\da-f]*:[\da-f:.]*:[\da-f:.]*$/i;
/** A name, an IPv4 address, an IPv6 address in brackets, or nothing. */
const HOST = /^[\p{L}\p{N}._-]*$|^\[[\da-f:.]+\]$/iu;

/** Where the socket server is, as given by attributes (as text) or by options. Empty values count as not given. */
export interface EndpointSettings {
  readonly appKey?: string | null | undefined;
  readonly wsHost?: string | null | undefined;
  readonly wsPort?: number | string | null | undefined;
  readonly wsPath?: string | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly cluster?: string | null | undefined;
}

/** Where to connect; or one error for each mistake in the settings, which names the attribute and the fix. */
export type EndpointResult =
  | {readonly endpoint: Endpoint; readonly errors: readonly []}
  | {readonly endpoint: null; readonly errors: readonly ConfigError[]};

/** What matters about the page: its `location` will do. */
export interface PageLocation {
  readonly protocol: string;
}

/** Checks the settings of a connection. `page` is `null` outside a page; default: the page that this runs in. */
export function readEndpoint(settings: EndpointSettings, page: PageLocation | null = currentLocation()): EndpointResult {
  const appKey = text(settings.appKey);
  const host = text(settings.wsHost);
  const port = text(settings.wsPort);
  const path = text(settings.wsPath);
  const cluster = text(settings.cluster);
  // With a cluster always https, as in pusher-js: hosted Pusher is reached over TLS even from a page on http://localhost.
  const scheme = text(settings.scheme) || (!cluster && page?.protocol === 'http:' ? 'http' : 'https');
  const checks: readonly (readonly [isWrong: unknown, attribute: string, value: string, fix: string])[] = [
    [!appKey, 'app-key', appKey, 'REVERB_APP_KEY'],
    [!host && !cluster, 'ws-host', host, 'REVERB_HOST, or set cluster'],
    [host && cluster, 'cluster', cluster, 'nothing with ws-host'],
    [!host && cluster && port, 'ws-port', port, 'nothing with cluster'],
    [!host && cluster && path, 'ws-path', path, 'nothing with cluster'],
    [!HOST.test(host) && !IPV6.test(host), 'ws-host', host, 'a host, beside scheme, ws-port and ws-path'],
    [!/^[a-z\d-]*$/i.test(cluster), 'cluster', cluster, 'a name such as "eu"'],
    [port && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536), 'ws-port', port, 'a number from 1 to 65535'],
    [/[?#\s\\]|:\/\//.test(path), 'ws-path', path, 'a path such as "/reverb"'],
    [scheme !== 'http' && scheme !== 'https', 'scheme', scheme, 'https or http'],
    [scheme === 'http' && page?.protocol === 'https:', 'scheme', scheme, 'https, as the page is'],
  ];
  const errors = checks
    .filter(([isWrong]) => isWrong)
    .map(([, attribute, value, fix]) => new ConfigError(`${attribute}="${value.slice(0, 80)}" cannot work: set it to ${fix}.`));
  if (errors.length > 0) return {endpoint: null, errors};

  const endpoint: Endpoint = {
    appKey,
    wsHost: IPV6.test(host) ? `[${host}]` : host || null,
    wsPort: port ? Number(port) : null,
    wsPath: path
      .split('/')
      .map((part) => part && `/${part}`)
      .join(''),
    scheme: scheme as Endpoint['scheme'],
    cluster: cluster || null,
  };
  return {endpoint, errors: []};
}

/** A setting as text without spaces around it; empty where it is not given. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A frame or a window that a page has made is at `about:blank`, and was loaded as that page was. */
function currentLocation(): PageLocation | null {
  if (typeof location === 'undefined' || typeof document === 'undefined') return null;
  return location.protocol === 'about:' ? new URL(document.baseURI) : location;
}
