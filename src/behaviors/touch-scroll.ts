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
  #isDown = false;
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
    this.isMoving = this.#isDown = false;
  }

  readonly #lift = (event: Event): void => {
    if ((event as Partial<TouchEvent>).touches?.length) return;
    this.#isDown = false;
    this.#wait();
  };

  readonly #rest = (): void => {
    if (this.#isDown || !this.isMoving) return;
    this.#clock.clearTimeout(this.#timer);
    this.isMoving = false;
    this.#onRest();
  };

  readonly #listeners: Readonly<Record<string, (event: Event) => void>> = {
    touchstart: () => {
      this.#clock.clearTimeout(this.#timer);
      this.isMoving = this.#isDown = true;
    },
    touchend: this.#lift,
    touchcancel: this.#lift,
    scroll: () => this.#wait(),
    scrollend: this.#rest,
  };

  #wait(): void {
    if (!this.isMoving || this.#isDown) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(this.#rest, PAUSE);
  }
}
