/** Ends a subscription. Calling it twice does no harm. */
export type Unsubscribe = () => void;

/** How every `onX` method may be told when to stop. */
export interface ListenOptions {
  /** Aborting it unsubscribes. One that is aborted already subscribes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** A set of listeners that cannot harm one another: each is called even if the one before it threw, or left, or joined. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Args) => void>();

  add(listener: (...args: Args) => void, options: ListenOptions = {}): Unsubscribe {
    const {signal} = options;
    if (signal?.aborted) return () => undefined;
    // Wrapped, so that the same function may be added twice and each end its own subscription.
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

/** Shows an error that a host's callback threw as the browser shows any uncaught one, without stopping what is under way. */
export function reportHostError(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else globalThis.console.error(error);
}
