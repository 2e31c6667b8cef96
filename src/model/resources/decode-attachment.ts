import type {Attachment} from '../attachment.js';
import {Fields} from './fields.js';
import {readFileName} from './values.js';

/**
 * `{id, name, mime_type, size, url, thumbnail_url, width, height}`. `url` must be there; it is decoded to `''` where it must not
 * be followed (neither http, https, blob nor relative), so that the file is still named though it cannot be opened.
 */
export function decodeAttachment(value: unknown, path = 'attachment'): Attachment {
  const fields = new Fields(value, path);
  fields.text('url');
  return {
    id: fields.id('id'),
    name: fields.readOrNull('name', readFileName) ?? '',
    mimeType: fields.textOrNull('mime_type') ?? 'application/octet-stream',
    size: fields.countOrNull('size') ?? 0,
    url: fields.urlOrNull('url') ?? '',
    thumbnailUrl: fields.urlOrNull('thumbnail_url'),
    width: fields.countOrNull('width'),
    height: fields.countOrNull('height'),
  };
}
