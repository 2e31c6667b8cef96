import type {LitElement} from 'lit';

type Heirs = readonly (EventTarget | null | undefined)[];

/** Runs an update of `host`. If that removes the focused element, the focus goes to the first of `heirs` that accepts it, or to `host`. */
export function keepFocus(host: LitElement, update: () => void, heirs: () => Heirs): void {
  const held = host.shadowRoot?.activeElement;
  update();
  if (held && !held.isConnected) handFocus(host, heirs());
}

/** If nothing has the focus, moves it to the first of `heirs` that accepts it, or to `host`. */
export function handFocus(host: HTMLElement, heirs: Heirs): void {
  for (const heir of [...heirs, host]) {
    if (document.activeElement !== document.body) return;
    if (heir === host && !host.hasAttribute('tabindex')) {
      // Only until the focus leaves it, and not -1, which would keep Tab out of everything inside it.
      host.tabIndex = 0;
      host.addEventListener('blur', () => host.removeAttribute('tabindex'), {once: true});
    }
    // Not by the `focus()` of the host, which leads to something inside it that may be gone.
    (heir === host ? HTMLElement.prototype : (heir as HTMLElement | null))?.focus.call(heir, {preventScroll: true});
  }
}

/** Returns a function that tells which element had the focus before it came into `host`; `null` for none. */
export function watchWhence(host: Element): () => EventTarget | null {
  let whence: EventTarget | null = null;
  host.addEventListener('focusin', (event) => (whence = (event as FocusEvent).relatedTarget));
  return () => whence;
}

/** The message list beside an element. It can be focused without opening the on-screen keyboard of a phone. */
export function listBeside(host: Element): Element | null {
  return (host.getRootNode() as ShadowRoot).querySelector('chat-message-list');
}
