import type {ChatErrorCode, Id} from '../model/index.js';
import type {OutboxItem, StoredFailure} from './outbox-storage.js';

/**
 * An item as it was stored, or `null` for anything else: what is on the disk may be from another version, incomplete, or written by
 * another script of the page.
 */
export function decodeOutboxItem(value: unknown): OutboxItem | null {
  if (typeof value !== 'object' || value === null) return null;
  const {tempId, conversationId, content, replyToId, attachmentIds, writtenAt, failure} = value as Record<string, unknown>;
  if (typeof tempId !== 'string' || !isId(conversationId) || typeof content !== 'string') return null;
  if (typeof writtenAt !== 'number' || !Number.isFinite(writtenAt)) return null;
  return {
    tempId,
    conversationId,
    content,
    replyToId: isId(replyToId) ? replyToId : null,
    attachmentIds: Array.isArray(attachmentIds) ? attachmentIds.filter(isId) : [],
    writtenAt,
    failure: decodeFailure(failure),
  };
}

function decodeFailure(value: unknown): StoredFailure | null {
  if (typeof value !== 'object' || value === null) return null;
  const {code, message, status} = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return {code: code as ChatErrorCode, message, status: typeof status === 'number' ? status : null};
}

// Not imported from the model: this module is loaded late, and what it shared with the rest would cost all clients 200 bytes at the start.
function isId(value: unknown): value is Id {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
