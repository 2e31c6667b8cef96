import {VERSION} from './version.js';

/** Which version of this package registered which tag. On a registered symbol, so that every copy on the page reads the same list. */
const REGISTERED = Symbol.for('ws-chat-elements:registered');

/**
 * Registers an element. Where the tag is taken it stays as it is: silently if it was this very class, with a warning that names
 * both versions if a second copy of this package, or somebody else, was first. Does nothing where there are no custom elements
 * (Node, a worker).
 */
export function register(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const present = customElements.get(tag);
  if (present === element) return;
  if (!present) {
    customElements.define(tag, element);
    registered().set(tag, VERSION);
    return;
  }
  const first = registered().get(tag);
  const [owner, fix] = first
    ? [`version ${first}`, 'Load the package once.']
    : ['something else', 'Register our class under another name, from ws-chat-elements/classes.'];
  console.warn(`ws-chat-elements ${VERSION}: <${tag}> is already registered by ${owner}, and left alone. ${fix}`);
}

function registered(): Map<string, string> {
  const holder = globalThis as Record<symbol, Map<string, string> | undefined>;
  const present = holder[REGISTERED] ?? new Map<string, string>();
  holder[REGISTERED] = present;
  return present;
}
