import type {Id} from './id.js';

/** A file that belongs to a message. */
export interface Attachment {
  readonly id: Id;
  readonly name: string;
  readonly mimeType: string;
  /** In bytes. */
  readonly size: number;
  /** Where the file is. Empty where the server gave an address that must not be followed. */
  readonly url: string;
  /** A small picture of it, or `null`. */
  readonly thumbnailUrl: string | null;
  /** In CSS pixels; `null` for what is not a picture. So is `height`. */
  readonly width: number | null;
  readonly height: number | null;
}
