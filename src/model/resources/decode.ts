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
/** Empty where there is none: a person without a name still wrote the message. */
const nameOrEmpty = or('', readName);

const person = {id: readId, name: nameOrEmpty, email: textOrNull, avatarUrl: urlOrNull};
const readPersonData = objectOf<PersonData>(person);

/** `{id, name, email, avatar_url}`; only the id must be there. */
export function decodePerson(value: unknown, path = 'user'): Person {
  return new Person(readPersonData(value, path));
}

/** The sending client's own id of a message, or `null`. */
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
 * `{id, name, mime_type, size, url, thumbnail_url, width, height}`. `url` must be there; it is decoded to `''` where it must not
 * be followed (neither http, https, blob nor relative), so that the file is still named though it cannot be opened.
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
  // A reaction is a name on a small button: as long as a name may be, and no longer.
  reactions: listOrEmpty(objectOf<Reaction>({emoji: nameOrEmpty, count: readCount, userIds: listOrEmpty(readId)})),
});

/**
 * A `Message` of the REST contract. `id`, `conversation_id`, `sender.id`, `content` and `created_at` must be there; `content` may be
 * null once the message is deleted. The content is kept whole, however long it is.
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

/** A `Conversation` of the REST contract. Only `id` must be there. Features that this package does not know are left out. */
export function decodeConversation(value: unknown, path = 'conversation'): Conversation {
  const fields = readConversation(value, path);
  return {...fields, features: fields.features.filter((name): name is Feature => FEATURES.includes(name))};
}

/** Empty where the list is missing. */
function listOrEmpty<Item>(read: Read<Item>): Read<readonly Item[]> {
  const readList = listOf(read);
  return (value, path) => readList(value ?? [], path);
}
