import type {Change} from './page.js';
import type {Sickness, When} from './sick-server.js';

/** What must be seen while a server is sick, and how it gets better. */
export interface Expectation {
  /** The states of which the connection is in one, sooner or later. */
  readonly states: readonly Change['state'][];
  /** Likewise of the channel; unset where it does not matter. */
  readonly channel?: readonly string[];
  /** Why the connection is lost; unset where it is not. */
  readonly cause?: Change['cause'];
  /** How long (ms) the next attempt is off, at the least. */
  readonly pause: number;
  /** How long (ms) it may take to come back by itself once the server is well; `null`: when somebody asks it to. */
  readonly return: number | null;
}

/** One thing that can be wrong with a server. */
export interface Ailment {
  readonly name: string;
  readonly sickness: Sickness;
  readonly expected: Expectation;
}

const WAIT_CAP = 21_000;
/** Tries again soon, and after longer and longer waits. */
const returns = (cause: Change['cause']): Expectation => ({states: ['waiting'], cause, pause: 0, return: WAIT_CAP + 9_000});
/** The server has no room: keeps away for at least 15 s. */
const KEEPS_AWAY: Expectation = {states: ['waiting'], cause: 'over-capacity', pause: 14_000, return: 60_000};
/** The server will not have us: says so, and looks again after one to two minutes, then after two to four. */
const refuses = (cause: Change['cause']): Expectation => ({states: ['refused'], cause, pause: 59_000, return: 260_000});
/** Nothing happens to the connection. */
const STAYS: Expectation = {states: ['connected'], channel: ['subscribed'], pause: 0, return: 5_000};
/** The connection is there, the channel is tried again. */
const CHANNEL_WAITS: Expectation = {states: ['connected'], channel: ['waiting'], pause: 0, return: 45_000};
/** The connection is there, the channel is not to be had: until there is another token, or somebody asks. */
const CHANNEL_DENIED: Expectation = {states: ['connected'], channel: ['denied'], pause: 0, return: null};
/** The token was refused, and there is no other. */
const UNAUTHORIZED: Expectation = {states: ['unauthorized'], cause: 'unauthorized', pause: 0, return: null};

/** What each code means, from the protocol: RFC 6455 below 4000, the error codes of Pusher Channels above. Before the welcome, and after. */
const CODES: readonly (readonly [code: number, before: Expectation, after?: Expectation])[] = [
  ...[1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010].map((code) => [code, returns('dropped')] as const),
  [1011, returns('server-error')],
  [1012, returns('dropped')],
  [1013, KEEPS_AWAY],
  [1014, returns('dropped')],
  [3000, returns('dropped')],
  [4000, refuses('config')],
  [4001, refuses('unknown-app')],
  [4002, refuses('server-error')],
  [4003, refuses('unknown-app')],
  [4004, KEEPS_AWAY],
  ...[4005, 4006, 4007, 4008].map((code) => [code, refuses('config')] as const),
  [4009, refuses('origin-not-allowed'), refuses('unauthorized')],
  [4010, refuses('server-error')],
  [4099, refuses('server-error')],
  [4100, returns('over-capacity')],
  [4101, returns('server-error')],
  [4199, returns('server-error')],
  ...[4200, 4201, 4202, 4299].map((code) => [code, returns('dropped')] as const),
  [4300, returns('server-error')],
  [4301, returns('rate-limited')],
  [4302, returns('server-error')],
  [4999, returns('server-error')],
];

const AUTH: readonly (readonly [answer: Extract<Sickness, {kind: 'auth'}>['answer'], Expectation])[] = [
  [401, UNAUTHORIZED],
  [403, CHANNEL_DENIED],
  [404, CHANNEL_DENIED],
  [405, CHANNEL_DENIED],
  [419, UNAUTHORIZED],
  [429, CHANNEL_WAITS],
  [500, CHANNEL_WAITS],
  [503, CHANNEL_WAITS],
  ['reset', CHANNEL_WAITS],
  ['hang', CHANNEL_WAITS],
  ['html', CHANNEL_DENIED],
  ['empty', CHANNEL_DENIED],
  ['no-auth', CHANNEL_DENIED],
];

/** All that are tried. */
export const AILMENTS: readonly Ailment[] = [
  ...CODES.flatMap(([code, before, after = before]) => [
    ...ailmentsOf(code, before, after),
    // A message in passing: only some codes are about the one channel that is being subscribed.
    ailment(`error ${code} after`, {kind: 'error', code, when: 'after', closes: false}, STAYS),
  ]),
  ...[4009, 4301].map((code) =>
    ailment(
      `error ${code} to a subscribe`,
      {kind: 'error', code, when: 'subscribe', closes: false},
      {
        ...CHANNEL_DENIED,
        channel: ['waiting', 'denied'],
      },
    ),
  ),
  ailment('error without a code', {kind: 'error', code: null, when: 'before', closes: false}, returns('server-error')),
  ...[400, 401, 403, 404, 429, 500, 502, 503].map((status) =>
    ailment(`upgrade answered ${status}`, {kind: 'no-upgrade', status}, returns('unreachable')),
  ),
  ...(['upgrade', 'welcome'] as const).map((about) =>
    ailment(`no answer, ${about}`, {kind: 'silence', about}, returns('timeout')),
  ),
  ailment('no answer, subscribe', {kind: 'silence', about: 'subscribe'}, CHANNEL_WAITS),
  ...AUTH.map(([answer, expected]) => ailment(`authorization answered ${answer}`, {kind: 'auth', answer}, expected)),
];

/** A code as the end of the socket, and as an error message with which it ends. */
function ailmentsOf(code: number, before: Expectation, after: Expectation): Ailment[] {
  const at = (when: When, expected: Expectation): Ailment[] => [
    ailment(`close ${code} ${when}`, {kind: 'close', code, when}, expected),
    ailment(`error and close ${code} ${when}`, {kind: 'error', code, when, closes: true}, expected),
  ];
  return [
    ...at('before', before),
    ...at('after', after),
    ailment(`error ${code} before`, {kind: 'error', code, when: 'before', closes: false}, before),
  ];
}

function ailment(name: string, sickness: Sickness, expected: Expectation): Ailment {
  return {name, sickness, expected};
}
