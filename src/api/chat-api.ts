import type {Attachment, Conversation, Id, Message} from '../model/index.js';

/** The options of every call. */
export interface CallOptions {
  /** Aborting it rejects the call with an `ApiError` of code `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** A page of the list of conversations. */
export interface ConversationPage {
  /** In the order that the server gives them. */
  readonly conversations: readonly Conversation[];
  /** The `cursor` of the next page; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** Which messages to list: by default the newest. At most one of `before`, `after` and `around` may be set. */
export interface MessageQuery extends CallOptions {
  /** Only messages before the one with this id, nearest to it. */
  readonly before?: Id | undefined;
  /** Only messages after the one with this id, nearest to it. */
  readonly after?: Id | undefined;
  /** The message with this id, and those on both sides of it. */
  readonly around?: Id | undefined;
  /** How many messages to return at most, from 1 to 200. Default 50. */
  readonly limit?: number | undefined;
  /** Only messages that contain this text. */
  readonly search?: string | undefined;
}

/** A page of messages. */
export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
  /** The revision of the conversation at the time of the answer; `null` where the backend has no revisions. */
  readonly revision: number | null;
}

/** A page of the messages that have changed. */
export interface ChangePage {
  /** As they are now, in the order of their revisions. */
  readonly messages: readonly Message[];
  /** Every change up to this revision is in this page or in those before it. */
  readonly revision: number;
  readonly hasMore: boolean;
  /** Whether the backend no longer knows what changed since that revision. Everything must then be loaded anew. */
  readonly reset: boolean;
}

/** A message to be stored. */
export interface NewMessage extends CallOptions {
  /** Plain text. Empty only with attachments. */
  readonly content: string;
  /** A UUID. Sending the same one again returns the message that was stored the first time. */
  readonly tempId: string;
  readonly replyToId?: Id | null | undefined;
  /** The ids of files that were uploaded by `uploadAttachment`. */
  readonly attachmentIds?: readonly Id[] | undefined;
}

/**
 * The REST side of a backend, as the client needs it. `RestChatApi` implements it for the routes of `openapi.json`; a host with other
 * routes implements it itself. Every call rejects with an `ApiError`; the client takes any other error for one of code `network`.
 */
export interface ChatApi {
  /** The conversations of the person, a page at a time; without `cursor` the first page. */
  listConversations(query?: CallOptions & {readonly cursor?: string | null; readonly limit?: number}): Promise<ConversationPage>;
  getConversation(id: Id, options?: CallOptions): Promise<Conversation>;
  /** A page of messages, oldest first. */
  listMessages(conversationId: Id, query?: MessageQuery): Promise<MessagePage>;
  /** What changed after the revision `since`. Rejects with status 404, 405 or 501 where the backend has no such route. */
  listChanges(conversationId: Id, query: CallOptions & {readonly since: number; readonly limit?: number}): Promise<ChangePage>;
  /** Stores a message. */
  sendMessage(conversationId: Id, message: NewMessage): Promise<Message>;
  /** Changes the text of a message. This call and the three below resolve with the message as it is now. */
  editMessage(id: Id, content: string, options?: CallOptions): Promise<Message>;
  /** Deletes a message. It stays in the conversation as a tombstone: with `deletedAt`, and without its text. */
  deleteMessage(id: Id, options?: CallOptions): Promise<Message>;
  /** Adds the person's reaction; one that is there already stays. */
  addReaction(id: Id, emoji: string, options?: CallOptions): Promise<Message>;
  /** Takes the person's reaction back, if it is there. */
  removeReaction(id: Id, emoji: string, options?: CallOptions): Promise<Message>;
  /** Tells that the person has read these messages. */
  markRead(conversationId: Id, messageIds: readonly Id[], options?: CallOptions): Promise<void>;
  /** Tells that the person is typing. */
  sendTyping(conversationId: Id, options?: CallOptions): Promise<void>;
  /** Uploads a file for a message to come. `onProgress` is called with the share that is done, from 0 to 1. */
  uploadAttachment(file: File, options?: CallOptions & {readonly onProgress?: (fraction: number) => void}): Promise<Attachment>;
}
