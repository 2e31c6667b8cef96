import {
  ConversationChangedEvent,
  EventError,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessageUpdatedEvent,
  MessagesReadEvent,
  type ChatEvent,
  type EventOrigin,
  type Message,
} from '../model/index.js';
import {parseJson} from '../model/json.js';
import {
  ShapeError,
  decodeConversation,
  decodeMessage,
  decodeTempId,
  listOf,
  objectOf,
  or,
  readCount,
  readField,
  readId,
  readText,
} from '../model/resources/index.js';
import {decodeClientEvent, decodeTyping, type Decode} from './decode-client-event.js';

/** An event as it came over the wire. */
export interface RawEvent extends EventOrigin {
  /** The payload: an object, or the JSON text of one. */
  readonly data: unknown;
}

const readHint = objectOf({id: readId, conversationId: readId, revision: or(null, readCount)});
const readReceipt = objectOf({conversationId: readId, readerId: readId, messageIds: listOf(readId)});

/** How the data of an envelope is decoded, by its `type`. */
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['message', decodeChange(toSent)],
  ['message.updated', decodeChange((origin, message) => new MessageUpdatedEvent(origin, message))],
  ['message.deleted', decodeChange(toDeleted)],
  ['typing', decodeTyping],
  ['read', (origin, data, path) => new MessagesReadEvent(origin, readReceipt(data, path))],
  [
    'conversation',
    (origin, data, path) => new ConversationChangedEvent(origin, readField(data, path, 'conversation', decodeConversation)),
  ],
]);

/**
 * Decodes an event. `null` for what this package does not know: an envelope of another type, a client event of the host's own, a
 * message of the protocol itself. The name decides nothing, with one exception: what begins with `client-` comes from a peer and not
 * from the server, so it is never more than a hint.
 *
 * Throws an `EventError`, and nothing else, for a payload that does not have the shape of the contract.
 */
export function decodeEvent({channel, name, userId, data}: RawEvent): ChatEvent | null {
  const origin: EventOrigin = {channel, name, userId};
  if (/^pusher(?:_internal)?:/.test(name)) return null;
  try {
    if (name.startsWith('client-')) return decodeClientEvent(origin, () => parse(data));
    const envelope = parse(data);
    const decode = DECODERS.get(readField(envelope, 'event', 'type', readText));
    return decode ? readField(envelope, 'event', 'data', (inner, path) => decode(origin, inner, path)) : null;
  } catch (error) {
    const why = error instanceof ShapeError ? error.message : 'it cannot be read';
    throw new EventError(`Dropped the event "${shorten(name)}" on ${shorten(channel)}: ${why}.`, name, channel);
  }
}

/** Decodes an event about a message: with the message if it came whole, or a hint that it is to be fetched if it came thin. */
function decodeChange(toEvent: (origin: EventOrigin, message: Message, data: unknown) => ChatEvent): Decode {
  return (origin, data, path) =>
    readField(data, path, 'message', (message, messagePath) => {
      if (!isThin(message, messagePath)) return toEvent(origin, decodeMessage(message, messagePath), data);
      const {id, ...hint} = readHint(message, messagePath);
      return new MessageHintEvent(origin, {...hint, messageId: id});
    });
}

function isThin(message: unknown, path: string): boolean {
  return readField(message, path, 'thin', (thin) => thin === true);
}

function toSent(origin: EventOrigin, message: Message, data: unknown): ChatEvent {
  const [camel, snake] = ['tempId', 'temp_id'].map((name) => readField(data, 'data', name, decodeTempId));
  const tempId = camel ?? snake ?? message.tempId;
  return new MessageSentEvent(origin, {...message, tempId}, tempId);
}

function toDeleted(origin: EventOrigin, message: Message): ChatEvent {
  if (message.deletedAt === null) throw new ShapeError('data.message.deleted_at', 'a time');
  return new MessageDeletedEvent(origin, message);
}

function parse(data: unknown): unknown {
  const value = typeof data === 'string' ? parseJson(data) : (data ?? null);
  if (value === undefined) throw new ShapeError('event', 'JSON');
  return value;
}

function shorten(name: string): string {
  return name.length <= 100 ? name : `${name.slice(0, 99)}…`;
}
