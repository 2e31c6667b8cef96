import type {ConnectionCause} from '../model/index.js';

/**
 * What to do about a lost connection. `retry`: come back soon, with backoff. `slow`: the server asked for room, so keep away for
 * a while. `refused`: the server will not have us; look again every few minutes, since somebody may mend its settings.
 */
export type RetryPolicy = 'retry' | 'slow' | 'refused';

/** Why the connection is lost and what to do about it. */
export interface Verdict {
  readonly cause: ConnectionCause;
  readonly policy: RetryPolicy;
}

/** How a socket ended. */
export interface Ending {
  /** The WebSocket close code; 1006 where the link broke or was never made. */
  readonly code: number;
  /** Whether the WebSocket was ever open. */
  readonly opened: boolean;
  /** Whether the server had welcomed us (`pusher:connection_established`). */
  readonly welcomed: boolean;
}

/**
 * The codes of the Pusher protocol that mean one thing each, as hosted Pusher Channels and Reverb use them
 * (https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#error-codes).
 */
const KNOWN: ReadonlyMap<number, Verdict> = new Map<number, Verdict>([
  [4000, {cause: 'config', policy: 'refused'}],
  [4001, {cause: 'unknown-app', policy: 'refused'}],
  [4003, {cause: 'unknown-app', policy: 'refused'}],
  [4004, {cause: 'over-capacity', policy: 'slow'}],
  [4005, {cause: 'config', policy: 'refused'}],
  [4006, {cause: 'config', policy: 'refused'}],
  [4007, {cause: 'config', policy: 'refused'}],
  [4008, {cause: 'config', policy: 'refused'}],
  [4100, {cause: 'over-capacity', policy: 'retry'}],
  [4301, {cause: 'rate-limited', policy: 'retry'}],
]);

/** What the end of a socket means. */
export function classifyClose({code, opened, welcomed}: Ending): Verdict {
  if (code >= 4000) return classifyCode(code, welcomed);
  if (!opened) return {cause: 'unreachable', policy: 'retry'};
  if (code === 1013) return {cause: 'over-capacity', policy: 'slow'};
  if (code === 1011) return {cause: 'server-error', policy: 'retry'};
  return {cause: 'dropped', policy: 'retry'};
}

/**
 * What a `pusher:error` in place of a welcome means. Reverb says so, and never by close code, that it does not know the app, has
 * no room, or does not like the origin; it may leave the socket open afterwards.
 */
export function classifyServerError(code: number | null): Verdict {
  return code === null ? {cause: 'server-error', policy: 'retry'} : classifyCode(code, false);
}

function classifyCode(code: number, welcomed: boolean): Verdict {
  const known = KNOWN.get(code);
  if (known) return known;
  // Before the welcome this is an origin that is not allowed; after it, hosted Pusher asked for a sign-in that never came.
  if (code === 4009) return {cause: welcomed ? 'unauthorized' : 'origin-not-allowed', policy: 'refused'};
  if (code >= 4000 && code < 4100) return {cause: 'server-error', policy: 'refused'};
  if (code >= 4200 && code < 4300) return {cause: 'dropped', policy: 'retry'};
  return {cause: 'server-error', policy: 'retry'};
}
