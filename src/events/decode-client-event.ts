import {MessageHintEvent, UserIsTypingEvent, sameId, type ChatEvent, type EventOrigin} from '../model/index.js';
import {ShapeError, decodePerson, objectOf, readField, readId, type Read} from '../model/resources/index.js';

/** Reads the data of an event; `path` is where it stands. */
export type Decode = (origin: EventOrigin, data: unknown, path: string) => ChatEvent;

const readTyping = objectOf({user: decodePerson, conversationId: readId});
const readHint = objectOf({conversationId: readId, messageId: readId});

/** That somebody is writing, as the server or a peer says. */
export function decodeTyping(origin: EventOrigin, data: unknown, path: string): UserIsTypingEvent {
  const {user, conversationId} = readTyping(data, path);
  return new UserIsTypingEvent(origin, conversationId, user);
}

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['client-typing', (origin, data, path) => checkSender(decodeTyping(origin, data, path), origin, path)],
  ['client-message', (origin, data, path) => new MessageHintEvent(origin, {...readHint(data, path), revision: null})],
]);

/**
 * What a peer whispered: that it is writing (`client-typing`), or that there is a message to be fetched (`client-message`).
 * `null` for any other whisper. Nothing in it is believed beyond that; `payload` is called only for the two.
 */
export function decodeClientEvent(origin: EventOrigin, payload: () => unknown): ChatEvent | null {
  const decode = DECODERS.get(origin.name);
  return decode ? unwrap(payload(), (data, path) => decode(origin, data, path)) : null;
}

/**
 * In a presence channel the server says who sent a whisper, and only that counts. (Reverb sets `user_id` since 1.8.0; a server that
 * leaves it out there passes on whatever a peer claims.) In a private channel nobody knows, and the claim is all there is.
 */
function checkSender(event: UserIsTypingEvent, {userId, channel}: EventOrigin, path: string): ChatEvent {
  const isKnown = userId !== undefined || channel.startsWith('presence-');
  if (!isKnown || sameId(userId, event.user.id)) return event;
  throw new ShapeError(`${path}.user.id`, 'the id of the member who sent it');
}

/** Reads a whisper, with the envelope around it or without. */
function unwrap(payload: unknown, read: Read<ChatEvent>): ChatEvent {
  const isEnvelope = readField(payload, 'event', 'type', (type) => typeof type === 'string');
  return isEnvelope ? readField(payload, 'event', 'data', read) : read(payload, 'event');
}
