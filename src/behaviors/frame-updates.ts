import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** How long to wait for a frame, in ms. A page in the background gets none. */
const PATIENCE = 100;

/**
 * Limits an element to one update per frame, however many changes come in: the first is made at once, all others together before the next
 * frame is painted. The element awaits `turn()` in `scheduleUpdate()`.
 */
export class FrameUpdates implements ReactiveController {
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isUrgent = false;
  #go: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#open();
  }

  /** Resolves when the requested update may be made. */
  async turn(): Promise<void> {
    if (this.#frame !== 0 && !this.#isUrgent) await new Promise<void>((resolve) => (this.#go = resolve));
    this.#isUrgent = false;
    this.hold();
  }

  /** Makes updates wait for the next frame. */
  hold(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(this.#open);
    this.#timer = setTimeout(this.#open, PATIENCE);
  }

  /** The requested update completes the last one and must not wait for the next frame. */
  hurry(): void {
    this.#isUrgent = true;
    this.#go?.();
  }

  readonly #open = (): void => {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#go?.();
    this.#go = undefined;
  };
}
