const CHANNEL = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;

/** Whether a channel may have this name: Pusher's own characters, at most 200 of them. */
export function isChannelName(name: string): boolean {
  // `$` also matches before a final line break in some languages; in JavaScript without the m flag it does not.
  return CHANNEL.test(name);
}

export function isSocketId(id: string): boolean {
  return SOCKET_ID.test(id);
}

export function isPresence(channel: string): boolean {
  return channel.startsWith('presence-');
}

/** Whether a subscription needs a signature. */
export function isGuarded(channel: string): boolean {
  return channel.startsWith('private-') || isPresence(channel);
}
