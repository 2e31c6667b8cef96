import type {Message, Reaction, ReplyPreview} from '../message.js';
import {decodeAttachment} from './decode-attachment.js';
import {decodePerson, decodePersonData} from './decode-person.js';
import {Fields} from './fields.js';
import {readId} from './values.js';

/**
 * A `Message` of the REST contract. `id`, `conversation_id`, `sender.id`, `content` and `created_at` must be there; `content` may be
 * null once the message is deleted. The content is kept whole, however long it is.
 */
export function decodeMessage(value: unknown, path = 'message'): Message {
  const fields = new Fields(value, path);
  const deletedAt = fields.dateOrNull('deleted_at');
  return {
    id: fields.id('id'),
    conversationId: fields.id('conversation_id'),
    tempId: decodeTempId(fields, 'temp_id'),
    sender: fields.read('sender', decodePerson),
    content: deletedAt === null ? fields.text('content') : (fields.textOrNull('content') ?? ''),
    createdAt: fields.date('created_at'),
    editedAt: fields.dateOrNull('edited_at'),
    deletedAt,
    position: fields.countOrNull('position'),
    revision: fields.countOrNull('revision'),
    replyTo: fields.readOrNull('reply_to', decodeReplyPreview),
    attachments: fields.listOrEmpty('attachments', decodeAttachment),
    reactions: fields.listOrEmpty('reactions', decodeReaction),
    status: 'sent',
    error: null,
  };
}

/** The sending client's own id of a message, or `null`. */
export function decodeTempId(fields: Fields, key: string): string | null {
  const id = fields.idOrNull(key);
  return id === null ? null : String(id);
}

/** `{id, sender, content}`; the content of a deleted message may be null. */
function decodeReplyPreview(value: unknown, path: string): ReplyPreview {
  const fields = new Fields(value, path);
  return {
    id: fields.id('id'),
    sender: fields.read('sender', decodePersonData),
    content: fields.textOrNull('content') ?? '',
  };
}

/** `{emoji, count, user_ids}`. */
function decodeReaction(value: unknown, path: string): Reaction {
  const fields = new Fields(value, path);
  return {
    // A reaction is a name on a small button: as long as a name may be, and no longer.
    emoji: fields.name('emoji'),
    count: fields.count('count'),
    userIds: fields.listOrEmpty('user_ids', readId),
  };
}
