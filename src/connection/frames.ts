/** How much of one frame we are ready to read (UTF-16 units). Reverb and Pusher send at most 10 kB by default. */
export const LARGEST_FRAME = 65_536;
const LONGEST_REASON = 200;
const SOCKET_ID = /^[\w.-]{1,100}$/;
/** Longer than any activity timer: liveness is ours, so that pusher-js never pings and never gives up by itself. */
const NEVER_SECONDS = 2_000_000;

/**
 * What to do with a frame. `pass`: pusher-js gets `text`. `error`: the server complains, and we decide. `alive`: nothing but a
 * sign of life. `ignore`: not for us. `malformed`: not what the protocol says.
 */
export type FrameVerdict =
  | {readonly kind: 'pass'; readonly text: string}
  | {readonly kind: 'error'; readonly code: number | null; readonly message: string}
  | {readonly kind: 'alive'}
  | {readonly kind: 'ignore'; readonly why: string}
  | {readonly kind: 'malformed'; readonly why: string; readonly channel: string | null};

/** What is known when a frame comes in. */
export interface FrameContext {
  readonly welcomed: boolean;
  /** Whether a channel of this name is subscribed, or about to be. */
  knows(channel: string): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Looks at a frame before pusher-js does. Of what a server, or somebody who speaks through it, may send, pusher-js throws at
 * more than half of the malformed frames, out of the socket's event handler and into the page.
 */
export function inspectFrame(raw: unknown, context: FrameContext): FrameVerdict {
  if (typeof raw !== 'string') return malformed('it is not text');
  if (raw.length > LARGEST_FRAME) return malformed(`it has ${raw.length} characters`);
  const frame = parse(raw);
  if (!isFields(frame)) return malformed('it is not a JSON object');
  const {event} = frame;
  if (typeof event !== 'string') return malformed('its event is not a text');
  const data = typeof frame['data'] === 'string' ? (parse(frame['data']) ?? frame['data']) : frame['data'];
  if (event === 'pusher:error') return readError(data);
  if (event === 'pusher:connection_established') return readWelcome(data, context);
  if (!context.welcomed) return malformed('it came before the welcome');
  if (event === 'pusher:ping') return {kind: 'pass', text: raw};
  if (event === 'pusher:pong') return {kind: 'alive'};
  return inspectChannelFrame(raw, event, frame['channel'], data, context);
}

function inspectChannelFrame(raw: string, event: string, channel: unknown, data: unknown, context: FrameContext): FrameVerdict {
  if (channel === undefined) return {kind: 'ignore', why: 'it is for no channel'};
  if (typeof channel !== 'string') return malformed('its channel is not a text');
  if (!context.knows(channel)) return {kind: 'ignore', why: 'nobody holds its channel'};
  const wrong = whatIsWrong(event, channel, data);
  if (wrong !== null) return malformed(wrong, channel);
  if (isOwnBusiness(event)) return {kind: 'ignore', why: 'it is a message of the protocol that we do not use'};
  return {kind: 'pass', text: raw};
}

/** What is wrong with the payload of a protocol message, or `null`. Payloads of applications are looked at by `events/`. */
function whatIsWrong(event: string, channel: string, data: unknown): string | null {
  switch (event) {
    case 'pusher_internal:subscription_succeeded':
      return channel.startsWith('presence-') && !isPresence(data) ? 'its list of members has the wrong shape' : null;
    case 'pusher_internal:member_added':
    case 'pusher_internal:member_removed':
      return isFields(data) && isMemberId(data['user_id']) ? null : 'it names no member';
    case 'pusher:subscription_error':
      return isFields(data) ? null : 'its payload is not an object';
    default:
      return null;
  }
}

function isOwnBusiness(event: string): boolean {
  if (event.startsWith('pusher_internal:')) {
    return !/^pusher_internal:(?:subscription_succeeded|member_added|member_removed)$/.test(event);
  }
  return event.startsWith('pusher:') && event !== 'pusher:subscription_error';
}

function readError(data: unknown): FrameVerdict {
  const fields = isFields(data) ? data : {};
  const {code, message} = fields;
  return {
    kind: 'error',
    code: typeof code === 'number' && Number.isInteger(code) ? code : null,
    message: typeof message === 'string' ? message.slice(0, LONGEST_REASON) : '',
  };
}

function readWelcome(data: unknown, context: FrameContext): FrameVerdict {
  if (context.welcomed) return malformed('it is a second welcome');
  const socketId = isFields(data) ? data['socket_id'] : undefined;
  if (typeof socketId !== 'string' || !SOCKET_ID.test(socketId)) return malformed('it is a welcome without a socket id');
  const welcome = {socket_id: socketId, activity_timeout: NEVER_SECONDS};
  return {kind: 'pass', text: JSON.stringify({event: 'pusher:connection_established', data: JSON.stringify(welcome)})};
}

function isPresence(data: unknown): boolean {
  const presence = isFields(data) ? data['presence'] : undefined;
  // PHP writes an empty hash as an empty list.
  return isFields(presence) && typeof presence['hash'] === 'object' && presence['hash'] !== null;
}

function isMemberId(id: unknown): boolean {
  return typeof id === 'number' || (typeof id === 'string' && id !== '__proto__');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function malformed(why: string, channel: string | null = null): FrameVerdict {
  return {kind: 'malformed', why, channel};
}
