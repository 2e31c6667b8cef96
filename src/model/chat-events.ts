import type {Conversation} from './conversation.js';
import type {Id} from './id.js';
import type {Message} from './message.js';
import type {Person} from './person.js';

/** Something that happened on the server, decoded. `channel` and `name` are as they came over the wire. */
export abstract class ChatEvent {
  /** The envelope's `type`. */
  abstract readonly type: string;
  /** The conversation in which it happened. */
  abstract readonly conversationId: Id;
  readonly channel: string;
  /** The name under which it was broadcast. The backend chooses it freely, so nothing depends on it. */
  readonly name: string;

  constructor(origin: EventOrigin) {
    this.channel = origin.channel;
    this.name = origin.name;
  }
}

/** Where an event came from. */
export interface EventOrigin {
  readonly channel: string;
  readonly name: string;
  /** The id of the sender, as vouched for by the server. Set only on client events in presence channels. */
  readonly userId?: string | undefined;
}

abstract class AboutMessage extends ChatEvent {
  readonly message: Message;

  constructor(origin: EventOrigin, message: Message) {
    super(origin);
    this.message = message;
  }

  get conversationId(): Id {
    return this.message.conversationId;
  }
}

/** A message was stored. `tempId` is the id that the sending client gave it, or `null`. Envelope `message`. */
export class MessageSentEvent extends AboutMessage {
  readonly type = 'message';
  readonly tempId: string | null;

  constructor(origin: EventOrigin, message: Message, tempId: string | null) {
    super(origin, message);
    this.tempId = tempId;
  }
}

/** A message was edited, or its reactions changed. Envelope `message.updated`. */
export class MessageUpdatedEvent extends AboutMessage {
  readonly type = 'message.updated';
}

/** A message was deleted; `message` is what remains of it. Envelope `message.deleted`. */
export class MessageDeletedEvent extends AboutMessage {
  readonly type = 'message.deleted';
}

/**
 * A message is new or has changed, but does not come with the event: it was too large for the wire, or a peer whispered of it.
 * The client fetches it. Envelopes `message`, `message.updated` and `message.deleted` with `thin: true`, and `client-message`.
 */
export class MessageHintEvent extends ChatEvent {
  readonly type = 'message.hint';
  readonly conversationId: Id;
  readonly messageId: Id;
  /** The revision of the change; `null` where the hint does not say. */
  readonly revision: number | null;

  constructor(origin: EventOrigin, hint: {conversationId: Id; messageId: Id; revision: number | null}) {
    super(origin);
    this.conversationId = hint.conversationId;
    this.messageId = hint.messageId;
    this.revision = hint.revision;
  }
}

/** Somebody is typing. Envelope `typing`, or the whisper `client-typing`. */
export class UserIsTypingEvent extends ChatEvent {
  readonly type = 'typing';
  readonly conversationId: Id;
  readonly user: Person;

  constructor(origin: EventOrigin, conversationId: Id, user: Person) {
    super(origin);
    this.conversationId = conversationId;
    this.user = user;
  }
}

/** Somebody has read messages. Envelope `read`. */
export class MessagesReadEvent extends ChatEvent {
  readonly type = 'read';
  readonly conversationId: Id;
  readonly readerId: Id;
  readonly messageIds: readonly Id[];

  constructor(origin: EventOrigin, read: {conversationId: Id; readerId: Id; messageIds: readonly Id[]}) {
    super(origin);
    this.conversationId = read.conversationId;
    this.readerId = read.readerId;
    this.messageIds = read.messageIds;
  }
}

/** A conversation changed as the list shows it: title, participants, last message, unread count. Envelope `conversation`. */
export class ConversationChangedEvent extends ChatEvent {
  readonly type = 'conversation';
  readonly conversation: Conversation;

  constructor(origin: EventOrigin, conversation: Conversation) {
    super(origin);
    this.conversation = conversation;
  }

  get conversationId(): Id {
    return this.conversation.id;
  }
}
