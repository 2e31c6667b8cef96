import {ConfigError} from '../model/index.js';

const ALLOWED = /^[-a-zA-Z0-9_=@,.;]{1,200}$/;

/** Whether the backend must authorize a socket before it may join the channel. */
export function needsAuthorization(channel: string): boolean {
  return channel.startsWith('private-') || isPresence(channel);
}

export function isPresence(channel: string): boolean {
  return channel.startsWith('presence-');
}

/** Throws a `ConfigError` for a name that the Pusher protocol does not allow, or that this package does not support. */
export function assertChannelName(name: unknown): asserts name is string {
  // Names such as `constructor` break clients and servers that keep their channels in a plain object.
  if (typeof name === 'string' && ALLOWED.test(name) && !(name in {}) && !name.startsWith('private-encrypted-')) return;
  const shown = String(name).slice(0, 60);
  throw new ConfigError(`"${shown}" is not a channel name: at most 200 letters, digits and -_=@,.; and not encrypted.`);
}
