/** The frames of the Pusher protocol, version 7. https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/ */

/** Errors as Reverb sends them: a message with a code. The texts of the first five are Reverb's own. */
export const errors = {
  unknownApp: {code: 4001, message: 'Application does not exist'},
  overQuota: {code: 4004, message: 'Application is over connection quota'},
  unauthorized: {code: 4009, message: 'Connection is unauthorized'},
  notMember: {code: 4009, message: 'The client is not a member of the specified channel.'},
  rateLimit: {code: 4301, message: 'Rate limit exceeded'},
  invalidFormat: {code: 4200, message: 'Invalid message format'},
  noPong: {code: 4201, message: 'Pong reply not received in time'},
  invalidChannel: {code: 4009, message: 'Invalid channel name'},
  channelQuota: {code: 4301, message: 'Too many channels on one connection'},
  terminated: {code: 4009, message: 'Connection was terminated by the application'},
} as const satisfies Record<string, PusherError>;

export interface PusherError {
  readonly code: number;
  readonly message: string;
}

/** A frame to a client. `data` travels as a string of JSON inside the JSON, whatever the event. */
export function frame(event: string, data?: unknown, channel?: string, userId?: string): string {
  return JSON.stringify({
    event,
    ...(data === undefined ? {} : {data: typeof data === 'string' ? data : JSON.stringify(data)}),
    ...(channel === undefined ? {} : {channel}),
    ...(userId === undefined ? {} : {user_id: userId}),
  });
}

export function errorFrame(error: PusherError): string {
  return frame('pusher:error', error);
}

/** A frame from a client, read. `data` is parsed where it came as a string of JSON. */
export interface ClientFrame {
  readonly event: string;
  readonly channel: string | undefined;
  readonly data: unknown;
}

/** Reads a client's frame; `undefined` for what is not JSON or has no event name. */
export function parseFrame(text: string): ClientFrame | undefined {
  const value = parseJson(text);
  if (!isObject(value) || typeof field(value, 'event') !== 'string') return undefined;
  const data = field(value, 'data');
  const channel = field(value, 'channel');
  return {
    event: field(value, 'event') as string,
    channel: typeof channel === 'string' ? channel : undefined,
    data: typeof data === 'string' ? (parseJson(data) ?? data) : data,
  };
}

/** An own field of an object; nothing inherited. */
export function field(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The parsed text, or `undefined` where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
