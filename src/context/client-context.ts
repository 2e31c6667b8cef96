import type {ChatClient} from '../client/types.js';
import type {Unsubscribe} from '../model/index.js';

/**
 * The name under which the client of the nearest enclosing connection is asked for.
 *
 * The client and not its state is what is handed over: it is set once, and whoever needs the state subscribes to the part it shows.
 * The key is a registered symbol, so that two copies of this package on one page still meet.
 */
export const clientContext = Symbol.for('ws-chat-elements:client');

/**
 * Asks for the client: the `context-request` of the Context Community Protocol, by which providers and consumers of any library
 * meet (https://github.com/webcomponents-cg/community-protocols). `@lit/context` speaks it too, in five times the code: whom to
 * ask again, and when, is known here already, from `connectionChanges`.
 */
export interface ClientRequest {
  readonly context: unknown;
  /** Whether to be told again of each client that becomes the one, until `unsubscribe` is called. */
  readonly subscribe?: boolean;
  readonly callback: (client: ChatClient | undefined, unsubscribe?: Unsubscribe) => void;
}

/** The event that asks whoever is around the element it is dispatched on. */
export function clientRequest(callback: ClientRequest['callback']): Event & ClientRequest {
  const event = new Event('context-request', {bubbles: true, composed: true});
  return Object.assign(event, {context: clientContext, subscribe: true, callback});
}
