/** So many frames without a scroll event are a rest. */
const REST = 2;

/** How fast a scroller is scrolled, and when it rests again. Counted in frames, as a slow machine scrolls no slower. */
export class ScrollPace {
  /** How far the last frame went, in CSS pixels; negative upwards, 0 at rest. */
  velocity = 0;
  /** Whether frame after frame shows something else altogether, so that nobody can see what is rendered. */
  isFlying = false;
  readonly #onRest: () => void;
  #top: number | undefined;
  #frame = 0;

  /** `onRest` is called when a flight has ended. */
  constructor(onRest: () => void) {
    this.#onRest = onRest;
  }

  /** Takes down where the scroller is, which shows so much at once. */
  note(top: number, viewport: number): void {
    if (top === this.#top) return;
    const before = this.velocity;
    this.velocity = top - (this.#top ?? top);
    this.isFlying = Math.min(Math.abs(before), Math.abs(this.velocity)) > viewport;
    this.#top = top;
    this.#wait(REST);
  }

  /** Takes a way that is nobody's doing. */
  shift(way: number): void {
    if (this.#top !== undefined) this.#top += way;
  }

  /** Forgets. */
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
