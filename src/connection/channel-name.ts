import {ConfigError} from '../model/index.js';

const ALLOWED = /^[-a-zA-Z0-9_=@,.;]+$/;
const LONGEST = 200;

/** What a channel needs of the server before it may be joined. */
export function needsAuthorization(channel: string): boolean {
  return channel.startsWith('private-') || channel.startsWith('presence-');
}

export function isPresence(channel: string): boolean {
  return channel.startsWith('presence-');
}

/** Throws a `ConfigError` for a name that the Pusher protocol does not allow, or that we cannot carry. */
export function assertChannelName(name: unknown): asserts name is string {
  const shown = typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : typeof name;
  if (typeof name !== 'string' || !ALLOWED.test(name)) {
    throw new ConfigError(`${shown} is not a channel name: only letters, digits and - _ = @ , . ; are allowed.`);
  }
  if (name.length > LONGEST) throw new ConfigError(`The channel name ${shown}… is longer than ${LONGEST} characters.`);
  // pusher-js keeps its channels in a plain object.
  if (name in {}) throw new ConfigError(`${shown} cannot be used as a channel name.`);
  if (name.startsWith('private-encrypted-')) throw new ConfigError(`${shown}: encrypted channels are not supported.`);
}
