import type {Broadcaster} from './broadcaster.js';
import type {ChatDatabase} from './database.js';
import {forbidden, invalid, notFound} from './http-error.js';
import type {Limits} from './limits.js';
import type {Attachments} from './repository/attachments.js';
import type {Conversations} from './repository/conversations.js';
import type {Messages} from './repository/messages.js';
import type {ConversationRow, MessageRow, UserRow} from './repository/rows.js';
import type {MessageResource, Resources} from './resources.js';

/** What somebody wants to say. */
export interface Draft {
  readonly content: string;
  readonly tempId: string;
  readonly replyToId: number | null;
  readonly attachmentIds: readonly number[];
}

interface Parts {
  readonly database: ChatDatabase;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly attachments: Attachments;
  readonly resources: Resources;
  readonly broadcaster: Broadcaster;
  readonly limits: Limits;
}

/**
 * What people do in conversations. Each change is one transaction, gets its revision inside it, and is broadcast after the
 * commit; so revisions are dense and in the order of the commits, and nobody hears of what they could not fetch.
 */
export class Chat {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The conversation, if this person takes part in it: 404 when there is none, 403 when it is other people's. */
  conversationFor(user: UserRow, id: number): ConversationRow {
    const conversation = this.#parts.conversations.find(id);
    if (!conversation) throw notFound();
    if (!this.#parts.conversations.isParticipant(id, user.id)) throw forbidden();
    return conversation;
  }

  /** The message, if this person takes part in its conversation: 404 when there is none, 403 when it is other people's. */
  messageFor(user: UserRow, id: number): MessageRow {
    const message = this.#existing(id);
    if (!this.#parts.conversations.isParticipant(message.conversation_id, user.id)) throw forbidden();
    return message;
  }

  /** As `messageFor`, and 403 when somebody else has written it. */
  ownMessageFor(user: UserRow, id: number): MessageRow {
    const message = this.messageFor(user, id);
    if (message.sender_id !== user.id) throw forbidden();
    return message;
  }

  /** Stores a message once: the same temp id again gives the same message back, as it is now. */
  send(user: UserRow, conversationId: number, draft: Draft): {message: MessageResource; created: boolean} {
    this.conversationFor(user, conversationId);
    const {database, messages, resources, broadcaster} = this.#parts;
    const {id, created} = database.transaction(() => {
      const earlier = messages.findByTempId(user.id, draft.tempId);
      if (!earlier) return {id: this.#insert(user, conversationId, draft), created: true};
      if (earlier.conversation_id !== conversationId) throw invalid('temp_id', 'The temp_id has already been taken.');
      return {id: earlier.id, created: false};
    });
    const message = resources.message(this.#existing(id));
    if (created) {
      broadcaster.message('message', message);
      this.#announceRow(conversationId);
    }
    return {message, created};
  }

  /** Changes one's own message. The same text again changes nothing. */
  edit(user: UserRow, messageId: number, content: string): MessageResource {
    return this.#change(messageId, 'message.updated', () => {
      const message = this.ownMessageFor(user, messageId);
      requirePresent(message);
      if (message.content === content) return false;
      const revision = this.#parts.conversations.nextRevision(message.conversation_id);
      this.#parts.messages.edit(message.id, content, revision, new Date().toISOString());
      return true;
    });
  }

  /** Deletes one's own message. Once more changes nothing. */
  remove(user: UserRow, messageId: number): MessageResource {
    return this.#change(messageId, 'message.deleted', () => {
      const message = this.ownMessageFor(user, messageId);
      if (message.deleted_at !== null) return false;
      const revision = this.#parts.conversations.nextRevision(message.conversation_id);
      this.#parts.messages.remove(message.id, revision, new Date().toISOString());
      return true;
    });
  }

  /** Adds or takes back one's reaction. What is so already stays so. */
  react(user: UserRow, messageId: number, emoji: string, chosen: boolean): MessageResource {
    return this.#change(messageId, 'message.updated', () => {
      const message = this.messageFor(user, messageId);
      const {messages, conversations, limits} = this.#parts;
      if (chosen) {
        requirePresent(message);
        const different = new Set(messages.reactions([message.id]).map((reaction) => reaction.emoji)).add(emoji).size;
        if (different > limits.reactionsPerMessage) throw invalid('emoji', 'This message has too many different reactions.');
      }
      const next = (conversations.find(message.conversation_id)?.revision ?? 0) + 1;
      const changed = chosen
        ? messages.addReaction(message.id, user.id, emoji, next)
        : messages.removeReaction(message.id, user.id, emoji);
      if (changed) messages.setRevision(message.id, conversations.nextRevision(message.conversation_id));
      return changed;
    });
  }

  /** Moves this person's mark to the furthest of these messages. Ids of other conversations count for nothing. */
  markRead(user: UserRow, conversationId: number, messageIds: readonly number[]): void {
    this.conversationFor(user, conversationId);
    const {database, messages, conversations, broadcaster} = this.#parts;
    const newlyRead = database.transaction(() => {
      const mark =
        conversations.participants(conversationId).find((participant) => participant.id === user.id)?.last_read_position ?? 0;
      const unread = messages.findAll(messageIds).filter((row) => row.conversation_id === conversationId && row.position > mark);
      const furthest = unread.at(-1);
      if (furthest) conversations.setLastRead(conversationId, user.id, furthest.id, furthest.position);
      return unread;
    });
    if (newlyRead.length === 0) return;
    const ofOthers = newlyRead.filter((row) => row.sender_id !== user.id).map((row) => row.id);
    if (ofOthers.length > 0) broadcaster.read(conversationId, user.id, ofOthers);
    broadcaster.conversation(this.conversationFor(user, conversationId), [user.id]);
  }

  #insert(user: UserRow, conversationId: number, draft: Draft): number {
    const {conversations, messages, attachments} = this.#parts;
    if (draft.replyToId !== null && messages.find(draft.replyToId)?.conversation_id !== conversationId) {
      throw invalid('reply_to_id', 'The selected reply_to_id is invalid.');
    }
    const id = messages.add({
      conversationId,
      senderId: user.id,
      tempId: draft.tempId,
      content: draft.content,
      replyToId: draft.replyToId,
      revision: conversations.nextRevision(conversationId),
      createdAt: new Date().toISOString(),
    });
    if (attachments.attach(draft.attachmentIds, user.id, id) !== draft.attachmentIds.length) {
      throw invalid('attachment_ids', 'The selected attachment_ids is invalid.');
    }
    conversations.setLastMessage(conversationId, id);
    return id;
  }

  /** `apply` runs in a transaction and says whether it has changed anything. */
  #change(messageId: number, type: 'message.updated' | 'message.deleted', apply: () => boolean): MessageResource {
    const {database, resources, broadcaster, conversations} = this.#parts;
    const changed = database.transaction(apply);
    const resource = resources.message(this.#existing(messageId));
    if (changed) {
      broadcaster.message(type, resource);
      // One that is deleted is no longer unread, wherever it stands.
      if (type === 'message.deleted' || conversations.find(resource.conversation_id)?.last_message_id === messageId)
        this.#announceRow(resource.conversation_id);
    }
    return resource;
  }

  #announceRow(conversationId: number): void {
    const conversation = this.#parts.conversations.find(conversationId);
    if (conversation) this.#parts.broadcaster.conversation(conversation);
  }

  #existing(id: number): MessageRow {
    const row = this.#parts.messages.find(id);
    if (!row) throw notFound();
    return row;
  }
}

function requirePresent(message: MessageRow): void {
  if (message.deleted_at !== null) throw forbidden('This message was deleted.');
}
