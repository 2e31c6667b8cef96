import type {Limits} from './limits.js';
import type {Conversations} from './repository/conversations.js';
import type {ConversationRow, UserRow} from './repository/rows.js';
import {userResource, type MessageResource, type Resources} from './resources.js';

/** Where events go once they are made. */
export interface Publisher {
  /** Sends one event to everybody who is subscribed to one of the channels now. */
  publish(channels: readonly string[], event: string, data: unknown): void;
}

/** The envelopes of message changes, and the event name that a Laravel backend would give each. */
const MESSAGE_EVENTS = {
  message: 'App\\Events\\MessageSentEvent',
  'message.updated': 'App\\Events\\MessageUpdatedEvent',
  'message.deleted': 'App\\Events\\MessageDeletedEvent',
} as const;

export type MessageEnvelope = keyof typeof MESSAGE_EVENTS;

/** What the headers of a trigger request weigh, roughly. */
const REQUEST_OVERHEAD = 512;

/** Tells the participants of a conversation what has happened. Only called after the commit, so that whoever then asks finds it. */
export class Broadcaster {
  readonly #publisher: Publisher;
  readonly #conversations: Conversations;
  readonly #resources: Resources;
  readonly #limits: Limits;

  constructor(parts: {publisher: Publisher; conversations: Conversations; resources: Resources; limits: Limits}) {
    this.#publisher = parts.publisher;
    this.#conversations = parts.conversations;
    this.#resources = parts.resources;
    this.#limits = parts.limits;
  }

  message(type: MessageEnvelope, message: MessageResource): void {
    const channels = this.#channels(message.conversation_id);
    const name = MESSAGE_EVENTS[type];
    const full = type === 'message' ? {message, tempId: message.temp_id} : {message};
    if (this.#fits(channels, name, {type, data: full})) {
      this.#publisher.publish(channels, name, {type, data: full});
      return;
    }
    const thin = {id: message.id, conversation_id: message.conversation_id, revision: message.revision, thin: true};
    this.#publisher.publish(channels, name, {
      type,
      data: type === 'message' ? {message: thin, tempId: message.temp_id} : {message: thin},
    });
  }

  /** To everybody but the one who types. Those in the conversation's own channel know themselves by the id. */
  typing(conversationId: number, user: UserRow): void {
    const channels = this.#channels(conversationId).filter((channel) => channel !== userChannel(user.id));
    const data = {conversation_id: conversationId, user: userResource(user)};
    this.#publisher.publish(channels, 'App\\Events\\UserIsTypingEvent', {type: 'typing', data});
  }

  read(conversationId: number, readerId: number, messageIds: readonly number[]): void {
    const data = {conversation_id: conversationId, reader_id: readerId, message_ids: messageIds};
    this.#publisher.publish(this.#channels(conversationId), 'App\\Events\\MessagesReadEvent', {type: 'read', data});
  }

  /** The row of the conversation, to each of these people as they see it. */
  conversation(conversation: ConversationRow, userIds?: readonly number[]): void {
    for (const userId of userIds ?? this.#participantIds(conversation.id)) {
      const envelope = {type: 'conversation', data: {conversation: this.#resources.conversation(conversation, userId)}};
      const name = 'App\\Events\\ConversationChangedEvent';
      // There is no thin form of a row. Whoever needs it has the message event, which always arrives.
      if (this.#fits([userChannel(userId)], name, envelope)) this.#publisher.publish([userChannel(userId)], name, envelope);
    }
  }

  #channels(conversationId: number): string[] {
    return [
      ...this.#participantIds(conversationId).map(userChannel),
      `presence-conversation.${conversationId}`,
      `private-conversation.${conversationId}`,
    ];
  }

  #participantIds(conversationId: number): number[] {
    return this.#conversations.participants(conversationId).map((participant) => participant.id);
  }

  /** Whether a Laravel backend could have sent it through Reverb's trigger API, so that a demo fails nowhere that it works here. */
  #fits(channels: readonly string[], name: string, envelope: unknown): boolean {
    const body = JSON.stringify({name, data: JSON.stringify(envelope), channels});
    return Buffer.byteLength(body) + REQUEST_OVERHEAD <= this.#limits.triggerBytes;
  }
}

function userChannel(userId: number): string {
  return `private-user.${userId}`;
}
