import {timingSafeEqual} from 'node:crypto';
import {Hono} from 'hono';
import {invalid, notFound} from '../http-error.js';
import {toWellFormed} from '../text.js';
import {pathId} from '../validation.js';
import type {Environment, Services} from './environment.js';
import {identifyFile, isShownInline} from './file-type.js';

/** How long a name may be (Unicode characters). */
const LONGEST_NAME = 200;

/** Taking in files. */
export function attachmentRoutes({attachments, resources, config}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.post('/attachments', async (context) => {
    const form = await context.req.parseBody().catch((): Record<string, string | File> => ({}));
    const file = form['file'];
    if (!(file instanceof File)) throw invalid('file', 'The file field is required.');
    if (file.size > config.limits.uploadBytes)
      throw invalid('file', `The file field must not be greater than ${config.limits.uploadBytes} bytes.`);
    const content = new Uint8Array(await file.arrayBuffer());
    const type = identifyFile(content, file.name);
    if (!type) throw invalid('file', 'The file field must be a picture, a sound, a film, a PDF, a ZIP or plain text.');
    const id = attachments.add({
      userId: context.get('user').id,
      name: safeName(file.name),
      mimeType: type.mimeType,
      width: type.width,
      height: type.height,
      content,
    });
    const row = attachments.find(id);
    if (!row) throw notFound();
    return context.json({data: resources.attachment(row)}, 201);
  });

  return routes;
}

/** Giving them out again, to whoever knows the address. */
export function downloadRoutes({attachments}: Services): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.get('/attachments/:id/:key', (context) => {
    const row = attachments.find(pathId(context));
    const content = row && equal(context.req.param('key'), row.access_key) ? attachments.content(row.id) : undefined;
    if (!row || !content) throw notFound();
    const disposition = isShownInline(row.mime_type) ? 'inline' : 'attachment';
    return context.body(content, 200, {
      'Content-Type': row.mime_type,
      'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeHeaderName(row.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'private, max-age=31536000, immutable',
    });
  });

  return routes;
}

/** The name as data only: without folders, control and direction characters; never used as a path. */
function safeName(name: string): string {
  const base = toWellFormed(name).split(/[\\/]/).at(-1) ?? '';
  const visible = base.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').trim();
  return shorten(visible) || 'file';
}

/** A name that is too long loses its end, but not the extension, by which people and machines know what it is. */
function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST_NAME) return name;
  const extension = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST_NAME - Array.from(extension).length).join('') + extension;
}

function encodeHeaderName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function equal(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
