import {ApiError, ChatError, SubscriptionError, type Clock} from '../model/index.js';
import {readRetryAfter, readText} from '../model/http-reply.js';
import {isPresence} from './channel-name.js';
import type {ChannelAuth} from './types.js';

/** How much of an answer is read (bytes). A real one has some hundred. */
const LARGEST_REPLY = 65_536;
const LONGEST_AUTH = 2000;

type RefusalCode = 'unauthorized' | 'subscription-denied' | 'subscription-failed';

/** The codes for a status by which the server says that it knows well, and will not. */
const REFUSALS: Readonly<Record<number, RefusalCode>> = {
  401: 'unauthorized',
  403: 'subscription-denied',
  419: 'unauthorized',
};

/**
 * What a refused authorization means for its channel. `unauthorized`: the token is at fault, and so every channel. `denied`: the
 * server's last word. `paused`: ask nothing for a while. `later`: ask again, it does not count. `broken`: not an answer; after
 * three of them it is given up.
 */
export type AuthFailure = 'unauthorized' | 'denied' | 'paused' | 'later' | 'broken';

/** Reads an answer that came with success. Rejects with a `SubscriptionError` that never quotes it: it may be anything, a login page too. */
export async function readAuth(response: Response, channel: string): Promise<ChannelAuth> {
  const reply = parse((await readText(response, LARGEST_REPLY)) ?? '') as
    {auth?: string; channel_data?: string | null} | undefined;
  const {auth = '', channel_data: channelData} = {...reply};
  return checkAuth(channelData == null ? {auth} : {auth, channelData}, channel, response.status);
}

/** The same answer, if there is in it what the channel needs. Throws a `SubscriptionError` else. */
export function checkAuth(answer: ChannelAuth, channel: string, status: number | null = null): ChannelAuth {
  // A host's own handler may answer with anything.
  const {auth, channelData}: {auth?: unknown; channelData?: unknown} = {...answer};
  if (typeof auth !== 'string' || auth === '' || auth.length > LONGEST_AUTH) {
    throw broken(channel, 'the answer has no `auth`; is it a login page, or the channel not in routes/channels.php?', status);
  }
  if (channelData === undefined ? isPresence(channel) : !namesMember(channelData)) {
    throw broken(channel, 'the answer has no `channel_data` with a `user_id`.', status);
  }
  return answer;
}

/** The error for an answer without success, if a new token does not help. */
export function refusalOf({status, headers}: Response, channel: string, clock: Clock): ApiError | SubscriptionError {
  const code = REFUSALS[status];
  if (code) return new SubscriptionError(code, channel, `The server does not let us into ${channel} (${status}).`, status);
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = readRetryAfter(headers.get('Retry-After'), clock);
    const what = status === 429 ? 'rate-limited' : 'server';
    return new ApiError(what, `The authorization route answered ${status}.`, {status, retryAfter});
  }
  return broken(channel, `auth-endpoint answered ${status || 'with a redirect'} to a POST.`, status);
}

/** Reads what an `AuthorizeHandler` rejected with. A host's own handler may reject with anything. */
export function meaningOf(error: unknown): AuthFailure {
  if (!(error instanceof ChatError)) return 'broken';
  const {status} = error as Partial<ApiError>;
  const code = REFUSALS[status ?? 0] ?? error.code;
  if (code === 'unauthorized') return 'unauthorized';
  if (code === 'subscription-denied' || code === 'forbidden') return 'denied';
  if (!(error instanceof ApiError)) return 'broken';
  if (status === 429) return 'paused';
  return error.isTransient || code === 'aborted' ? 'later' : 'broken';
}

/** `error` as one of the channel that could not be authorized. */
export function toSubscriptionError(error: unknown, channel: string, code: RefusalCode): SubscriptionError {
  if (error instanceof SubscriptionError) return error;
  const why = error instanceof Error ? error.message : 'no reason was given';
  const status = error instanceof ApiError ? error.status : null;
  return new SubscriptionError(code, channel, `${channel} could not be authorized: ${why}`, status);
}

function broken(channel: string, why: string, status: number | null): SubscriptionError {
  return new SubscriptionError('subscription-failed', channel, `${channel} could not be authorized: ${why}`, status);
}

function namesMember(channelData: unknown): boolean {
  const {user_id: id} = {...(parse(String(channelData)) as {user_id?: unknown} | null)};
  return typeof id === 'string' || typeof id === 'number';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
