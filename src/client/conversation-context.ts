import type {ChatError, Conversation, Id, Listeners} from '../model/index.js';
import type {ConversationStore, Observable} from '../store/index.js';
import type {Session} from './session.js';
import type {ConversationSnapshot, MessageNews} from './types.js';

/** What a live conversation calls on its client. */
export interface ConversationOwner {
  readonly reportError: (error: ChatError) => void;
  /** A message or change was fetched that no event had announced, although the channels were up. */
  readonly healed: () => void;
  /** Its row was fetched. */
  readonly fetched: (conversation: Conversation) => void;
}

/** What the parts of one live conversation share. Made anew for each person. */
export interface ConversationContext extends ConversationOwner {
  readonly id: Id;
  readonly session: Session;
  readonly store: ConversationStore;
  readonly state: Observable<ConversationSnapshot>;
  readonly news: Listeners<[MessageNews]>;
  /** Aborted when the person changes or the client is disposed. */
  readonly signal: AbortSignal;
}
