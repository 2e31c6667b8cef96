import type {Limits} from '../limits.js';
import {isChannelName, isGuarded, isPresence} from './channel-name.js';
import type {Channels, Member} from './channels.js';
import type {PusherConnection} from './connection.js';
import {errors, field, isObject, parseFrame, parseJson, type ClientFrame} from './messages.js';
import {isChannelSignature} from './signature.js';

const USER_CHANNEL = /^private-user\.(\d+)$/;

/** What a client says, and what the server does about it. */
export class PusherProtocol {
  readonly #channels: Channels;
  readonly #limits: Limits;
  /** Whether subscribes stay unanswered. For tests only. */
  isDeafToSubscribes: () => boolean = () => false;

  constructor(channels: Channels, limits: Limits) {
    this.#channels = channels;
    this.#limits = limits;
  }

  /** Handles one frame. Never throws, whatever the frame. */
  receive(connection: PusherConnection, text: string): void {
    // Frames that were on their way when the socket was closed.
    if (!connection.isOpen) return;
    const now = Date.now();
    connection.heard(now);
    if (!connection.bucket.take(now)) return this.#slowDown(connection);
    connection.strikes = 0;
    const message = parseFrame(text);
    if (!message) return this.#complain(connection);
    if (message.event.startsWith('pusher:')) return this.#handle(connection, message);
    if (message.event.startsWith('client-')) return this.#relay(connection, message);
    // Any other name is ignored, as Reverb does, once the frame is one at all.
    if (message.channel === undefined || !isWhisperData(message.data)) this.#complain(connection);
  }

  #handle(connection: PusherConnection, message: ClientFrame): void {
    const data = isObject(message.data) ? message.data : {};
    switch (message.event) {
      case 'pusher:ping':
        return connection.sendEvent('pusher:pong');
      case 'pusher:pong':
        return;
      case 'pusher:subscribe':
        return this.#subscribe(connection, data);
      case 'pusher:unsubscribe':
        return this.#unsubscribe(connection, data);
      default:
        return this.#complain(connection);
    }
  }

  #subscribe(connection: PusherConnection, data: object): void {
    const channel = field(data, 'channel');
    const auth = field(data, 'auth') ?? '';
    const channelData = field(data, 'channel_data') ?? undefined;
    if (typeof channel !== 'string' || typeof auth !== 'string') return this.#complain(connection);
    if (channelData !== undefined && typeof channelData !== 'string') return this.#complain(connection);
    if (this.isDeafToSubscribes()) return;
    if (!isChannelName(channel)) return connection.sendError(errors.invalidChannel);
    if (connection.channels.size >= this.#limits.channelsPerSocket && !connection.channels.has(channel)) {
      return connection.sendError(errors.channelQuota);
    }
    if (isGuarded(channel) && !isChannelSignature(auth, connection.id, channel, channelData)) {
      return connection.sendError(errors.unauthorized);
    }
    const member = isPresence(channel) ? readMember(channelData) : null;
    if (member === undefined) return this.#complain(connection);
    connection.userId = member?.userId ?? USER_CHANNEL.exec(channel)?.[1] ?? connection.userId;
    this.#channels.subscribe(connection, channel, member);
  }

  #unsubscribe(connection: PusherConnection, data: object): void {
    const channel = field(data, 'channel');
    if (typeof channel !== 'string') return this.#complain(connection);
    this.#channels.unsubscribe(connection, channel);
  }

  #relay(connection: PusherConnection, {event, channel, data}: ClientFrame): void {
    if (channel === undefined || !isWhisperData(data)) return this.#complain(connection);
    const member = this.#channels.memberOf(connection, channel);
    // Pusher's rule. Reverb also lets members of a public channel whisper, and anybody may be a member of that.
    if (member === undefined || !isGuarded(channel)) return connection.sendError(errors.notMember);
    const text = whisper(event, channel, data, member);
    if (text === undefined) return this.#complain(connection);
    this.#channels.send(channel, text, connection);
  }

  #complain(connection: PusherConnection): void {
    connection.malformed += 1;
    if (connection.malformed >= this.#limits.malformedFrames) connection.refuse(errors.invalidFormat);
    else connection.sendError(errors.invalidFormat);
  }

  #slowDown(connection: PusherConnection): void {
    connection.strikes += 1;
    if (connection.strikes > this.#limits.rateStrikes) connection.close(errors.rateLimit.code, errors.rateLimit.message);
    else connection.sendError(errors.rateLimit);
  }
}

function isWhisperData(data: unknown): boolean {
  return data === undefined || data === null || isObject(data);
}

/**
 * Made afresh of the known fields, so that no client can put a `user_id` of its own choice into it. `undefined` for data that is nested more
 * deeply than can be written: JSON is read without recursion, but written with it. Reverb refuses to read what is that deep.
 */
function whisper(event: string, channel: string, data: unknown, member: Member | null): string | undefined {
  try {
    // Unlike all other frames, Reverb sends the data of a whisper as JSON and not as a string of JSON.
    return JSON.stringify({event, channel, data: data ?? null, ...(member ? {user_id: member.userId} : {})});
  } catch {
    return undefined;
  }
}

/** Who the signed `channel_data` says it is; `undefined` when it does not say. */
function readMember(channelData: string | undefined): Member | undefined {
  const data = channelData === undefined ? undefined : parseJson(channelData);
  if (!isObject(data)) return undefined;
  const userId = field(data, 'user_id');
  if (typeof userId !== 'string' && typeof userId !== 'number') return undefined;
  return {userId: String(userId), userInfo: field(data, 'user_info') ?? null};
}
