import {assertChannelName} from '../connection/channel-name.js';
import {systemClock, warnOnce, type ConfigError, type Id} from '../model/index.js';
import type {ChatClientOptions, ClientEnvironment} from './types.js';

/** The placeholder for the id of the person, or of the conversation, in the name of a channel. */
export const PLACE_OF_ID = '{id}';

/** The options with their defaults. */
export interface ResolvedOptions {
  readonly authEndpoint: string;
  readonly apiBase: string;
  readonly userChannel: string;
  readonly conversationChannel: string | null;
  readonly credentials: RequestCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxMessages: number;
  readonly environment: ClientEnvironment;
}

export function resolveOptions(options: ChatClientOptions): ResolvedOptions {
  return {
    authEndpoint: options.authEndpoint || '/broadcasting/auth',
    apiBase: options.apiBase || '/api',
    userChannel: options.userChannel || `private-user.${PLACE_OF_ID}`,
    conversationChannel: options.conversationChannel || null,
    credentials: options.credentials || 'same-origin',
    headers: options.headers ?? {},
    maxMessages: options.maxMessages ?? 5_000,
    environment: {
      clock: systemClock,
      random: Math.random,
      fetch: (...args) => globalThis.fetch(...args),
      createWebSocket: (url) => new WebSocket(url),
      locks: typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks : null,
      // Not by a server, where no other tab is: an open channel keeps its process alive. Where a browser has none, it throws as one that refuses.
      openBroadcast: typeof location === 'undefined' ? null : (name) => new BroadcastChannel(name),
      storage: 'persistent',
      isVisible: () => typeof document !== 'undefined' && document.visibilityState === 'visible',
      ...options.environment,
    },
  };
}

/** The name of a channel for an id. `null`, with a warning to the developer of the page, if it is not a valid name. */
export function channelName(pattern: string, id: Id): string | null {
  const name = pattern.replaceAll(PLACE_OF_ID, String(id));
  try {
    assertChannelName(name);
    return name;
  } catch (error) {
    warnOnce(name, (error as ConfigError).message);
    return null;
  }
}
