import type {Attachment, Conversation, Id, Message} from '../model/index.js';

/** What every call takes. */
export interface CallOptions {
  /** Aborting it rejects the call with an `ApiError` of code `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface ConversationPage {
  readonly conversations: readonly Conversation[];
  /** What the next call takes, `null` at the end. */
  readonly nextCursor: string | null;
}

/** Which messages to list: the newest, or those before, after or around one message. At most one of the three. */
export interface MessageQuery extends CallOptions {
  readonly before?: Id | undefined;
  readonly after?: Id | undefined;
  readonly around?: Id | undefined;
  /** How many at most. Default 50, at most 200. */
  readonly limit?: number | undefined;
  readonly search?: string | undefined;
}

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
  /** The conversation's revision as of this page, or `null` where the backend does not count. */
  readonly revision: number | null;
}

export interface ChangePage {
  /** In the order of their revisions. */
  readonly messages: readonly Message[];
  /** Every change up to this revision is in this page or in those before it. */
  readonly revision: number;
  readonly hasMore: boolean;
  /** The backend no longer knows what changed since then: load afresh. */
  readonly reset: boolean;
}

export interface NewMessage extends CallOptions {
  readonly content: string;
  /** A UUID. The same one again gets the same message, not a second one. */
  readonly tempId: string;
  readonly replyToId?: Id | null | undefined;
  readonly attachmentIds?: readonly Id[] | undefined;
}

/**
 * The REST side of a backend, as the client needs it. `RestChatApi` speaks the routes of the contract; a host with routes of
 * its own implements this instead. Every call rejects with an `ApiError` and nothing else.
 */
export interface ChatApi {
  listConversations(query?: CallOptions & {readonly cursor?: string | null; readonly limit?: number}): Promise<ConversationPage>;
  getConversation(id: Id, options?: CallOptions): Promise<Conversation>;
  listMessages(conversationId: Id, query?: MessageQuery): Promise<MessagePage>;
  /** What changed after a revision. Rejects with status 404 or 405 where the backend has no such route. */
  listChanges(conversationId: Id, query: CallOptions & {readonly since: number; readonly limit?: number}): Promise<ChangePage>;
  sendMessage(conversationId: Id, message: NewMessage): Promise<Message>;
  editMessage(id: Id, content: string, options?: CallOptions): Promise<Message>;
  deleteMessage(id: Id, options?: CallOptions): Promise<Message>;
  addReaction(id: Id, emoji: string, options?: CallOptions): Promise<Message>;
  removeReaction(id: Id, emoji: string, options?: CallOptions): Promise<Message>;
  markRead(conversationId: Id, messageIds: readonly Id[], options?: CallOptions): Promise<void>;
  sendTyping(conversationId: Id, options?: CallOptions): Promise<void>;
  uploadAttachment(file: File, options?: CallOptions & {readonly onProgress?: (fraction: number) => void}): Promise<Attachment>;
}
