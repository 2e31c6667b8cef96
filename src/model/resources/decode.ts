import type {Attachment} from '../attachment.js';
import type {Conversation, Feature} from '../conversation.js';
import type {Message, Reaction, ReplyPreview} from '../message.js';
import {Person, type Participant, type PersonData} from '../person.js';
import {listOf, objectOf, or, readCount, readDate, readFileName, readId, readName, readText, readUrl, type Read} from './read.js';

const FEATURES: readonly string[] = ['edit', 'delete', 'reply', 'react', 'attach', 'search', 'mention'] satisfies Feature[];

const idOrNull = or(null, readId);
const countOrNull = or(null, readCount);
const dateOrNull = or(null, readDate);
const textOrNull = or(null, readText);
const urlOrNull = or(null, readUrl);
/** Empty where there is none: a message must not be lost because its sender has no name. */
const nameOrEmpty = or('', readName);

const person = {id: readId, name: nameOrEmpty, email: textOrNull, avatarUrl: urlOrNull};
const readPersonData = objectOf<PersonData>(person);

/** `{id, name, email, avatar_url}`; only the id must be there. */
export function decodePerson(value: unknown, path = 'user'): Person {
  return new Person(readPersonData(value, path));
}

/** The temp id of a message as a string, or `null`. */
export function decodeTempId(value: unknown, path: string): string | null {
  const id = idOrNull(value, path);
  return id === null ? null : String(id);
}

const readAttachment = objectOf<Attachment>({
  id: readId,
  name: or('', readFileName),
  mimeType: or('application/octet-stream', readText),
  size: or(0, readCount),
  url: (value, path) => readUrl(value, path) ?? '',
  thumbnailUrl: urlOrNull,
  width: countOrNull,
  height: countOrNull,
});

/**
 * `{id, name, mime_type, size, url, thumbnail_url, width, height}`; `id` and `url` are required. A `url` that must not be followed
 * (not http, https, blob or relative) is decoded to `''`: the file is then still shown by its name, but cannot be opened.
 */
export function decodeAttachment(value: unknown, path = 'attachment'): Attachment {
  return readAttachment(value, path);
}

const readMessage = objectOf({
  id: readId,
  conversationId: readId,
  tempId: decodeTempId,
  sender: decodePerson,
  content: textOrNull,
  createdAt: readDate,
  editedAt: dateOrNull,
  deletedAt: dateOrNull,
  position: countOrNull,
  revision: countOrNull,
  replyTo: or(null, objectOf<ReplyPreview>({id: readId, sender: readPersonData, content: or('', readText)})),
  attachments: listOrEmpty(readAttachment),
  // Decoded as a name, which limits its length: it stands on a small button.
  reactions: listOrEmpty(objectOf<Reaction>({emoji: nameOrEmpty, count: readCount, userIds: listOrEmpty(readId)})),
});

/**
 * A `Message` of the REST contract. `id`, `conversation_id`, `sender.id`, `content` and `created_at` are required; `content` may be
 * null in a deleted message. The content is never shortened.
 */
export function decodeMessage(value: unknown, path = 'message'): Message {
  const fields = readMessage(value, path);
  const content = fields.deletedAt ? (fields.content ?? '') : readText(fields.content, `${path}.content`);
  return {...fields, content, status: 'sent', error: null};
}

const readConversation = objectOf({
  id: readId,
  title: nameOrEmpty,
  avatarUrl: urlOrNull,
  participants: listOrEmpty(objectOf<Participant>({...person, lastReadMessageId: idOrNull})),
  lastMessage: or(null, decodeMessage),
  unreadCount: or(0, readCount),
  revision: countOrNull,
  features: listOrEmpty(readText),
});

/** A `Conversation` of the REST contract. Only `id` is required. Features that this package does not know are left out. */
export function decodeConversation(value: unknown, path = 'conversation'): Conversation {
  const fields = readConversation(value, path);
  return {...fields, features: fields.features.filter((name): name is Feature => FEATURES.includes(name))};
}

/** Reads a list; an empty one where it is missing. */
function listOrEmpty<Item>(read: Read<Item>): Read<readonly Item[]> {
  const readList = listOf(read);
  return (value, path) => readList(value ?? [], path);
}
