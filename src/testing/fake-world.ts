import type {Clock, Id} from '../model/index.js';
import {FakeBackend} from './fake-backend.js';
import type {FakeRoom} from './fake-room.js';
import type {ConversationSeed, FakeServerOptions, MessageSeed, UserSeed} from './seeds.js';
import type {WireConversation, WireMessage, WireUser} from './wire.js';

/** The people and conversations of a fake server, and what they can be made to do. What changes is broadcast as it is for real. */
export abstract class FakeWorld {
  abstract readonly clock: Clock;
  /** @internal */ protected readonly backend: FakeBackend;

  constructor(options: Pick<FakeServerOptions, 'conversationChannel'>) {
    this.backend = new FakeBackend({
      broadcast: (channel, name, envelope) => this.emit(channel, name, envelope),
      now: () => this.clock.now(),
      conversationChannel: options.conversationChannel ?? null,
    });
  }

  /** Broadcasts anything under any name. */
  abstract emit(channel: string, name: string, data: unknown): void;

  /** Who is known, by id. */
  get users(): ReadonlyMap<string, WireUser> {
    return this.backend.users;
  }

  /** Introduces somebody. Ids that nobody introduced are people called `User <id>`. */
  addUser(user: UserSeed): WireUser {
    return this.backend.addUser(user);
  }

  /** Adds a conversation and its history, without a broadcast. Ids that nobody added are conversations of all users known by then. */
  addConversation(seed: ConversationSeed): void {
    const room = this.backend.addRoom(seed);
    const history = typeof seed.messages === 'number' ? chatter(room, seed.messages) : (seed.messages ?? []);
    history.forEach((message, index) => {
      const at = message.at === undefined ? this.clock.now() - (history.length - index) * 60_000 : Number(new Date(message.at));
      room.add({...message, from: this.backend.user(message.from), at: new Date(at)});
    });
  }

  /** A conversation as one person (default: the first participant) gets it. */
  conversation(id: Id, viewer?: Id): WireConversation {
    const room = this.backend.room(id);
    return room.toWire(viewer === undefined ? (room.participants[0] ?? this.backend.user(0)) : this.backend.user(viewer));
  }

  /** All messages of a conversation, in order of position. */
  messages(conversationId: Id): readonly WireMessage[] {
    return [...this.backend.room(conversationId).messages];
  }

  /** Stores a message and broadcasts it. */
  message(message: MessageSeed & {readonly conversationId: Id}): WireMessage {
    const room = this.backend.room(message.conversationId);
    const {from, content, tempId = null, replyToId = null, attachments = []} = message;
    return this.backend.post(room, {from: this.backend.user(from), content, tempId, replyToId, attachments});
  }

  /** Changes the text of a message and broadcasts it. Throws a RangeError for an id that does not exist, as do the two below. */
  edit(messageId: Id, content: string): WireMessage {
    const {room, message} = this.#find(messageId);
    return this.backend.edit(room, message, content);
  }

  /** Deletes a message and broadcasts what remains of it. */
  remove(messageId: Id): WireMessage {
    const {room, message} = this.#find(messageId);
    return this.backend.remove(room, message);
  }

  /** Adds a reaction, or takes it back, and broadcasts the message. */
  react(messageId: Id, reaction: {readonly user: Id; readonly emoji: string; readonly remove?: boolean}): WireMessage {
    const {room, message} = this.#find(messageId);
    return this.backend.react(room, message, reaction.emoji, this.backend.user(reaction.user), !reaction.remove);
  }

  /** Broadcasts that somebody is writing, to everybody else. */
  typing(typing: {readonly conversationId: Id; readonly user: Id | UserSeed}): void {
    const user = typeof typing.user === 'object' ? this.backend.addUser(typing.user) : this.backend.user(typing.user);
    this.backend.typing(this.backend.room(typing.conversationId), user);
  }

  /** Notes, and broadcasts, that somebody has read messages. Without ids: all there are. */
  read(read: {readonly conversationId: Id; readonly reader: Id; readonly messageIds?: readonly Id[]}): void {
    const room = this.backend.room(read.conversationId);
    this.backend.read(room, this.backend.user(read.reader), read.messageIds ?? room.messages.map((message) => message.id));
  }

  /** Changes the title or the features of a conversation, and broadcasts its row. */
  update(conversationId: Id, change: {readonly title?: string; readonly features?: readonly string[]}): void {
    const room = this.backend.room(conversationId);
    room.title = change.title ?? room.title;
    room.features = change.features ?? room.features;
    this.backend.conversationChanged(room);
  }

  /** Forgets which messages changed up to now: who asks for changes since an earlier revision is told to load afresh. */
  forgetChanges(conversationId: Id): void {
    const room = this.backend.room(conversationId);
    room.forgottenUpTo = room.revision;
  }

  #find(messageId: Id): {room: FakeRoom; message: WireMessage} {
    const found = this.backend.find(messageId);
    if (!found) throw new RangeError(`There is no message ${messageId}.`);
    return found;
  }
}

function chatter(room: FakeRoom, count: number): MessageSeed[] {
  const people = room.participants;
  return Array.from({length: count}, (_, index) => ({
    from: people[index % Math.max(1, people.length)]?.id ?? 0,
    content: `Message ${index + 1}`,
  }));
}
