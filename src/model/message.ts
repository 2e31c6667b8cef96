import type {Attachment} from './attachment.js';
import type {ChatError} from './errors.js';
import type {Id, IdKey} from './id.js';
import {Person, type PersonData} from './person.js';

/**
 * How far a message has come.
 * `queued`: written, waits for the connection or for the one before it. `sending`: on its way.
 * `sent`: the server has stored it. `delivered`, `read`: somebody else has received, has read it. `failed`: see `error`.
 */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** What a message answers to. */
export interface ReplyPreview {
  readonly id: Id;
  readonly sender: PersonData;
  readonly content: string;
}

/** How often one emoji was chosen, and by whom. */
export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly userIds: readonly Id[];
}

/** One message of a conversation. Never changed in place: an edit is a new object with the same id. */
export interface Message {
  /** The server's id; the temp id while the server has not answered. */
  readonly id: Id;
  readonly conversationId: Id;
  /** The id that the sending client chose (a UUID), or `null` for a message that was not sent by this package. */
  readonly tempId: string | null;
  readonly sender: Person;
  /** Plain text, never HTML. Empty for a deleted message. */
  readonly content: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  /** Where it stands in the conversation, as the server counts; `null` until the server has said so, or where it does not count. */
  readonly position: number | null;
  /** Raised by the server with every change in the conversation; `null` where it does not count. */
  readonly revision: number | null;
  readonly replyTo: ReplyPreview | null;
  readonly attachments: readonly Attachment[];
  readonly reactions: readonly Reaction[];
  readonly status: MessageStatus;
  /** Why it failed. Only with status `failed`. */
  readonly error: ChatError | null;
}

/** A message as a host page may hand it in: `id`, `sender.id`, `content` and `createdAt` are enough. */
export interface MessageInput extends Partial<
  Omit<Message, 'id' | 'sender' | 'content' | 'createdAt' | 'editedAt' | 'deletedAt'>
> {
  readonly id: Id;
  readonly sender: Partial<PersonData> & {readonly id: Id};
  readonly content: string;
  /** A date, or an ISO 8601 string. */
  readonly createdAt: Date | string;
  readonly editedAt?: Date | string | null;
  readonly deletedAt?: Date | string | null;
}

/** What may be handed in for what is read as `Value`: of messages, their least. */
export type Given<Value> = Value extends readonly Message[] ? readonly MessageInput[] : Value;

/** Fills in what a host page may leave out. */
export function toMessage(input: MessageInput): Message {
  return {
    id: input.id,
    conversationId: input.conversationId ?? '',
    tempId: input.tempId ?? null,
    sender: input.sender instanceof Person ? input.sender : new Person(input.sender),
    content: input.content,
    createdAt: toDate(input.createdAt) ?? new Date(Number.NaN),
    editedAt: toDate(input.editedAt),
    deletedAt: toDate(input.deletedAt),
    position: input.position ?? null,
    revision: input.revision ?? null,
    replyTo: input.replyTo ?? null,
    attachments: input.attachments ?? [],
    reactions: input.reactions ?? [],
    status: input.status ?? 'sent',
    error: input.error ?? null,
  };
}

/** Whether nothing is left out of a message. */
export function isMessage(message: MessageInput): message is Message {
  const {sender, createdAt, attachments, reactions, status, error} = message;
  const isTyped = sender instanceof Person && createdAt instanceof Date;
  return isTyped && [attachments, reactions, status, error].every((field) => field !== undefined);
}

/** The key by which a row on the screen stays the same row while its message gets its real id. */
export function messageKey(message: Message): IdKey {
  return message.tempId ?? String(message.id);
}

/** Whether the server knows this message. */
export function isConfirmed({status}: Pick<MessageInput, 'status'>): boolean {
  return status !== 'queued' && status !== 'sending' && status !== 'failed';
}

function toDate(value: Date | string | null | undefined): Date | null {
  if (value == null) return null;
  return value instanceof Date ? value : new Date(value);
}
