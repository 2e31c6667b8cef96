import type {Page} from '../../../src/connection/types.js';

/** Counts who listens. */
class CountingTarget extends EventTarget {
  readonly #active: {readonly type: string; readonly signal: AbortSignal | undefined}[] = [];

  get listeners(): number {
    return this.#living().length;
  }

  get types(): readonly string[] {
    return this.#living().map(({type}) => type);
  }

  override addEventListener(type: string, listener: EventListener, options?: AddEventListenerOptions): void {
    this.#active.push({type, signal: options?.signal});
    super.addEventListener(type, listener, options);
  }

  #living(): readonly {readonly type: string}[] {
    return this.#active.filter(({signal}) => !signal?.aborted);
  }
}

class FakeDocument extends CountingTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';
  prerendering = false;
}

/** A page whose life a test leads. */
export class FakePage implements Page {
  readonly window = new CountingTarget();
  readonly document = new FakeDocument();
  isOnlineNow = true;

  readonly isOnline = (): boolean => this.isOnlineNow;

  get listeners(): number {
    return this.window.listeners + this.document.listeners;
  }

  goOffline(): void {
    this.isOnlineNow = false;
    this.window.dispatchEvent(new Event('offline'));
  }

  goOnline(): void {
    this.isOnlineNow = true;
    this.window.dispatchEvent(new Event('online'));
  }

  hide(): void {
    this.document.visibilityState = 'hidden';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  show(): void {
    this.document.visibilityState = 'visible';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** As Chrome does with a page that it has rendered beforehand: it is visible a moment before it is no longer prerendering. */
  activate(): void {
    this.show();
    this.document.prerendering = false;
    this.document.dispatchEvent(new Event('prerenderingchange'));
  }

  freeze(): void {
    this.document.dispatchEvent(new Event('freeze'));
  }

  resume(): void {
    this.document.dispatchEvent(new Event('resume'));
  }

  leave(): void {
    this.window.dispatchEvent(new Event('pagehide'));
  }

  comeBack(): void {
    this.window.dispatchEvent(pageShow(true));
  }

  /** Ends to load, as each page does once. */
  load(): void {
    this.window.dispatchEvent(pageShow(false));
  }
}

/** `persisted`: out of the back/forward cache. */
function pageShow(persisted: boolean): Event {
  return Object.assign(new Event('pageshow'), {persisted});
}
