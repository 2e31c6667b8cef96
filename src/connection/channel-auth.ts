import {ApiError, ChatError, isId, SubscriptionError, type Clock} from '../model/index.js';
import {readRetryAfter, readText} from '../model/http-reply.js';
import {isPresence} from './channel-name.js';
import {fieldsOf, parseJson} from '../model/json.js';
import type {ChannelAuth} from './types.js';

/** The largest answer that is read (bytes). A real one has a few hundred. */
const LARGEST_REPLY = 65_536;
/** The longest signature that is passed on (UTF-16 units). */
const LONGEST_AUTH = 2000;

type RefusalCode = 'unauthorized' | 'subscription-denied' | 'subscription-failed';

/** The HTTP statuses, and the codes of errors, that mean a definite no from the server. Anything else may be a fault that passes. */
const REFUSALS: Readonly<Record<number | string, RefusalCode>> = {
  401: 'unauthorized',
  403: 'subscription-denied',
  419: 'unauthorized',
  unauthorized: 'unauthorized',
  forbidden: 'subscription-denied',
  'subscription-denied': 'subscription-denied',
};

/** Reads a successful answer. Rejects with a `SubscriptionError`, which never quotes the answer: it may be anything, e.g. a login page. */
export async function readAuth(response: Response, channel: string): Promise<ChannelAuth> {
  return checkAuth(parseJson((await readText(response, LARGEST_REPLY)) ?? ''), channel, response.status);
}

/** Returns what the channel needs of an answer. Throws a `SubscriptionError` if it is not there. */
export function checkAuth(answer: unknown, channel: string, status: number | null = null): ChannelAuth {
  // A host's own handler may answer with anything, also with what its backend said.
  const {auth, channel_data, channelData = channel_data} = fieldsOf(answer);
  if (typeof auth !== 'string' || auth === '' || auth.length > LONGEST_AUTH) {
    throw refused('subscription-failed', channel, 'no `auth` in the answer. A login page? Is it in routes/channels.php?', status);
  }
  if (channelData == null ? isPresence(channel) : !isId(fieldsOf(parseJson(channelData as string))['user_id'])) {
    throw refused('subscription-failed', channel, 'no `channel_data` with a `user_id` in the answer.', status);
  }
  return channelData == null ? {auth} : {auth, channelData: channelData as string};
}

/** The error for an unsuccessful answer: an `ApiError` where asking again later may help, else a `SubscriptionError`. */
export function refusalOf({status, headers}: Response, channel: string, clock: Clock): ApiError | SubscriptionError {
  const why = `auth-endpoint answered ${status || 'with a redirect'}.`;
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = readRetryAfter(headers, clock);
    return new ApiError(status === 429 ? 'rate-limited' : 'server', why, {status, retryAfter});
  }
  return refused(REFUSALS[status] ?? 'subscription-failed', channel, why, status);
}

/**
 * What it means that an `AuthorizeHandler` rejected with `error`, which may be anything if the handler is the host's own.
 * `unauthorized`: the token is at fault, so every channel is affected. `subscription-denied`: a definite no for this channel.
 * `subscription-failed`: no answer, or one that says neither.
 */
export function meaningOf(error: unknown): RefusalCode {
  const {status, code = ''} = error instanceof ChatError ? (error as Partial<ApiError>) : {};
  return REFUSALS[status ?? 0] ?? REFUSALS[code] ?? 'subscription-failed';
}

/** `error` as a `SubscriptionError` of this channel. */
export function toSubscriptionError(error: unknown, channel: string): SubscriptionError {
  if (error instanceof SubscriptionError) return error;
  const why = error instanceof Error ? error.message : 'no reason was given.';
  return refused(meaningOf(error), channel, why, error instanceof ApiError ? error.status : null);
}

function refused(code: RefusalCode, channel: string, why: string, status: number | null): SubscriptionError {
  return new SubscriptionError(code, channel, `${channel} could not be authorized: ${why}`, status);
}
