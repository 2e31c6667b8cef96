import {ConfigError} from '../model/index.js';

const ALLOWED = /^[-a-zA-Z0-9_=@,.;]{1,200}$/;

/** Whether the server has to be asked before the channel may be joined. */
export function needsAuthorization(channel: string): boolean {
  return channel.startsWith('private-') || isPresence(channel);
}

export function isPresence(channel: string): boolean {
  return channel.startsWith('presence-');
}

/** Throws a `ConfigError` for a name that the Pusher protocol does not allow, or that we cannot carry. */
export function assertChannelName(name: unknown): asserts name is string {
  // Names such as `constructor` are trouble to every client and server that keeps its channels in a plain object.
  if (typeof name === 'string' && ALLOWED.test(name) && !(name in {}) && !name.startsWith('private-encrypted-')) return;
  const shown = String(name).slice(0, 60);
  throw new ConfigError(`"${shown}" is not a channel name: at most 200 letters, digits and -_=@,.; and not encrypted.`);
}
