import {idKey, isId, sameId, type Id} from '../model/index.js';
import {FakeRoom, type MessageDraft} from './fake-room.js';
import type {Envelope, WireAttachment, WireMessage, WireUser} from './wire.js';

/** What a backend tells the socket server to send. */
export type Broadcast = (channel: string, name: string, envelope: Envelope) => void;

/** Everything a conversation can offer, as the contract lists it. */
const ALL_FEATURES = ['edit', 'delete', 'reply', 'react', 'attach', 'search', 'mention'] as const;

/** The longest broadcast that is sent whole (bytes of JSON); Reverb takes 10,000 for the whole request. */
const BROADCAST_LIMIT = 9_000;

const EVENT_NAMES: Readonly<Record<string, string>> = {
  message: 'MessageSentEvent',
  typing: 'UserIsTypingEvent',
  read: 'MessagesReadEvent',
  'message.updated': 'MessageUpdatedEvent',
  'message.deleted': 'MessageDeletedEvent',
  conversation: 'ConversationChangedEvent',
};

/** The data of the fake backend, and what it broadcasts when they change. Knows no HTTP and no socket. */
export class FakeBackend {
  readonly users = new Map<string, WireUser>();
  readonly rooms = new Map<string, FakeRoom>();
  readonly attachments = new Map<string, WireAttachment>();

  readonly #broadcast: Broadcast;
  readonly #now: () => number;
  readonly #conversationChannel: string | null;
  #lastMessageId = 100;

  constructor(settings: {broadcast: Broadcast; now: () => number; conversationChannel: string | null}) {
    this.#broadcast = settings.broadcast;
    this.#now = settings.now;
    this.#conversationChannel = settings.conversationChannel;
  }

  /** The person with this id; made up on the spot if nobody introduced them. */
  user(id: Id): WireUser {
    return this.users.get(keyOf(id)) ?? this.addUser({id});
  }

  addUser(user: {
    id: Id;
    name?: string | undefined;
    email?: string | undefined;
    avatarUrl?: string | null | undefined;
  }): WireUser {
    const name = user.name ?? `User ${user.id}`;
    const row: WireUser = {
      id: user.id,
      name,
      email: user.email ?? `${name.toLowerCase().replace(/\W+/gu, '.')}@example.com`,
      avatar_url: user.avatarUrl ?? null,
    };
    this.users.set(keyOf(user.id), row);
    return row;
  }

  /** The conversation with this id; made up on the spot, with everybody in it, if nobody added it. */
  room(id: Id): FakeRoom {
    return this.rooms.get(keyOf(id)) ?? this.addRoom({id});
  }

  addRoom(row: {
    id: Id;
    title?: string | undefined;
    participants?: readonly Id[] | undefined;
    features?: readonly string[] | undefined;
  }): FakeRoom {
    const participants = row.participants?.map((id) => this.user(id)) ?? [...this.users.values()];
    const title = row.title ?? participants.map((user) => user.name).join(', ');
    const room = new FakeRoom({id: row.id, title, participants, features: row.features ?? ALL_FEATURES}, () => {
      this.#lastMessageId += 1;
      return this.#lastMessageId;
    });
    this.rooms.set(keyOf(row.id), room);
    return room;
  }

  /** The message with this id, with the conversation it is in. */
  find(id: Id): {room: FakeRoom; message: WireMessage} | undefined {
    for (const room of this.rooms.values()) {
      const message = room.find(id);
      if (message) return {room, message};
    }
    return undefined;
  }

  post(room: FakeRoom, draft: Omit<MessageDraft, 'at'>): WireMessage {
    const message = room.add({...draft, at: this.date()});
    this.#tellOfMessage(room, 'message', message);
    return message;
  }

  edit(room: FakeRoom, message: WireMessage, content: string): WireMessage {
    return this.#tellIfChanged(room, message, room.edit(message, content, this.date()), 'message.updated');
  }

  remove(room: FakeRoom, message: WireMessage): WireMessage {
    if (message.deleted_at) return message;
    return this.#tellIfChanged(room, message, room.remove(message, this.date()), 'message.deleted');
  }

  react(room: FakeRoom, message: WireMessage, emoji: string, user: WireUser, on: boolean): WireMessage {
    return this.#tellIfChanged(room, message, room.react(message, emoji, user, on), 'message.updated');
  }

  read(room: FakeRoom, user: WireUser, ids: readonly Id[]): void {
    const messageIds = room.read(user, ids);
    if (messageIds.length === 0) return;
    this.#tell(room, {type: 'read', data: {conversation_id: room.id, reader_id: user.id, message_ids: messageIds}});
    this.#send(userChannel(user.id), {type: 'conversation', data: {conversation: room.toWire(user)}});
  }

  typing(room: FakeRoom, user: {readonly id: Id; readonly name: string; readonly email?: string | undefined}): void {
    const {id, name, email = null} = user;
    this.#tell(room, {type: 'typing', data: {conversation_id: room.id, user: {id, name, email}}}, id);
  }

  /** Tells each participant that the row of a conversation changed, as that person sees it. */
  conversationChanged(room: FakeRoom): void {
    for (const user of room.participants) {
      this.#send(userChannel(user.id), {type: 'conversation', data: {conversation: room.toWire(user)}});
    }
  }

  date(): Date {
    return new Date(this.#now());
  }

  #tellIfChanged(room: FakeRoom, before: WireMessage, after: WireMessage, type: string): WireMessage {
    if (after === before) return after;
    this.#tellOfMessage(room, type, after);
    // One that is deleted is no longer unread, wherever it stands.
    if (type === 'message.deleted' || room.messages.at(-1) === after) this.conversationChanged(room);
    return after;
  }

  #tellOfMessage(room: FakeRoom, type: string, message: WireMessage): void {
    const tempId = type === 'message' ? {tempId: message.temp_id} : {};
    const whole: Envelope = {type, data: {message, ...tempId}};
    const {id, conversation_id, revision} = message;
    const thin: Envelope = {type, data: {message: {id, conversation_id, revision, thin: true}, ...tempId}};
    this.#tell(room, new Blob([JSON.stringify(whole)]).size > BROADCAST_LIMIT ? thin : whole);
  }

  #tell(room: FakeRoom, envelope: Envelope, except?: Id): void {
    for (const user of room.participants) {
      if (!sameId(user.id, except)) this.#send(userChannel(user.id), envelope);
    }
    if (this.#conversationChannel) this.#send(this.#conversationChannel.replace('{id}', String(room.id)), envelope);
  }

  #send(channel: string, envelope: Envelope): void {
    this.#broadcast(channel, EVENT_NAMES[envelope.type] ?? envelope.type, envelope);
  }
}

/** Throws for what a test without types left out or called otherwise: somebody would be made up of it, whom no client takes. */
function keyOf(id: Id): string {
  if (!isId(id)) throw new TypeError(`${String(id)} is no id: give a number or a text.`);
  return idKey(id);
}

function userChannel(id: Id): string {
  return `private-user.${id}`;
}
