import type {LitElement} from 'lit';

type Heirs = readonly (EventTarget | null | undefined)[];

/** Runs an update of `host`. If what had the keyboard in it goes with that, the first of `heirs` that takes it gets it, or `host` itself. */
export function keepFocus(host: LitElement, update: () => void, heirs: () => Heirs): void {
  const held = host.shadowRoot?.activeElement;
  update();
  if (held && !held.isConnected) handFocus(host, heirs());
}

/** Gives the keyboard, where nothing has it, to the first of `heirs` that takes it, or to `host` itself. */
export function handFocus(host: HTMLElement, heirs: Heirs): void {
  for (const heir of [...heirs, host]) {
    if (document.activeElement !== document.body) return;
    if (heir === host) host.tabIndex = -1;
    (heir as HTMLElement | null)?.focus({preventScroll: true});
  }
}

/** Asks where the keyboard was before it came into an element. */
export function watchWhence(host: Element): () => EventTarget | null {
  let whence: EventTarget | null = null;
  host.addEventListener('focusin', (event) => (whence = (event as FocusEvent).relatedTarget));
  return () => whence;
}

/** The list that stands beside an element: a neighbour that takes the keyboard and opens none on the screen of a phone. */
export function listBeside(host: Element): Element | null {
  return (host.getRootNode() as ShadowRoot).querySelector('chat-message-list');
}
