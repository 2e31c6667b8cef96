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

  add(listener: (...args: Args) => void, options: ListenOptions = {}): Unsubscribe {
    const {signal} = options;
    if (signal?.aborted) return () => undefined;
    // Wrapped, so that the same function may be added twice, as two subscriptions that end separately.
    const own = (...args: Args): void => listener(...args);
    const remove = (): void => {
      this.#listeners.delete(own);
      signal?.removeEventListener('abort', remove);
    };
    this.#listeners.add(own);
    signal?.addEventListener('abort', remove, {once: true});
    return remove;
  }

  call(...args: Args): void {
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(...args);
      } catch (error) {
        reportHostError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}

/** Reports an error that a callback of the page threw, as the browser reports any uncaught one. What is under way goes on. */
export function reportHostError(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else globalThis.console.error(error);
}
