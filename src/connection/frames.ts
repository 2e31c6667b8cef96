import {EventError, isId} from '../model/index.js';
import {fieldsOf, parseJson} from '../model/json.js';

/**
 * The largest frame that is read (UTF-16 units). An event has at most 10 kB by default, but with the confirmation of a presence channel Reverb
 * names all its members, however many: 2,000 take 120 kB, and several times that where `user_info` says more than a name.
 */
const LARGEST_FRAME = 1_048_576;
const LONGEST_REASON = 200;
const SOCKET_ID = /^[\w.-]{1,100}$/;

/** A frame of the Pusher protocol. `data` is parsed but not checked. */
export interface Frame {
  readonly event: string;
  readonly channel: string | null;
  readonly data: unknown;
  /** The id of the sender of a client event, as vouched for by the server; `null` where it does not say. */
  readonly userId: string | null;
}

/** Reads a frame. Throws an `EventError` for anything that is not one. */
export function readFrame(raw: unknown): Frame {
  if (typeof raw !== 'string') throw malformed('not text');
  if (raw.length > LARGEST_FRAME) throw malformed('too long');
  const {event, channel = null, data, user_id: userId} = fieldsOf(parseJson(raw));
  if (typeof event !== 'string') throw malformed('no event');
  if (channel !== null && typeof channel !== 'string') throw malformed('no channel');
  const payload = typeof data === 'string' ? (parseJson(data) ?? data) : data;
  return {event, channel, data: payload, userId: isId(userId) ? String(userId) : null};
}

/** What a `pusher:error` says. Code and message may both be missing. */
export function readComplaint({data}: Frame): {readonly code: number | null; readonly message: string} {
  const {code, message} = fieldsOf(data);
  return {
    code: Number.isInteger(code) ? (code as number) : null,
    message: typeof message === 'string' ? message.slice(0, LONGEST_REASON) : '',
  };
}

/** The id that the server gave the socket in its welcome. Throws an `EventError` if there is none. */
export function readSocketId({data}: Frame): string {
  const {socket_id: socketId} = fieldsOf(data);
  if (typeof socketId !== 'string' || !SOCKET_ID.test(socketId)) throw malformed('no socket id');
  return socketId;
}

/** The members of a presence channel that was just confirmed: user id to `user_info`. Throws an `EventError` if there are none. */
export function readMembers({channel, data}: Frame): ReadonlyMap<string, unknown> {
  const {hash} = fieldsOf(fieldsOf(data)['presence']);
  if (typeof hash !== 'object' || hash === null) throw malformed('no members', channel);
  // PHP writes an empty hash as an empty list.
  return new Map(Object.entries(hash));
}

/** The members after one has joined or left. Throws an `EventError` if the frame names nobody. */
export function changeMembers(
  members: ReadonlyMap<string, unknown>,
  {event, channel, data}: Frame,
): ReadonlyMap<string, unknown> {
  const {user_id: id, user_info: info} = fieldsOf(data);
  if (!isId(id)) throw malformed('no member', channel);
  const changed = new Map(members);
  if (event.endsWith('removed')) changed.delete(String(id));
  else changed.set(String(id), info);
  return changed;
}

/** The HTTP status in a `pusher:subscription_error`, or `null`. */
export function readStatus({data}: Frame): number | null {
  const {status} = fieldsOf(data);
  return typeof status === 'number' ? status : null;
}

/** The error for a frame that does not follow the protocol. */
export function malformed(why: string, channel: string | null = null): EventError {
  return new EventError(`Dropped a frame: ${why}.`, '', channel);
}
