import {createHash, createHmac, timingSafeEqual} from 'node:crypto';
import {app} from '../config.js';

/** How far the clock of a trigger request may be off, in seconds. Pusher's own figure. */
const TIMESTAMP_WINDOW = 600;

/** The `auth` string for one channel on one socket, with which the socket may subscribe to it. */
export function signChannel(socketId: string, channel: string, channelData?: string): string {
  return `${app.key}:${hmac([socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(':'))}`;
}

/** Whether `auth` is what `signChannel` gives for the same arguments. */
export function isChannelSignature(auth: string, socketId: string, channel: string, channelData?: string): boolean {
  return equal(auth, signChannel(socketId, channel, channelData));
}

/** A request to the trigger API, as far as its signature covers it. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What is wrong with the signature of a trigger request, or `undefined` when it is right and recent. */
export function signatureFault(request: SignedRequest, now: number): string | undefined {
  const {query} = request;
  if (query.get('auth_key') !== app.key) return 'Unknown auth_key.';
  const age = Math.abs(now / 1000 - Number(query.get('auth_timestamp') ?? Number.NaN));
  if (!(age <= TIMESTAMP_WINDOW)) return 'Timestamp expired: it must be within 600 s of the server time.';
  if (request.body !== '' && !equal(query.get('body_md5') ?? '', createHash('md5').update(request.body).digest('hex'))) {
    return 'The body_md5 does not match the body.';
  }
  const signed = [...query]
    .filter(([name]) => name !== 'auth_signature')
    .map(([name, value]) => `${name.toLowerCase()}=${value}`)
    .sort()
    .join('&');
  const expected = hmac(`${request.method}\n${request.path}\n${signed}`);
  return equal(query.get('auth_signature') ?? '', expected) ? undefined : 'Authentication signature invalid.';
}

function hmac(text: string): string {
  return createHmac('sha256', app.secret).update(text).digest('hex');
}

function equal(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
