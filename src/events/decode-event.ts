import {
  ConversationChangedEvent,
  EventError,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  MessagesReadEvent,
  UserIsTypingEvent,
  type ChatEvent,
  type EventOrigin,
  type Message,
} from '../model/index.js';
import {
  Fields,
  ShapeError,
  decodeConversation,
  decodeMessage,
  decodePerson,
  decodeTempId,
  readId,
} from '../model/resources/index.js';
import {decodeClientEvent, isClientEvent} from './decode-client-event.js';

/** An event as the wire gave it. */
export interface RawEvent extends EventOrigin {
  /** The payload: an object, or the JSON text of one. */
  readonly data: unknown;
}

/** Reads what is inside an envelope, for the types of the contract's section 4. */
type Decode = (origin: EventOrigin, data: Fields) => ChatEvent;

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['message', decodeSent],
  ['message.updated', (origin, data) => decodeChange(origin, data, (message) => new MessageUpdatedEvent(origin, message))],
  ['message.deleted', decodeDeleted],
  ['typing', (origin, data) => new UserIsTypingEvent(origin, data.id('conversation_id'), data.read('user', decodePerson))],
  ['read', decodeRead],
  ['conversation', (origin, data) => new ConversationChangedEvent(origin, data.read('conversation', decodeConversation))],
]);

/**
 * What happened, or `null` for what this package does not know: an envelope of another type, a client event of the host's own,
 * a message of the protocol itself. The name decides nothing, except that what begins with `client-` comes from a peer and not
 * from the server, and so can only ever be a hint.
 *
 * Throws an `EventError`, and nothing else, for a payload that does not have the shape of the contract.
 */
export function decodeEvent(raw: RawEvent): ChatEvent | null {
  const origin: EventOrigin = {channel: raw.channel, name: raw.name, userId: raw.userId};
  if (/^pusher(?:_internal)?:/.test(raw.name)) return null;
  try {
    if (isClientEvent(raw.name)) return decodeClientEvent(origin, () => parse(raw.data));
    return decodeEnvelope(origin, parse(raw.data));
  } catch (error) {
    const why = error instanceof ShapeError ? error.message : 'it cannot be read';
    throw new EventError(`Dropped the event "${shorten(raw.name)}" on ${shorten(raw.channel)}: ${why}.`, raw.name, raw.channel);
  }
}

function decodeEnvelope(origin: EventOrigin, payload: unknown): ChatEvent | null {
  const envelope = new Fields(payload, 'event');
  const decode = DECODERS.get(envelope.text('type'));
  return decode ? decode(origin, new Fields(envelope.get('data'), 'data')) : null;
}

function decodeSent(origin: EventOrigin, data: Fields): ChatEvent {
  return decodeChange(origin, data, (message) => {
    const tempId = decodeTempId(data, 'tempId') ?? decodeTempId(data, 'temp_id') ?? message.tempId;
    return new MessageSentEvent(origin, tempId === message.tempId ? message : {...message, tempId}, tempId);
  });
}

function decodeDeleted(origin: EventOrigin, data: Fields): ChatEvent {
  return decodeChange(origin, data, (message) => {
    if (message.deletedAt === null) throw new ShapeError('data.message.deleted_at', 'a time');
    return new MessageDeletedEvent(origin, message);
  });
}

/** A message in full, or the word that there is one to be fetched. */
function decodeChange(origin: EventOrigin, data: Fields, toEvent: (message: Message) => ChatEvent): ChatEvent {
  const message = new Fields(data.get('message'), data.path('message'));
  if (message.get('thin') !== true) return toEvent(data.read('message', decodeMessage));
  return new MessageHintEvent(origin, {
    conversationId: message.id('conversation_id'),
    messageId: message.id('id'),
    revision: message.countOrNull('revision'),
  });
}

function decodeRead(origin: EventOrigin, data: Fields): ChatEvent {
  return new MessagesReadEvent(origin, {
    conversationId: data.id('conversation_id'),
    readerId: data.id('reader_id'),
    messageIds: data.list('message_ids', readId),
  });
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    // Without the parser's own words: they quote the text, and the text is somebody's message.
    throw new ShapeError('event', 'JSON');
  }
}

function shorten(name: string): string {
  return name.length <= 100 ? name : `${name.slice(0, 99)}…`;
}
