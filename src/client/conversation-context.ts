import type {ChatError, ApiError, Id, Message} from '../model/index.js';
import type {ConversationStore, Observable} from '../store/index.js';
import type {OutboxItem} from './outbox-storage.js';
import type {Session} from './session.js';
import type {ConversationSnapshot} from './types.js';

/** What a conversation needs of its client. */
export interface ConversationHost {
  /** Of the person using the page now. Another object when another person comes. */
  readonly session: Session;
  /** Whether anybody asked for a connection. Before that nothing is fetched, as it may not be known for whom. */
  readonly isStarted: boolean;
  /** Handing a message over failed before the outbox had it. */
  sendingFailed(item: OutboxItem, error: ApiError): void;
  reportError(error: ChatError): void;
  /** A message of somebody else came in, live or by catching up. */
  received(message: Message): void;
}

/** What the parts of one live conversation share. */
export interface ConversationContext {
  readonly id: Id;
  readonly host: ConversationHost;
  readonly store: ConversationStore;
  readonly state: Observable<ConversationSnapshot>;
}
