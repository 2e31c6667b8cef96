import {systemClock, type Clock, type Timer} from '../model/index.js';

/** After this long without a scroll event a scroller is at rest, in ms, in browsers without `scrollend`. */
const PAUSE = 150;

/**
 * Whether a scroller is being moved by a finger, by the momentum after it, or by the rubber band at its ends. Setting the scroll offset
 * meanwhile would disturb that: iOS ends the momentum, and the content slips away from under the finger.
 */
export class TouchScroll {
  isMoving = false;
  readonly #onRest: () => void;
  readonly #clock: Clock;
  /** What fingers are on, in the scroller. */
  readonly #held = new Set<EventTarget | null | undefined>();
  #timer: Timer | undefined;
  #scroller: HTMLElement | undefined;

  /** `onRest` is called when the scroller has come to rest. */
  constructor(onRest: () => void, clock: Clock = systemClock) {
    this.#onRest = onRest;
    this.#clock = clock;
  }

  /** Watches this scroller and no other; `undefined` for none. */
  watch(scroller: HTMLElement | undefined): void {
    if (scroller === this.#scroller) return;
    for (const [type, listener] of Object.entries(this.#listeners)) {
      this.#scroller?.removeEventListener(type, listener);
      scroller?.addEventListener(type, listener, {passive: true});
    }
    this.#scroller = scroller;
    if (!scroller) this.#clock.clearTimeout(this.#timer);
    this.isMoving = false;
    this.#held.clear();
  }

  readonly #lift = (event: Event): void => {
    const {touches, targetTouches} = event as Partial<TouchEvent>;
    // All of them, even if the end of one was never told.
    if (!touches?.length) this.#held.clear();
    else if (!targetTouches?.length) this.#held.delete(event.currentTarget);
    this.#wait();
  };

  readonly #rest = (): void => {
    if (this.#held.size > 0 || !this.isMoving) return;
    this.#clock.clearTimeout(this.#timer);
    this.isMoving = false;
    this.#onRest();
  };

  readonly #listeners: Readonly<Record<string, (event: Event) => void>> = {
    touchstart: (event) => {
      const [target] = event.composedPath();
      this.#clock.clearTimeout(this.#timer);
      this.isMoving = true;
      this.#held.add(target);
      // What is removed while a finger is on it is still told of its end, and the scroller is not.
      for (const type of ['touchend', 'touchcancel']) target?.addEventListener(type, this.#lift, {passive: true});
    },
    scroll: () => this.#wait(),
    scrollend: this.#rest,
  };

  #wait(): void {
    if (!this.isMoving || this.#held.size > 0) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(this.#rest, PAUSE);
  }
}
