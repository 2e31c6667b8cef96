import type {ChatApi} from '../api/chat-api.js';
import type {ChannelHandle} from '../connection/types.js';
import type {ApiError, ChatError, Clock, Id, Person} from '../model/index.js';
import type {OutboxItem} from './outbox-storage.js';
import type {Outbox} from './outbox.js';
import type {TabMessage} from './tabs.js';

/** What a live conversation needs of its client. */
export interface ConversationHost {
  readonly api: ChatApi;
  readonly clock: Clock;
  readonly random: () => number;
  /** Who is using the page; `null` while unknown. */
  readonly userId: Id | null;
  readonly outbox: Outbox;
  /** Whether anybody asked for a connection. Before that nothing is fetched, as it may not be known for whom. */
  readonly isStarted: boolean;
  /** Whether somebody may be looking at the page. */
  isVisible(): boolean;
  /** What is known of the person using the page. */
  self(conversationId: Id): Person | null;
  /** Handles of the channels over which this conversation's events come. The caller gives them back. */
  holdChannels(conversationId: Id): readonly ChannelHandle[];
  /** Tells the members of the conversation's own channel that the person is writing; `false` where that cannot be done. */
  whisperTyping(conversationId: Id): boolean;
  /** Tells the other tabs of the same person. */
  tellTabs(message: TabMessage): void;
  /** The time of writing (ms since the epoch), never the same or less than before. */
  writingTime(): number;
  /** Handing over failed before the outbox had it. */
  sendingFailed(item: OutboxItem, error: ApiError): void;
  reportError(error: ChatError): void;
}
