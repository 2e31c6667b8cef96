import {MessageHintEvent, UserIsTypingEvent, sameId, type ChatEvent, type EventOrigin} from '../model/index.js';
import {Fields, ShapeError, decodePerson} from '../model/resources/index.js';

/** Whether an event was sent by another client and only passed on by the server. */
export function isClientEvent(name: string): boolean {
  return name.startsWith('client-');
}

/**
 * What a peer whispered: that it is writing (`client-typing`), or that there is a message to be fetched (`client-message`).
 * `null` for any other whisper. Nothing in it is believed beyond that; `payload` is called only for the two.
 */
export function decodeClientEvent(origin: EventOrigin, payload: () => unknown): ChatEvent | null {
  switch (origin.name) {
    case 'client-typing':
      return decodeTyping(origin, unwrap(payload()));
    case 'client-message':
      return decodeHint(origin, unwrap(payload()));
    default:
      return null;
  }
}

function decodeTyping(origin: EventOrigin, data: Fields): ChatEvent {
  const user = data.read('user', decodePerson);
  checkSender(origin, data, user.id);
  return new UserIsTypingEvent(origin, data.id('conversation_id'), user);
}

function decodeHint(origin: EventOrigin, data: Fields): ChatEvent {
  return new MessageHintEvent(origin, {
    conversationId: data.id('conversation_id'),
    messageId: data.id('message_id'),
    revision: null,
  });
}

/**
 * In a presence channel the server says who sent a whisper, and only that counts. (Reverb sets `user_id` since 1.8.0; a server that
 * leaves it out there passes on whatever a peer claims.) In a private channel nobody knows, and the claim is all there is.
 */
function checkSender(origin: EventOrigin, data: Fields, claimed: number | string): void {
  const known = origin.userId !== undefined || origin.channel.startsWith('presence-');
  if (known && !sameId(origin.userId, claimed)) {
    throw new ShapeError(data.path('user.id'), 'the id of the member who sent it');
  }
}

/** The fields of a whisper, with the envelope around them or without. */
function unwrap(payload: unknown): Fields {
  const fields = new Fields(payload, 'event');
  return typeof fields.get('type') === 'string' ? new Fields(fields.get('data'), 'data') : fields;
}
