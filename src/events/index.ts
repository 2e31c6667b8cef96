/** Decodes events: an unknown payload goes in, a typed `ChatEvent` or a typed error comes out. No `unknown` goes past this room. */
export {decodeEvent, type RawEvent} from './decode-event.js';
