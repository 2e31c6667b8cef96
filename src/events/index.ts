/** What can have happened: an unknown payload in, a typed `ChatEvent` or a typed error out. No `unknown` goes past this room. */
export {decodeEvent, type RawEvent} from './decode-event.js';
