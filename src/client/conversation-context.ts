import type {ChatError, Id, Listeners} from '../model/index.js';
import type {ConversationStore, Observable} from '../store/index.js';
import type {Session} from './session.js';
import type {ConversationSnapshot, MessageNews} from './types.js';

/** What a live conversation tells its client. */
export interface ConversationOwner {
  readonly reportError: (error: ChatError) => void;
  /** Something was found that no event had told of, though the channels were up. */
  readonly healed: () => void;
}

/** What the parts of one live conversation share, for as long as the same person uses the page. */
export interface ConversationContext {
  readonly id: Id;
  readonly session: Session;
  readonly store: ConversationStore;
  readonly state: Observable<ConversationSnapshot>;
  readonly news: Listeners<[MessageNews]>;
  /** Aborted when another person comes, or when the client ends. */
  readonly signal: AbortSignal;
  readonly reportError: (error: ChatError) => void;
}
