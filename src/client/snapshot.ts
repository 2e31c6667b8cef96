import type {ConversationSnapshot} from './types.js';

/** A conversation of which nothing is known yet. */
export const EMPTY_SNAPSHOT: ConversationSnapshot = {
  phase: 'idle',
  error: null,
  conversation: null,
  hasOlder: false,
  loadingOlder: false,
  olderError: null,
  hasNewer: false,
  loadingNewer: false,
  newerError: null,
  jumpingTo: null,
  newAfter: 0,
  sync: 'off',
  typing: [],
  unreadCount: 0,
  firstUnreadId: null,
  lastReadId: null,
  newWhileAway: 0,
  draft: '',
  unsentIsSafe: false,
};
