import {ApiError, SubscriptionError} from '../model/index.js';
import {isPresence} from './channel-name.js';
import type {ChannelAuth} from './types.js';

/** How much of an answer is read (bytes). A real one has some hundred. */
const LARGEST_REPLY = 65_536;
const LONGEST_AUTH = 2000;

/** Reads an answer that came with success. Rejects with a `SubscriptionError` that never quotes it: it may be anything, a login page too. */
export async function readAuth(response: Response, channel: string): Promise<ChannelAuth> {
  const reply = parse(await readCapped(response));
  const fields = typeof reply === 'object' && reply !== null ? (reply as Readonly<Record<string, unknown>>) : null;
  if (!fields) throw wrong(channel, response, 'is not JSON. Does its route answer with a page, such as a login form?');
  const auth = fields['auth'];
  const channelData = fields['channel_data'];
  if (typeof auth !== 'string' || auth === '' || auth.length > LONGEST_AUTH) {
    throw wrong(channel, response, 'has no `auth`. Is the channel defined in routes/channels.php?');
  }
  if (channelData == null && !isPresence(channel)) return {auth};
  if (typeof channelData !== 'string' || !namesMember(channelData)) {
    throw wrong(channel, response, 'has no `channel_data` with a `user_id`, which a presence channel needs.');
  }
  return {auth, channelData};
}

/** How long the answer asks to wait (ms), or `null`. `Retry-After` is in seconds, or a date. */
export function retryAfterOf(response: Response, now: number): number | null {
  const header = response.headers.get('Retry-After')?.trim();
  if (header === undefined || header === '') return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** What an answer without success means, if a new token does not help. */
export function failureOf(response: Response, channel: string, now: number): ApiError | SubscriptionError {
  const {status} = response;
  if (status === 401 || status === 419) {
    return new SubscriptionError('unauthorized', channel, `The server no longer knows who we are (${status}).`, status);
  }
  if (status === 403)
    return new SubscriptionError('subscription-denied', channel, `The server does not let us into ${channel} (403).`, 403);
  if (status === 429) {
    return new ApiError('rate-limited', 'The server asks to be left alone for a while (429).', {
      status,
      retryAfter: retryAfterOf(response, now),
    });
  }
  if (status === 408 || status >= 500) {
    return new ApiError('server', `The authorization route failed (${status}).`, {
      status,
      retryAfter: retryAfterOf(response, now),
    });
  }
  return wrong(channel, response, 'is no authorization. Is auth-endpoint right, and does the route accept POST?');
}

function wrong(channel: string, {status, type}: Response, what: string): SubscriptionError {
  const shown = type === 'opaqueredirect' ? 'a redirect' : String(status);
  return new SubscriptionError(
    'subscription-failed',
    channel,
    `What auth-endpoint answers for ${channel} (${shown}) ${what}`,
    status,
  );
}

function namesMember(channelData: string): boolean {
  const data = parse(channelData) as {user_id?: unknown} | null | undefined;
  const id = typeof data === 'object' ? data?.user_id : undefined;
  return typeof id === 'string' || typeof id === 'number';
}

async function readCapped(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const {done, value} = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > LARGEST_REPLY) {
      await reader.cancel();
      return '';
    }
    text += decoder.decode(value, {stream: true});
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
