import {VERSION} from './version.js';

/** Which version of this package registered which tag. On a registered symbol, so that every copy on the page reads the same list. */
const REGISTERED = Symbol.for('ws-chat-elements:registered');

/**
 * Registers an element. Where the tag is taken it stays as it is: silently if it was this very class, with a warning if somebody
 * else was first. Of a second copy of this package that is said once for all its tags, with both versions. Does nothing where
 * there are no custom elements (Node, a worker).
 */
export function register(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const present = customElements.get(tag);
  if (present === element) return;
  const versions = registered();
  if (!present) {
    customElements.define(tag, element);
    versions.set(tag, VERSION);
    return;
  }
  const first = versions.get(tag);
  // Under its own version each copy notes what it has warned of.
  if (first && versions.get(VERSION) === first) return;
  if (first) versions.set(VERSION, first);
  const [owner, fix] = first ? [`version ${first}`, 'Load it once.'] : ['something else', 'Give ours another name.'];
  console.warn(`ws-chat-elements ${VERSION}: <${tag}> is already registered by ${owner}. ${fix}`);
}

function registered(): Map<string, string> {
  const holder = globalThis as Record<symbol, Map<string, string> | undefined>;
  return (holder[REGISTERED] ??= new Map<string, string>());
}
