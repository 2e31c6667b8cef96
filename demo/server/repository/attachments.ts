import {randomBytes} from 'node:crypto';
import type {ChatDatabase} from '../database.js';
import type {AttachmentRow} from './rows.js';

const COLUMNS = 'id, user_id, message_id, access_key, name, mime_type, size, width, height';

/** A file about to be stored. */
export interface NewAttachment {
  readonly userId: number;
  readonly name: string;
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly content: Uint8Array;
}

/**
 * Uploaded files. Their bytes lie in the database: no name that a client chose ever becomes a path, and a file is there
 * exactly when its row is.
 */
export class Attachments {
  readonly #database: ChatDatabase;

  constructor(database: ChatDatabase) {
    this.#database = database;
  }

  find(id: number): AttachmentRow | undefined {
    return this.#database.get<AttachmentRow>(`select ${COLUMNS} from attachments where id = ?`, id);
  }

  ofMessages(messageIds: readonly number[]): AttachmentRow[] {
    return this.#database.all<AttachmentRow>(
      `select ${COLUMNS} from attachments where message_id in (select value from json_each(?)) order by id`,
      JSON.stringify(messageIds),
    );
  }

  content(id: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#database.get<{content: Uint8Array<ArrayBuffer>}>('select content from attachments where id = ?', id)?.content;
  }

  /** Returns the new attachment's id. */
  add(attachment: NewAttachment): number {
    return this.#database.insert(
      `insert into attachments (user_id, access_key, name, mime_type, size, width, height, content, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      attachment.userId,
      randomBytes(24).toString('base64url'),
      attachment.name,
      attachment.mimeType,
      attachment.content.byteLength,
      attachment.width,
      attachment.height,
      attachment.content,
      new Date().toISOString(),
    );
  }

  /** Gives one's own, unused uploads to a message. Returns how many of them there were. */
  attach(ids: readonly number[], userId: number, messageId: number): number {
    return this.#database.run(
      'update attachments set message_id = ? where user_id = ? and message_id is null and id in (select value from json_each(?))',
      messageId,
      userId,
      JSON.stringify(ids),
    );
  }
}
