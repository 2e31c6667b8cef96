import type {ChatClient} from '../client/types.js';
import {Listeners, type Unsubscribe} from '../model/index.js';
import {clientContext, type ClientRequest} from './client-context.js';
import {warnAbout} from './warn.js';

/** What is known here of a `<chat-connection>`. */
export interface ConnectionHost extends Element {
  readonly client: ChatClient | undefined;
}

const present = new Set<ConnectionHost>();

/** Called when a connection was added or removed, or got another id or client. */
export const connectionChanges = new Listeners<[]>();

/** Makes a connection findable for the elements inside it, and by its id, even from another shadow root, until the returned function is called. */
export function announceConnection(host: ConnectionHost): Unsubscribe {
  const answer = (event: Event): void => {
    if (!isClientRequest(event)) return;
    event.stopImmediatePropagation();
    const tell = (): void => event.callback(host.client, unsubscribe);
    const unsubscribe = event.subscribe ? connectionChanges.add(tell) : undefined;
    tell();
  };
  host.addEventListener('context-request', answer);
  present.add(host);
  connectionChanges.call();
  return () => {
    host.removeEventListener('context-request', answer);
    if (present.delete(host)) connectionChanges.call();
  };
}

function isClientRequest(event: Event): event is Event & ClientRequest {
  return 'context' in event && event.context === clientContext;
}

/** The connection with this id. If there are several, the first one in the document, with a warning. */
export function findConnection(id: string): ConnectionHost | undefined {
  const found = [...present].filter((host) => host.id === id).sort(byPlace);
  if (found.length > 1 && found[0]) {
    warnAbout(found[0], 'shares its id with another: give each its own.');
  }
  return found[0];
}

function byPlace(a: Element, b: Element): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
}
