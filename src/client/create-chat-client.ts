import {readEndpoint, type EndpointSettings} from '../connection/settings.js';
import type {ConfigError} from '../model/index.js';
import {DefaultChatClient} from './chat-client.js';
import type {ChatClient, ChatClientOptions} from './types.js';

/**
 * Makes a client. It opens nothing before `connect()` is called, by the page or by an element that uses the client.
 *
 * Settings that cannot work do not throw: the state is then `failed`, `connect()` resolves with `false`, and `onError` gets a
 * `ConfigError` for each mistake.
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  return new DefaultChatClient(options);
}

/** What keeps a client from connecting with these settings, each error naming an attribute and the fix; empty if nothing does. */
export function endpointErrors(settings: EndpointSettings): readonly ConfigError[] {
  return readEndpoint(settings).errors;
}
