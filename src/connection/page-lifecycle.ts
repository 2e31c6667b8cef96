import type {Page} from './types.js';

/** What in the life of a page matters to a connection. Several come together, and each may come twice. */
export interface PageHandler {
  /** The page is frozen or leaves; what is not done now is not done at all. */
  readonly onHide: () => void;
  /** The page is back from where `onHide` sent it. */
  readonly onShow: () => void;
  /** Somebody looks at the page again, or the browser has found a network. */
  readonly onWake: () => void;
  readonly onOffline: () => void;
}

/**
 * Follows the life of a page. It never listens for `unload` or `beforeunload`, which would keep the page out of the
 * back/forward cache.
 */
export class PageLifecycle {
  readonly #page: Page | null;
  readonly #ending = new AbortController();

  constructor(page: Page | null, handler: PageHandler) {
    this.#page = page;
    if (!page) return;
    const {signal} = this.#ending;
    const on = (target: EventTarget, type: string, tell: () => void): void => target.addEventListener(type, tell, {signal});
    on(page.window, 'pagehide', handler.onHide);
    on(page.window, 'pageshow', handler.onShow);
    on(page.window, 'offline', handler.onOffline);
    on(page.window, 'online', handler.onWake);
    on(page.document, 'freeze', handler.onHide);
    // Chrome does not reliably tell of a change of visibility after a resume, so `resume` alone has to do.
    on(page.document, 'resume', handler.onShow);
    on(page.document, 'visibilitychange', () => this.isVisible && handler.onWake());
  }

  /** Whether somebody may be looking. `true` outside a page. */
  get isVisible(): boolean {
    return this.#page?.document.visibilityState !== 'hidden';
  }

  /** Whether the browser believes in a network. `true` outside a page. */
  get isOnline(): boolean {
    return this.#page?.isOnline() ?? true;
  }

  dispose(): void {
    this.#ending.abort();
  }
}

/** The page this code runs in, or `null` in a worker or on a server. */
export function currentPage(): Page | null {
  if (typeof window === 'undefined' || typeof document === 'undefined') return null;
  return {window, document, isOnline: () => navigator.onLine};
}
