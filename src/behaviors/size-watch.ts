/** Observes the sizes of a changing set of elements, borders and padding included. */
export class SizeWatch {
  readonly #watched = new Set<Element>();
  readonly #onResize: ResizeObserverCallback;
  #observer: ResizeObserver | undefined;

  constructor(onResize: ResizeObserverCallback) {
    this.#onResize = onResize;
  }

  /** Begins, with nothing to watch. */
  start(): void {
    this.stop();
    this.#observer = new ResizeObserver(this.#onResize);
  }

  /** Lets go of everything. */
  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#watched.clear();
  }

  /** Watches these elements, and no others. Does nothing before `start`. */
  watch(wanted: ReadonlySet<Element>): void {
    if (!this.#observer) return;
    for (const element of this.#watched) {
      if (wanted.has(element)) continue;
      this.#watched.delete(element);
      this.#observer.unobserve(element);
    }
    for (const element of wanted) {
      if (this.#watched.has(element)) continue;
      this.#watched.add(element);
      this.#observer.observe(element, {box: 'border-box'});
    }
  }
}
