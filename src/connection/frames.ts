import {EventError, isId} from '../model/index.js';
import {fieldsOf, parseJson} from '../model/json.js';

/** How much of one frame we are ready to read (UTF-16 units). Reverb and Pusher send at most 10 kB by default. */
const LARGEST_FRAME = 65_536;
const LONGEST_REASON = 200;
const SOCKET_ID = /^[\w.-]{1,100}$/;

/** A frame of the Pusher protocol. `data` is parsed, but nobody has looked at it. */
export interface Frame {
  readonly event: string;
  readonly channel: string | null;
  readonly data: unknown;
  /** Who sent a client event, as the server says. */
  readonly userId: string | null;
}

/** Reads a frame. Throws an `EventError` at one that is none. */
export function readFrame(raw: unknown): Frame {
  if (typeof raw !== 'string') throw malformed('not text');
  if (raw.length > LARGEST_FRAME) throw malformed('too long');
  const {event, channel = null, data, user_id: userId} = fieldsOf(parseJson(raw));
  if (typeof event !== 'string') throw malformed('no event');
  if (channel !== null && typeof channel !== 'string') throw malformed('no channel');
  const payload = typeof data === 'string' ? (parseJson(data) ?? data) : data;
  return {event, channel, data: payload, userId: isId(userId) ? String(userId) : null};
}

/** What a `pusher:error` says. Nothing in it is sure to be there. */
export function readComplaint({data}: Frame): {readonly code: number | null; readonly message: string} {
  const {code, message} = fieldsOf(data);
  return {
    code: Number.isInteger(code) ? (code as number) : null,
    message: typeof message === 'string' ? message.slice(0, LONGEST_REASON) : '',
  };
}

/** The id that the server welcomes a socket with. Throws an `EventError` if there is none. */
export function readSocketId({data}: Frame): string {
  const {socket_id: socketId} = fieldsOf(data);
  if (typeof socketId !== 'string' || !SOCKET_ID.test(socketId)) throw malformed('no socket id');
  return socketId;
}

/** Who is in a presence channel that was just confirmed: user id to what is told of them. Throws an `EventError`. */
export function readMembers({channel, data}: Frame): ReadonlyMap<string, unknown> {
  const {hash} = fieldsOf(fieldsOf(data)['presence']);
  if (typeof hash !== 'object' || hash === null) throw malformed('no members', channel);
  // PHP writes an empty hash as an empty list.
  return new Map(Object.entries(hash));
}

/** `members` after one has joined, or left. Throws an `EventError` if nobody is named. */
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

/** The HTTP status in a refused subscription, or `null`. */
export function readStatus({data}: Frame): number | null {
  const {status} = fieldsOf(data);
  return typeof status === 'number' ? status : null;
}

/** The error that a frame is not what the protocol says. */
export function malformed(why: string, channel: string | null = null): EventError {
  return new EventError(`Dropped a frame: ${why}.`, '', channel);
}
