import {readEndpoint, type EndpointSettings} from '../connection/settings.js';
import type {ConfigError} from '../model/index.js';
import {DefaultChatClient} from './chat-client.js';
import type {ChatClient, ChatClientOptions} from './types.js';

/**
 * Makes a client. Nothing is opened before `connect()`, or before an element holds it.
 *
 * Settings that cannot work do not throw: the client's state is `failed`, and `connect()` resolves with `false` and tells `onError` what to mend.
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  return new DefaultChatClient(options);
}

/** What keeps a client from connecting with these settings, each error naming an attribute and the fix; empty if nothing does. */
export function endpointErrors(settings: EndpointSettings): readonly ConfigError[] {
  return readEndpoint(settings).errors;
}
