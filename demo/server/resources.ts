import type {Attachments} from './repository/attachments.js';
import type {Conversations} from './repository/conversations.js';
import type {Messages} from './repository/messages.js';
import type {AttachmentRow, ConversationRow, MessageRow, ParticipantRow, UserRow} from './repository/rows.js';
import type {Users} from './repository/users.js';
import {isShownInline} from './routes/file-type.js';
import {toWellFormed} from './text.js';

/** What this server really does; clients offer no more than this. */
const FEATURES = ['edit', 'delete', 'reply', 'react', 'attach', 'search'] as const;
/** How much of a message is quoted in an answer to it, in characters. */
const QUOTE_LENGTH = 280;

export interface PersonResource {
  readonly id: number;
  readonly name: string;
  readonly avatar_url: string | null;
}

export interface AttachmentResource {
  readonly id: number;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  readonly url: string;
  readonly thumbnail_url: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface MessageResource {
  readonly id: number;
  readonly conversation_id: number;
  readonly temp_id: string | null;
  readonly sender: PersonResource;
  readonly content: string;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly position: number;
  readonly revision: number;
  readonly reply_to: {readonly id: number; readonly sender: PersonResource; readonly content: string} | null;
  readonly attachments: readonly AttachmentResource[];
  readonly reactions: readonly {emoji: string; count: number; user_ids: readonly number[]}[];
}

export interface ConversationResource {
  readonly id: number;
  readonly title: string;
  readonly avatar_url: string | null;
  readonly participants: readonly (PersonResource & {email: string; last_read_message_id: number | null})[];
  readonly last_message: MessageResource | null;
  readonly unread_count: number;
  readonly revision: number;
  readonly features: readonly string[];
}

interface Repositories {
  readonly users: Users;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly attachments: Attachments;
}

/** Makes of rows what the contract says goes over the wire. */
export class Resources {
  readonly #repositories: Repositories;
  readonly #publicUrl: () => string;

  /** `publicUrl` is asked each time, since a server on port 0 learns its own address late. */
  constructor(repositories: Repositories, publicUrl: () => string) {
    this.#repositories = repositories;
    this.#publicUrl = publicUrl;
  }

  message(row: MessageRow): MessageResource {
    const [resource] = this.messages([row]);
    if (!resource) throw new Error(`Message ${row.id} has no resource.`);
    return resource;
  }

  /** With four queries in all, however many rows there are. */
  messages(rows: readonly MessageRow[]): MessageResource[] {
    const {messages, users, attachments} = this.#repositories;
    const ids = rows.map((row) => row.id);
    const quoted = new Map(messages.findAll(defined(rows.map((row) => row.reply_to_id))).map((row) => [row.id, row]));
    const people = new Map(users.findAll([...rows, ...quoted.values()].map((row) => row.sender_id)).map((row) => [row.id, row]));
    const files = groupBy(attachments.ofMessages(ids), (row) => row.message_id ?? 0);
    const reactions = groupBy(messages.reactions(ids), (row) => row.message_id);

    return rows.map((row) => {
      const quote = row.reply_to_id === null ? undefined : quoted.get(row.reply_to_id);
      return {
        id: row.id,
        conversation_id: row.conversation_id,
        temp_id: row.temp_id,
        sender: person(people.get(row.sender_id)),
        content: row.content,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
        position: row.position,
        revision: row.revision,
        reply_to: quote
          ? {id: quote.id, sender: person(people.get(quote.sender_id)), content: excerpt(quote.content, QUOTE_LENGTH)}
          : null,
        attachments: (files.get(row.id) ?? []).map((file) => this.attachment(file)),
        reactions: [...groupBy(reactions.get(row.id) ?? [], (reaction) => reaction.emoji)].map(([emoji, chosen]) => ({
          emoji,
          count: chosen.length,
          user_ids: chosen.map((reaction) => reaction.user_id),
        })),
      };
    });
  }

  /** As one of its participants sees it: title, picture and unread count are theirs. */
  conversation(row: ConversationRow, viewerId: number): ConversationResource {
    const {conversations, messages} = this.#repositories;
    const participants = conversations.participants(row.id);
    const viewer = participants.find((participant) => participant.id === viewerId);
    const other = participants.find((participant) => participant.id !== viewerId) ?? viewer;
    const last = row.last_message_id === 0 ? undefined : messages.find(row.last_message_id);
    return {
      id: row.id,
      title: row.title ?? other?.name ?? '',
      avatar_url: row.title === null ? (other?.avatar_url ?? null) : row.avatar_url,
      participants: participants.map(participantResource),
      last_message: last ? this.message(last) : null,
      unread_count: conversations.unreadCount(row.id, viewerId, viewer?.last_read_position ?? 0),
      revision: row.revision,
      features: FEATURES,
    };
  }

  attachment(row: AttachmentRow): AttachmentResource {
    // An <img> sends no bearer token, so whoever was given the address may fetch it: it cannot be guessed.
    const url = `${this.#publicUrl()}/attachments/${row.id}/${row.access_key}`;
    return {
      id: row.id,
      name: row.name,
      mime_type: row.mime_type,
      size: row.size,
      url,
      // No thumbnails are made. Clients show what this names, so it is the picture itself.
      thumbnail_url: isShownInline(row.mime_type) ? url : null,
      width: row.width,
      height: row.height,
    };
  }
}

/** A person with their e-mail address, for the answer to signing in and for typing. */
export function userResource(user: UserRow): PersonResource & {email: string} {
  return {...person(user), email: user.email};
}

function participantResource(row: ParticipantRow): ConversationResource['participants'][number] {
  return {...userResource(row), last_read_message_id: row.last_read_message_id};
}

function person(user: UserRow | undefined): PersonResource {
  if (!user) throw new Error('A message without a sender.');
  return {id: user.id, name: user.name, avatar_url: user.avatar_url};
}

function excerpt(text: string, length: number): string {
  if (text.length <= length) return text;
  // A cut through an emoji would leave half of it.
  return `${toWellFormed(text.slice(0, length - 1)).replace(/\uFFFD$/, '')}…`;
}

function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function defined<Value>(values: readonly (Value | null)[]): Value[] {
  return values.filter((value): value is Value & {} => value !== null && value !== undefined);
}
