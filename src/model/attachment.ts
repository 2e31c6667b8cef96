import type {Id} from './id.js';

/** A file that belongs to a message. */
export interface Attachment {
  readonly id: Id;
  readonly name: string;
  readonly mimeType: string;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
  readonly thumbnailUrl: string | null;
  /** In CSS pixels; `null` for what is not a picture. */
  readonly width: number | null;
  readonly height: number | null;
}
