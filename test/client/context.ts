import assert from 'node:assert/strict';
import type {ConversationContext} from '../../src/client/conversation-context.js';
import type {Session} from '../../src/client/session.js';
import {EMPTY_SNAPSHOT} from '../../src/client/snapshot.js';
import type {ConversationSnapshot} from '../../src/client/types.js';
import {Listeners, type Clock} from '../../src/model/index.js';
import {ConversationStore, MessageLog, Observable} from '../../src/store/index.js';

/** What one part of a live conversation, 7 of person 1, gets from the others: of the session no more than that part uses. */
export function contextOf(
  session: {readonly clock: Clock; readonly [part: string]: unknown},
  rest: Partial<ConversationContext> = {},
): ConversationContext {
  return {
    id: 7,
    session: session as unknown as Session,
    store: new ConversationStore(new MessageLog(), 7, 1),
    state: new Observable<ConversationSnapshot>(EMPTY_SNAPSHOT),
    news: new Listeners(),
    signal: new AbortController().signal,
    reportError: assert.fail,
    healed: assert.fail,
    fetched: () => undefined,
    ...rest,
  };
}
