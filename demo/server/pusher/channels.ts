import {isPresence} from './channel-name.js';
import type {PusherConnection} from './connection.js';
import {frame} from './messages.js';

/** Who somebody is in a presence channel, as the signed `channel_data` says. */
export interface Member {
  readonly userId: string;
  readonly userInfo: unknown;
}

/** What the trigger API tells of a channel. */
export interface ChannelInfo {
  readonly occupied?: boolean;
  readonly user_count?: number;
  readonly subscription_count?: number;
}

type Subscribers = Map<PusherConnection, Member | null>;

/** Who is subscribed to what. A channel is there as long as somebody is in it. */
export class Channels {
  readonly #channels = new Map<string, Subscribers>();

  /** Puts a connection into a channel, acknowledges it, and tells the others when a new person has come. */
  subscribe(connection: PusherConnection, channel: string, member: Member | null): void {
    const subscribers = this.#channels.get(channel) ?? new Map<PusherConnection, Member | null>();
    const isNewPerson = member !== null && !hasUser(subscribers, member.userId);
    this.#channels.set(channel, subscribers.set(connection, member));
    connection.channels.add(channel);
    connection.sendEvent('pusher_internal:subscription_succeeded', isPresence(channel) ? presence(subscribers) : {}, channel);
    if (isNewPerson) {
      const data = {user_id: member.userId, user_info: member.userInfo};
      this.send(channel, frame('pusher_internal:member_added', data, channel), connection);
    }
  }

  /** Takes a connection out of a channel, and tells the others when the last connection of a person is gone. */
  unsubscribe(connection: PusherConnection, channel: string): void {
    const subscribers = this.#channels.get(channel);
    if (!subscribers?.has(connection)) return;
    const member = subscribers.get(connection);
    subscribers.delete(connection);
    connection.channels.delete(channel);
    if (subscribers.size === 0) this.#channels.delete(channel);
    if (member && !hasUser(subscribers, member.userId)) {
      this.send(channel, frame('pusher_internal:member_removed', {user_id: member.userId}, channel));
    }
  }

  unsubscribeAll(connection: PusherConnection): void {
    for (const channel of [...connection.channels]) this.unsubscribe(connection, channel);
  }

  /** Sends a frame to everybody in a channel but `except`. */
  send(channel: string, text: string, except?: PusherConnection): void {
    const subscribers = this.#channels.get(channel);
    if (!subscribers) return;
    const bytes = Buffer.from(text);
    for (const connection of subscribers.keys()) {
      if (connection !== except) connection.send(bytes);
    }
  }

  /** Whether the connection is in the channel, and as whom: `null` where the channel has no members. */
  memberOf(connection: PusherConnection, channel: string): Member | null | undefined {
    return this.#channels.get(channel)?.get(connection);
  }

  /** Names of all channels that somebody is in. */
  names(): string[] {
    return [...this.#channels.keys()];
  }

  /** The attributes that were asked for and that this kind of channel has. */
  info(channel: string, attributes: readonly string[]): ChannelInfo {
    const subscribers = this.#channels.get(channel);
    return {
      ...(attributes.includes('occupied') ? {occupied: subscribers !== undefined} : {}),
      ...(subscribers && attributes.includes('user_count') && isPresence(channel) ? {user_count: people(subscribers).size} : {}),
      ...(subscribers && attributes.includes('subscription_count') && !isPresence(channel)
        ? {subscription_count: subscribers.size}
        : {}),
    };
  }

  /** Ids of the people in a presence channel; `undefined` when nobody is there. */
  userIds(channel: string): string[] | undefined {
    const subscribers = this.#channels.get(channel);
    return subscribers && [...people(subscribers).keys()];
  }
}

function people(subscribers: Subscribers): Map<string, Member> {
  const found = new Map<string, Member>();
  for (const member of subscribers.values()) {
    if (member && !found.has(member.userId)) found.set(member.userId, member);
  }
  return found;
}

function hasUser(subscribers: Subscribers, userId: string): boolean {
  return people(subscribers).has(userId);
}

function presence(subscribers: Subscribers): {presence: {count: number; ids: string[]; hash: Record<string, unknown>}} {
  const members = people(subscribers);
  // fromEntries defines properties, so that not even a user called __proto__ reaches the prototype.
  const hash = Object.fromEntries([...members].map(([userId, member]) => [userId, member.userInfo]));
  return {presence: {count: members.size, ids: [...members.keys()], hash}};
}
