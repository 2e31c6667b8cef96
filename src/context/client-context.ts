import type {ChatClient} from '../client/types.js';
import type {Unsubscribe} from '../model/index.js';

/**
 * The context key for the client of the nearest enclosing connection.
 *
 * The value is the client rather than its state: it is set once, and an element subscribes only to the part that it shows. The key is a
 * registered symbol, so that two copies of this package on one page work together.
 */
export const clientContext = Symbol.for('ws-chat-elements:client');

/**
 * A request for the client: the `context-request` event of the Context Community Protocol
 * (https://github.com/webcomponents-cg/community-protocols). Not by `@lit/context`, which takes five times the code: most of it is about
 * when to ask again, and here `connectionChanges` tells that.
 */
export interface ClientRequest {
  readonly context: unknown;
  /** Whether `callback` is called again whenever the client changes, until `unsubscribe` is called. */
  readonly subscribe?: boolean;
  readonly callback: (client: ChatClient | undefined, unsubscribe?: Unsubscribe) => void;
}

/** The event to dispatch on an element, to ask the connections around it. */
export function clientRequest(callback: ClientRequest['callback']): Event & ClientRequest {
  // Not an `Event`: MooTools, and with it Joomla 3, puts a class of its own in that place.
  const event = new CustomEvent('context-request', {bubbles: true, composed: true});
  return Object.assign(event, {context: clientContext, subscribe: true, callback});
}
