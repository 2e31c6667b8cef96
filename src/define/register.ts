import {VERSION} from './version.js';

/** The global key of the list of registered tags and their versions. A registered symbol, so that all copies of this package share it. */
const REGISTERED = Symbol.for('ws-chat-elements:registered');

/**
 * Registers an element. If the tag is taken already, it stays as it is: silently for the same class, otherwise with a warning. If it was
 * another copy of this package, there is one warning for all tags, with both versions. Does nothing where there are no custom elements
 * (Node, a worker).
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
  // The list also holds, under the version of this copy, the other version that it has warned about.
  if (first && versions.get(VERSION) === first) return;
  if (first) versions.set(VERSION, first);
  const [owner, fix] = first ? [`version ${first}`, 'Load it once.'] : ['something else', 'Give ours another name.'];
  console.warn(`ws-chat-elements ${VERSION}: <${tag}> is already registered by ${owner}. ${fix}`);
}

function registered(): Map<string, string> {
  const holder = globalThis as Record<symbol, Map<string, string> | undefined>;
  return (holder[REGISTERED] ??= new Map<string, string>());
}
