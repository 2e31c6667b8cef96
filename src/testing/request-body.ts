import {isId, type Id} from '../model/index.js';
import type {FakeBackend} from './fake-backend.js';
import {invalid} from './http-error.js';
import type {WireAttachment} from './wire.js';

/** The longest message that is taken (code points). */
const MAX_CONTENT = 10_000;

/** What a request to store a message asks for. */
export interface ReadDraft {
  readonly content: string;
  readonly tempId: string | null;
  readonly replyToId: Id | null;
  readonly attachments: readonly WireAttachment[];
}

/** The field of a JSON body as non-empty text; 422 otherwise. */
export function readText(body: unknown, field: string, max = Infinity): string {
  const value = fieldOf(body, field);
  if (typeof value !== 'string' || value.trim() === '') throw invalid(field, `The ${label(field)} field is required.`);
  if (Array.from(value).length > max)
    throw invalid(field, `The ${label(field)} field must not be greater than ${max} characters.`);
  return value;
}

/** The text of a message, which may be empty where there is a file beside it. */
export function readContent(body: unknown, hasFiles: boolean): string {
  return hasFiles && !fieldOf(body, 'content') ? '' : readText(body, 'content', MAX_CONTENT);
}

/** The field of a JSON body as a list of ids; 422 otherwise. */
export function readIds(body: unknown, field: string): Id[] {
  const value = fieldOf(body, field);
  if (!Array.isArray(value) || !value.every(isId)) {
    throw invalid(field, `The ${label(field)} field must be an array.`);
  }
  return value;
}

/** How many rows a page may have. */
export function readLimit(query: URLSearchParams, usual = 50): number {
  const limit = Number(query.get('limit') ?? usual);
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit', 'The limit field must be at least 1.');
  return Math.min(limit, 200);
}

/** The message to store; it may be without text if it has attachments. */
export function readDraft(body: unknown, backend: FakeBackend): ReadDraft {
  const ids = fieldOf(body, 'attachment_ids') == null ? [] : readIds(body, 'attachment_ids');
  const attachments = ids.map((id) => {
    const attachment = backend.attachments.get(String(id));
    if (!attachment) throw invalid('attachment_ids', 'The selected attachment ids is invalid.');
    return attachment;
  });
  const tempId = fieldOf(body, 'temp_id');
  const replyToId = fieldOf(body, 'reply_to_id') as Id | null | undefined;
  return {
    content: readContent(body, attachments.length > 0),
    tempId: typeof tempId === 'string' ? tempId : null,
    replyToId: replyToId ?? null,
    attachments,
  };
}

/** The uploaded file as the attachment that it becomes. */
export function readAttachment(body: unknown, id: number): WireAttachment {
  const file = body instanceof FormData ? body.get('file') : null;
  if (!(file instanceof Blob)) throw invalid('file', 'The file field is required.');
  const name = 'name' in file && typeof file.name === 'string' ? file.name : 'file';
  const picture = file.type.startsWith('image/');
  return {
    id,
    name,
    mime_type: file.type || 'application/octet-stream',
    size: file.size,
    url: `/attachments/${id}/${encodeURIComponent(name)}`,
    thumbnail_url: picture ? `/attachments/${id}/thumbnail` : null,
    width: picture ? 640 : null,
    height: picture ? 480 : null,
  };
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[field] : undefined;
}

function label(field: string): string {
  return field.replaceAll('_', ' ');
}
