import {ConfigError} from '../model/index.js';
import type {Endpoint} from './types.js';

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

type Report = (message: string) => void;

/** Checks the settings of a connection. `page` is `null` outside a page. */
export function readEndpoint(settings: EndpointSettings, page: PageLocation | null = currentLocation()): EndpointResult {
  const errors: ConfigError[] = [];
  const report: Report = (message) => errors.push(new ConfigError(message));
  const appKey = text(settings.appKey);
  if (appKey === null) report('app-key is missing: set it to the key of your app (REVERB_APP_KEY or PUSHER_APP_KEY).');
  const wsHost = readHost(text(settings.wsHost), report);
  const cluster = readCluster(text(settings.cluster), report);
  checkPlace(settings, report);
  const wsPort = readPort(settings.wsPort, report);
  const wsPath = readPath(text(settings.wsPath), report);
  const scheme = readScheme(text(settings.scheme), page, report);
  if (appKey === null || errors.length > 0) return {endpoint: null, errors};
  return {endpoint: {appKey, wsHost, wsPort, wsPath, scheme, cluster}, errors: []};
}

function checkPlace(settings: EndpointSettings, report: Report): void {
  const host = text(settings.wsHost);
  const cluster = text(settings.cluster);
  if (host === null && cluster === null) {
    report('ws-host is missing: set it to the host of your Reverb server, or set cluster for hosted Pusher Channels.');
  } else if (host !== null && cluster !== null) {
    report('ws-host and cluster contradict each other: leave cluster away for Reverb, or ws-host for hosted Pusher Channels.');
  } else if (cluster !== null && (text(settings.wsPort) !== null || text(settings.wsPath) !== null)) {
    report('ws-port and ws-path have no meaning with cluster: leave them away, or set ws-host in place of cluster.');
  }
}

function readHost(host: string | null, report: Report): string | null {
  if (host === null) return null;
  const problem = (fix: string): null => {
    report(`ws-host="${host.slice(0, 80)}" is not a host name: ${fix}`);
    return null;
  };
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(host))
    return problem('leave the scheme away, and set the attribute scheme to https or http.');
  const bare = /^[0-9a-f:.]+$/i.test(host) && host.split(':').length > 2 ? `[${host}]` : host;
  if (/^\[[0-9a-f:.]+\]$/i.test(bare)) return bare;
  if (bare.includes(':')) return problem('give the port by ws-port.');
  if (/[/?#]/.test(bare)) return problem('give the path by ws-path.');
  if (!/^[\p{L}\p{N}._-]+$/u.test(bare)) return problem('write it as in "chat.example.com".');
  return bare;
}

function readCluster(cluster: string | null, report: Report): string | null {
  if (cluster === null || /^[a-z\d-]+$/i.test(cluster)) return cluster;
  report(`cluster="${cluster.slice(0, 80)}" is not a cluster of Pusher Channels: write it as in "eu".`);
  return null;
}

function readPort(port: number | string | null | undefined, report: Report): number | null {
  const given = text(port);
  if (given === null) return null;
  const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (number >= 1 && number <= 65_535) return number;
  report(
    `ws-port="${given.slice(0, 80)}" is not a port: set it to a whole number from 1 to 65535, or leave it away for 443 or 80.`,
  );
  return null;
}

function readPath(path: string | null, report: Report): string {
  if (path === null) return '';
  if (/[?#\s\\]/.test(path) || path.includes('://')) {
    report(`ws-path="${path.slice(0, 80)}" is not a path: write it as in "/reverb", without "/app" and the key.`);
    return '';
  }
  const parts = path.split('/').filter((part) => part !== '');
  return parts.length === 0 ? '' : `/${parts.join('/')}`;
}

function readScheme(scheme: string | null, page: PageLocation | null, report: Report): 'https' | 'http' {
  if (scheme === null) return page?.protocol === 'http:' ? 'http' : 'https';
  if (scheme !== 'https' && scheme !== 'http') {
    report(`scheme="${scheme.slice(0, 80)}" is not known: set it to "https" (wss) or "http" (ws).`);
    return 'https';
  }
  if (scheme === 'http' && page?.protocol === 'https:') {
    report('scheme="http" cannot work on an https page, as browsers block ws:// there: set scheme to "https".');
  }
  return scheme;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

function currentLocation(): PageLocation | null {
  return typeof location === 'undefined' || typeof document === 'undefined' ? null : location;
}
