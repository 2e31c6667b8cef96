import {Listeners, type Unsubscribe} from '../model/index.js';
import {clientContext} from './client-context.js';

const waiting = new Listeners<[]>();

/**
 * Calls `listener` when a provider of a client comes into the page, or is upgraded, after those inside it. One listener on the
 * document serves all, and only while somebody waits. (A `ContextRoot` would do it too, but it answers for every context of the
 * page, the host's own included, and keeps what it was asked.)
 */
export function onLateProvider(listener: () => void): Unsubscribe {
  if (waiting.size === 0) document.addEventListener('context-provider', tell);
  const remove = waiting.add(listener);
  return () => {
    remove();
    if (waiting.size === 0) document.removeEventListener('context-provider', tell);
  };
}

function tell(event: Event): void {
  if ('context' in event && event.context === clientContext) waiting.call();
}
