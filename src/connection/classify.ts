import {ConnectionError, type ConnectionCause} from '../model/index.js';

/**
 * What to do about a lost connection. `retry`: try again soon, with backoff. `slow`: the server is full, so stay away for a while.
 * `refused`: the server does not accept us; try again every few minutes, in case somebody corrects its settings.
 */
export type RetryPolicy = 'retry' | 'slow' | 'refused';

/** Why the connection was lost, and what to do about it. */
export interface Verdict {
  readonly cause: ConnectionCause;
  readonly policy: RetryPolicy;
}

/** How far a socket got before it ended. */
export interface Progress {
  /** Whether the WebSocket was ever open. */
  readonly opened: boolean;
  /** Whether the server had welcomed us (`pusher:connection_established`). */
  readonly welcomed: boolean;
}

type Meaning = readonly [from: number, cause: ConnectionCause, policy: RetryPolicy];

const UNKNOWN: Meaning = [0, 'server-error', 'retry'];

/**
 * What codes mean: each line is valid from its code up to that of the next line. Codes below 4000 are the close codes of RFC 6455; the
 * others are those of the Pusher protocol, as used by hosted Pusher Channels and Reverb
 * (https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#error-codes).
 */
const CODES: readonly Meaning[] = [
  [1000, 'dropped', 'retry'],
  [1011, 'server-error', 'retry'],
  [1012, 'dropped', 'retry'],
  [1013, 'over-capacity', 'slow'],
  [1014, 'dropped', 'retry'],
  [4000, 'config', 'refused'],
  [4001, 'unknown-app', 'refused'],
  [4002, 'server-error', 'refused'],
  [4003, 'unknown-app', 'refused'],
  [4004, 'over-capacity', 'slow'],
  [4005, 'config', 'refused'],
  [4009, 'origin-not-allowed', 'refused'],
  [4010, 'server-error', 'refused'],
  [4100, 'over-capacity', 'retry'],
  [4101, 'server-error', 'retry'],
  [4200, 'dropped', 'retry'],
  [4300, 'server-error', 'retry'],
  [4301, 'rate-limited', 'retry'],
  [4302, 'server-error', 'retry'],
];

/** What a close code means, or the code of a `pusher:error`. `null` where there was none. */
export function classify(code: number | null, {opened, welcomed}: Progress): Verdict {
  if (!opened) return {cause: 'unreachable', policy: 'retry'};
  // Before the welcome, 4009 means that the origin is not allowed; after it, that hosted Pusher waited in vain for a sign-in.
  if (code === 4009 && welcomed) return {cause: 'unauthorized', policy: 'refused'};
  const [, cause, policy] = CODES.findLast(([from]) => (code ?? 0) >= from) ?? UNKNOWN;
  return {cause, policy};
}

/** What a developer reads about the socket server, and where to look. Each goes on from "The socket server". */
const SENTENCES: Readonly<Partial<Record<ConnectionCause, string>>> = {
  config: 'cannot be used: see scheme, ws-host, ws-port and ws-path',
  timeout: 'did not answer within 8 s',
  unreachable: 'could not be reached: does it run, at this ws-host and ws-port?',
  'over-capacity': 'is full',
  'rate-limited': 'had too many messages',
  'unknown-app': 'does not know this app-key',
  'origin-not-allowed': 'does not allow this origin: see config/reverb.php',
  'server-error': 'reported an error',
  unauthorized: 'does not know who we are',
};

/** The error for a lost or refused connection. `reason` is what the server said. */
export function explain(cause: ConnectionCause, code: number | null, reason: string | null): ConnectionError {
  const number = code === null ? '' : ` (${code})`;
  const said = reason ? ` It said: ${reason}` : '';
  const sentence = SENTENCES[cause] ?? 'was lost';
  return new ConnectionError(
    `The socket server ${sentence}${number}.${said}`,
    code,
    cause === 'timeout' ? 'timeout' : 'connection',
  );
}
