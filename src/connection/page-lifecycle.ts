import type {Page} from './types.js';

/** The events of a page that matter to a connection. Several may come at once, and each may come twice. */
export interface PageHandler {
  /** The page is being frozen or left. There may be no later moment to do anything. */
  readonly onHide: () => void;
  /** The page is back after `onHide`, or is no longer prerendering. */
  readonly onShow: () => void;
  /** The page is visible again, or the browser has found a network. */
  readonly onWake: () => void;
  readonly onOffline: () => void;
}

/**
 * Follows the life cycle of a page. It does not listen for `unload` or `beforeunload`: that would keep the page out of the back/forward
 * cache.
 */
export class PageLifecycle {
  readonly #page: Page | null;
  readonly #ending = new AbortController();

  constructor(page: Page | null, handler: PageHandler) {
    this.#page = page;
    if (!page) return;
    const {signal} = this.#ending;
    const on = (target: EventTarget, type: string, tell: (event: Event) => void): void =>
      target.addEventListener(type, tell, {signal});
    on(page.window, 'pagehide', handler.onHide);
    // Not the one at the end of each load, at which nothing can have been missed.
    on(page.window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && handler.onShow());
    on(page.window, 'offline', handler.onOffline);
    on(page.window, 'online', handler.onWake);
    on(page.document, 'freeze', handler.onHide);
    // A page that is rendered beforehand has its `pageshow` long before.
    on(page.document, 'prerenderingchange', handler.onShow);
    // After a resume, Chrome does not reliably fire `visibilitychange`, so nothing may depend on it.
    on(page.document, 'resume', handler.onShow);
    on(page.document, 'visibilitychange', () => this.isVisible && handler.onWake());
  }

  /** Whether the page is visible. `true` outside a page. */
  get isVisible(): boolean {
    return this.#page?.document.visibilityState !== 'hidden';
  }

  /** Whether the page is rendered beforehand, and may never be seen. */
  get isPrerendering(): boolean {
    return this.#page?.document.prerendering ?? false;
  }

  /** Whether the browser says that there is a network. `true` outside a page. */
  get isOnline(): boolean {
    return this.#page?.isOnline() ?? true;
  }

  dispose(): void {
    this.#ending.abort();
  }
}

/** The page that this code runs in, or `null` in a worker or on a server. */
export function currentPage(): Page | null {
  if (typeof window === 'undefined' || typeof document === 'undefined') return null;
  return {window, document, isOnline: () => navigator.onLine};
}
