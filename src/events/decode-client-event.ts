import {MessageHintEvent, UserIsTypingEvent, sameId, type ChatEvent, type EventOrigin} from '../model/index.js';
import {ShapeError, decodePerson, objectOf, readField, readId, type Read} from '../model/resources/index.js';

/** Makes an event of its data; `path` is where the data is, for the message of an error. */
export type Decode = (origin: EventOrigin, data: unknown, path: string) => ChatEvent;

const readTyping = objectOf({user: decodePerson, conversationId: readId});
const readHint = objectOf({conversationId: readId, messageId: readId});

/** Somebody is typing, as told by the server or by a peer. */
export function decodeTyping(origin: EventOrigin, data: unknown, path: string): UserIsTypingEvent {
  const {user, conversationId} = readTyping(data, path);
  return new UserIsTypingEvent(origin, conversationId, user);
}

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['client-typing', (origin, data, path) => checkSender(decodeTyping(origin, data, path), origin, path)],
  ['client-message', (origin, data, path) => new MessageHintEvent(origin, {...readHint(data, path), revision: null})],
]);

/**
 * Decodes what a peer whispered: that it is typing (`client-typing`), or that there is a message to fetch (`client-message`).
 * `null` for any other whisper; `payload` is called only for these two. Nothing else in a whisper is trusted.
 */
export function decodeClientEvent(origin: EventOrigin, payload: () => unknown): ChatEvent | null {
  const decode = DECODERS.get(origin.name);
  return decode ? unwrap(payload(), (data, path) => decode(origin, data, path)) : null;
}

/**
 * In a presence channel the server tells who sent a whisper (Reverb since 1.8.0), and a whisper in another name is refused. So is one
 * without the server's word, since a peer may claim anything. In a private channel no server tells, so the claim has to do.
 */
function checkSender(event: UserIsTypingEvent, {userId, channel}: EventOrigin, path: string): ChatEvent {
  const isKnown = userId !== undefined || channel.startsWith('presence-');
  if (!isKnown || sameId(userId, event.user.id)) return event;
  throw new ShapeError(`${path}.user.id`, 'the id of the member who sent it');
}

/** Reads a whisper, with or without the envelope around it. */
function unwrap(payload: unknown, read: Read<ChatEvent>): ChatEvent {
  const isEnvelope = readField(payload, 'event', 'type', (type) => typeof type === 'string');
  return isEnvelope ? readField(payload, 'event', 'data', read) : read(payload, 'event');
}
