import {ApiError, ChatError, SubscriptionError} from '../model/index.js';

/**
 * What a refused authorization means for its channel. `unauthorized`: the token is at fault, and so every channel. `denied`: the
 * server's last word. `later`: ask again, it does not count. `paused`: ask nothing for `wait` ms. `broken`: not an answer; after
 * three of them it is given up.
 */
export type AuthFailure =
  | {readonly kind: 'unauthorized'; readonly error: ChatError}
  | {readonly kind: 'denied'; readonly error: SubscriptionError}
  | {readonly kind: 'later'; readonly error: ChatError}
  | {readonly kind: 'paused'; readonly wait: number}
  | {readonly kind: 'broken'; readonly error: SubscriptionError};

const DEFAULT_PAUSE = 5000;
const LONGEST_PAUSE = 300_000;

/** Reads what an `AuthorizeHandler` rejected with. A host's own handler may reject with anything. */
export function readAuthFailure(error: unknown, channel: string): AuthFailure {
  const status = error instanceof ApiError || error instanceof SubscriptionError ? error.status : null;
  const code = error instanceof ChatError ? error.code : null;
  if (error instanceof ChatError && (code === 'unauthorized' || status === 401 || status === 419))
    return {kind: 'unauthorized', error};
  if (code === 'subscription-denied' || code === 'forbidden' || status === 403) {
    const denied = error instanceof SubscriptionError ? error : deny(channel, status);
    return {kind: 'denied', error: denied};
  }
  if (error instanceof ApiError && error.status === 429) {
    return {kind: 'paused', wait: Math.min(LONGEST_PAUSE, error.retryAfter ?? DEFAULT_PAUSE)};
  }
  if (error instanceof ApiError && (error.isTransient || error.code === 'aborted')) return {kind: 'later', error};
  if (error instanceof SubscriptionError) return {kind: 'broken', error};
  const why = error instanceof Error ? error.message : 'it gave no reason';
  return {
    kind: 'broken',
    error: new SubscriptionError('subscription-failed', channel, `${channel} could not be authorized: ${why}`, status),
  };
}

function deny(channel: string, status: number | null): SubscriptionError {
  return new SubscriptionError('subscription-denied', channel, `The server does not let us into ${channel}.`, status);
}
