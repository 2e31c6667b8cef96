import type {TransportClose, WireEvent} from '../../connection/transport.js';
import type {ChannelAuth} from '../../connection/types.js';

/**
 * What the tabs that share a socket send to one another. The leader is the tab that has the socket; `to` is the leader that is addressed.
 * No message holds a token: each tab authorizes its channels itself, and passes on only the signature.
 */
export type TabMessage = {readonly from: string} & (FollowerMessage | LeaderMessage);

/** What a follower sends to the leader. */
export type FollowerMessage =
  /** Asks for a sign of life. `to` is `null` for whichever tab is the leader. */
  | {readonly type: 'ask'; readonly to: string | null}
  | {readonly type: 'subscribe'; readonly to: string; readonly channel: string; readonly auth: ChannelAuth | null}
  | {readonly type: 'unsubscribe'; readonly to: string; readonly channel: string}
  /** A frame for the server: `data` is JSON, `channel` is `null` for a ping. */
  | {readonly type: 'send'; readonly to: string; readonly event: string; readonly data: string; readonly channel: string | null};

/** What the leader sends to all followers. Most of these are the calls of a `TransportHandler`. */
export type LeaderMessage =
  /** The sender is the leader now. It has no socket yet. */
  | {readonly type: 'leading'}
  /** The answer to `ask` while there is no socket. */
  | {readonly type: 'alive'}
  /** The server has accepted the socket. Also the answer to `ask` from then on. */
  | {readonly type: 'welcome'; readonly socketId: string}
  | {readonly type: 'frame'}
  | {readonly type: 'complaint'; readonly code: number | null; readonly message: string}
  | {readonly type: 'closed'; readonly close: TransportClose}
  /** `only`: the one follower that it is meant for; `null` for all that asked for the channel. */
  | {
      readonly type: 'subscribed';
      readonly only: string | null;
      readonly channel: string;
      readonly members: ReadonlyMap<string, unknown> | null;
    }
  | {readonly type: 'refused'; readonly channel: string; readonly status: number | null}
  | {readonly type: 'event'; readonly event: WireEvent};

type Fields = Readonly<Record<string, unknown>>;
type Decode = (fields: Fields) => FollowerMessage | LeaderMessage | null;

const DECODERS: Readonly<Record<TabMessage['type'], Decode>> = {
  ask: ({to}) => (isTextOrNull(to) ? {type: 'ask', to} : null),
  subscribe: ({to, channel, auth}) =>
    isText(to) && isText(channel) && isAuthOrNull(auth) ? {type: 'subscribe', to, channel, auth} : null,
  unsubscribe: ({to, channel}) => (isText(to) && isText(channel) ? {type: 'unsubscribe', to, channel} : null),
  send: ({to, event, data, channel}) =>
    isText(to) && isText(event) && isText(data) && isTextOrNull(channel) ? {type: 'send', to, event, data, channel} : null,
  leading: () => ({type: 'leading'}),
  alive: () => ({type: 'alive'}),
  welcome: ({socketId}) => (isText(socketId) ? {type: 'welcome', socketId} : null),
  frame: () => ({type: 'frame'}),
  complaint: ({code, message}) => (isNumberOrNull(code) && isText(message) ? {type: 'complaint', code, message} : null),
  closed: ({close}) => (isClose(close) ? {type: 'closed', close} : null),
  subscribed: ({only, channel, members}) =>
    isTextOrNull(only) && isText(channel) && isMembersOrNull(members) ? {type: 'subscribed', only, channel, members} : null,
  refused: ({channel, status}) => (isText(channel) && isNumberOrNull(status) ? {type: 'refused', channel, status} : null),
  event: ({event}) => (isEvent(event) ? {type: 'event', event} : null),
};

/**
 * Checks a message of another tab; `null` for what this version does not understand, since another version may run there. Events of
 * channels are passed on as they came over the wire, and decoded like any other.
 */
export function decodeTabMessage(data: unknown): TabMessage | null {
  const fields = fieldsOf(data);
  const {type, from} = fields;
  if (!isText(type) || !isText(from) || !Object.hasOwn(DECODERS, type)) return null;
  const message = DECODERS[type as TabMessage['type']](fields);
  return message && {...message, from};
}

function isEvent(value: unknown): value is WireEvent {
  const {channel, name, userId} = fieldsOf(value);
  return isText(channel) && isText(name) && (userId === undefined || isText(userId));
}

function isClose(value: unknown): value is TransportClose {
  const {code, reason, opened, welcomed} = fieldsOf(value);
  return typeof code === 'number' && isText(reason) && typeof opened === 'boolean' && typeof welcomed === 'boolean';
}

function isAuthOrNull(value: unknown): value is ChannelAuth | null {
  const {auth, channelData} = fieldsOf(value);
  return value === null || (isText(auth) && (channelData === undefined || isText(channelData)));
}

function isMembersOrNull(value: unknown): value is ReadonlyMap<string, unknown> | null {
  return value === null || (value instanceof Map && [...value.keys()].every(isText));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || typeof value === 'number';
}

/** The fields of an object; none for anything else. A copy: what is shared with code that is loaded late has to be exported at the start. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
