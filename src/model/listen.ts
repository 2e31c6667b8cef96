/** Ends a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** The options of every `onX` method. */
export interface ListenOptions {
  /** Aborting it ends the subscription. With a signal that is aborted already, nothing is subscribed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A set of listeners. Each is called even if one before it threw; one that was removed meanwhile is not called, and one that was
 * added meanwhile only the next time.
 */
export class Listeners<Args extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Args) => void>();
  /** The calls that are being made, and those still to be made. */
  readonly #calls: (() => void)[] = [];

  add(listener: (...args: Args) => void, {signal}: ListenOptions = {}): Unsubscribe {
    if (signal?.aborted) return () => undefined;
    // Wrapped, so that the same function may be added twice, as two subscriptions that end separately.
    const own = (...args: Args): void => listener(...args);
    const remove = (): void => {
      this.#listeners.delete(own);
      signal?.removeEventListener('abort', remove);
    };
    this.#listeners.add(own);
    signal?.addEventListener('abort', remove);
    return remove;
  }

  /**
   * Calls all listeners. If one of them causes another call, that call waits until all have heard of this one: otherwise those behind it
   * would hear of the newer thing first, and take the older one for the newest.
   */
  call(...args: Args): void {
    const calls = this.#calls;
    const isUnderWay = calls.length > 0;
    for (const listener of this.#listeners) calls.push(() => this.#listeners.has(listener) && listener(...args));
    if (isUnderWay) return;
    for (const call of calls) {
      try {
        call();
      } catch (error) {
        reportHostError(error);
      }
    }
    calls.length = 0;
  }

  clear(): void {
    this.#listeners.clear();
  }
}

/** Reports an error that a callback of the page threw, as the browser reports any uncaught one. What is under way goes on. */
export function reportHostError(error: unknown): void {
  const {reportError = globalThis.console.error} = globalThis as Partial<typeof globalThis>;
  reportError(error);
}
