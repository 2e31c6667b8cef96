import type {Attachment} from './attachment.js';
import type {ChatError} from './errors.js';
import {isId, type Id, type IdKey} from './id.js';
import {Person, type PersonData} from './person.js';
import {warnOnce} from './warn-once.js';

/**
 * How far a message has come.
 * - `queued`: written; it waits for the connection, or for the message before it.
 * - `sending`: on its way. `sent`: the server has stored it.
 * - `delivered`: somebody else has received it. Only a host that hands in its own messages sets it: the wire has no word for it.
 * - `read`: somebody else has read it. `failed`: it could not be sent; see `error`.
 */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** The message that another one replies to, as far as the reply quotes it. */
export interface ReplyPreview {
  readonly id: Id;
  readonly sender: PersonData;
  readonly content: string;
}

/** An emoji below a message: how many people chose it, and who. */
export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly userIds: readonly Id[];
}

/** One message of a conversation. Never changed in place: an edit is a new object with the same id. */
export interface Message {
  /** The server's id; the temp id until the server has given one. */
  readonly id: Id;
  readonly conversationId: Id;
  /** The id that the sending client chose (a UUID), or `null`. In a conversation only one's own messages have it. */
  readonly tempId: string | null;
  readonly sender: Person;
  /** Plain text, never HTML. Empty for a deleted message. */
  readonly content: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  /** Its place in the conversation, given by the server; `null` before that, and where the backend has no positions. */
  readonly position: number | null;
  /** The revision of the conversation at this message's last change; `null` where the backend has no revisions. */
  readonly revision: number | null;
  readonly replyTo: ReplyPreview | null;
  readonly attachments: readonly Attachment[];
  readonly reactions: readonly Reaction[];
  readonly status: MessageStatus;
  /** Why it failed; `null` unless `status` is `failed`. */
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

/** What a host may assign to a property that reads as `Value`: for a list of messages, messages with the minimum of fields. */
export type Given<Value> = Value extends readonly Message[] ? readonly MessageInput[] : Value;

/** The message with what a host page left out filled in. A `createdAt` that is missing or invalid becomes an invalid date. */
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
    replyTo: soundOnes(input.replyTo == null ? [] : [input.replyTo], isQuote)[0] ?? null,
    attachments: soundOnes(input.attachments, ({name}) => typeof name === 'string'),
    reactions: soundOnes(input.reactions, ({emoji}) => typeof emoji === 'string'),
    status: input.status ?? 'sent',
    error: input.error ?? null,
  };
}

/** Whether a message has all its fields, in their own types. */
export function isMessage(message: MessageInput): message is Message {
  const {sender, createdAt, attachments, reactions, status, error} = message;
  const isTyped = sender instanceof Person && createdAt instanceof Date;
  return isTyped && [attachments, reactions, status, error].every((field) => field !== undefined);
}

/** The key of the row of a message. It stays the same when the message gets its id from the server. */
export function messageKey(message: Message): IdKey {
  return message.tempId ?? String(message.id);
}

/** Whether the server has stored this message. */
export function isConfirmed({status}: Pick<MessageInput, 'status'>): boolean {
  return status !== 'queued' && status !== 'sending' && status !== 'failed';
}

/** Those that can be shown. A page may hand in anything, and the text of its message must not go with what cannot. */
function soundOnes<Value>(values: readonly Value[] | undefined, isSound: (value: Value) => boolean): readonly Value[] {
  const given = values ?? [];
  const isList: boolean = Array.isArray(given);
  const sound = isList ? given.filter((value: Value | null) => value !== null && isSound(value)) : [];
  if (sound.length === given.length) return given;
  const shapes = 'attachments [{id, name, url, …}], reactions [{emoji, count, …}], replyTo {id, sender {id}, content}';
  warnOnce('message:parts', `a part of a message cannot be shown. It may have ${shapes}.`);
  return sound;
}

function isQuote({sender, content}: ReplyPreview): boolean {
  return typeof content === 'string' && isId((sender as Partial<ReplyPreview>['sender'])?.id);
}

function toDate(value: Date | string | null | undefined): Date | null {
  // Of what never was, a page may have an empty string.
  if (!value) return null;
  return value instanceof Date ? value : new Date(value);
}
