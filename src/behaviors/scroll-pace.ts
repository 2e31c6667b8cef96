/** After this many frames without a scroll event, scrolling has ended. */
const REST = 2;

/** How fast a scroller is scrolled, and when that ends. Measured per frame, because that is how far rows must be rendered ahead. */
export class ScrollPace {
  /** How far the last frame went, in CSS pixels; negative upwards, 0 at rest. */
  velocity = 0;
  /** Whether each frame shows other rows altogether, so that rendering them would be of no use. */
  isFlying = false;
  readonly #onRest: () => void;
  #top: number | undefined;
  #frame = 0;

  /** `onRest` is called when a flight has ended. */
  constructor(onRest: () => void) {
    this.#onRest = onRest;
  }

  /** Notes the scroll offset. `viewport` is the height of the scroller. */
  note(top: number, viewport: number): void {
    if (top === this.#top) return;
    const before = this.velocity;
    this.velocity = top - (this.#top ?? top);
    this.isFlying = Math.min(Math.abs(before), Math.abs(this.velocity)) > viewport;
    this.#top = top;
    this.#wait(REST);
  }

  /** The list was scrolled by `way` by us. It does not count for the speed. */
  shift(way: number): void {
    if (this.#top !== undefined) this.#top += way;
  }

  /** Counts as having come to rest. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.velocity = 0;
    this.isFlying = false;
    this.#top = undefined;
  }

  #wait(frames: number): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (frames > 0) return this.#wait(frames - 1);
      const {isFlying} = this;
      this.stop();
      if (isFlying) this.#onRest();
    });
  }
}
