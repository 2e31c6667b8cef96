import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {addNewest, systemClock, type Clock, type IdKey, type Timer} from '../model/index.js';
import type {ShownRow} from './scroll-anchor.js';

export interface VisibleIdsOptions {
  readonly scroller: () => HTMLElement | undefined;
  /** The rows that are rendered; the last child of each is what must be seen. */
  readonly rows: () => readonly ShownRow[];
  /** Called with the keys of rows that were seen, each key once. */
  readonly onSeen: (keys: readonly IdKey[]) => void;
  readonly clock?: Clock;
}

/** Where the visible part of the scroller begins and ends, in heights of the scroller: its height may change without an event. */
interface Clip {
  readonly from: number;
  readonly to: number;
}

/** How long a row must be visible, in ms. */
const DWELL = 400;

// Not by `Array.from`, which Prototype.js and MooTools replace.
const STEPS = new Array(21).fill(0).map((_, i) => i / 20);

/**
 * Tells which rows were seen: half of the row was visible, or it filled half of the view, for a moment, in a visible page and a visible part
 * of it. Rows that were only rendered, or scrolled past, were not seen.
 */
export class VisibleIds implements ReactiveController {
  readonly #options: VisibleIdsOptions;
  readonly #clock: Clock;
  readonly #seen = new Set<IdKey>();
  readonly #since = new Map<IdKey, number>();
  #observer: IntersectionObserver | undefined;
  #observed: HTMLElement | undefined;
  #clip: Clip | undefined;
  /** Whether the scroller has no area, as in a panel that is scaled to nothing, or only a part of it is visible. */
  #isCut = false;
  #timer: Timer | undefined;

  constructor(host: ReactiveControllerHost, options: VisibleIdsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => this.#takeClip(entries.at(-1)), {threshold: STEPS});
    document.addEventListener('visibilitychange', this.check);
    this.#observe();
  }

  hostUpdated(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observed = undefined;
    this.#clip = undefined;
    this.#isCut = false;
    document.removeEventListener('visibilitychange', this.check);
    this.#rest();
  }

  /** Forgets what was seen, e.g. because other rows are shown. */
  reset(): void {
    this.#seen.clear();
    this.#rest();
  }

  /** Checks again. To be called whenever something has moved. */
  readonly check = (): void => {
    const isShown = document.visibilityState === 'visible';
    const isVeiled = isShown && this.#isVeiled;
    const visible = isShown && !isVeiled ? this.#visibleKeys() : new Set<IdKey>();
    const now = this.#clock.now();
    // One that lies ahead was noted before the clock was set back.
    for (const [key, since] of this.#since) if (!visible.has(key) || since > now) this.#since.delete(key);
    for (const key of visible) if (!this.#since.has(key) && !this.#seen.has(key)) this.#since.set(key, now);
    const seen = [...this.#since].filter(([, since]) => now - since >= DWELL).map(([key]) => key);
    for (const key of seen) {
      addNewest(this.#seen, key);
      this.#since.delete(key);
    }
    this.#schedule(now, isVeiled || (isShown && this.#isCut));
    if (seen.length > 0) this.#options.onSeen(seen);
  };

  readonly #checkAgain = (): void => {
    // To the observer it is no change when all of nothing becomes all of the panel, or one part becomes another of the same size.
    if (this.#isCut && this.#observed) {
      this.#observer?.unobserve(this.#observed);
      this.#observer?.observe(this.#observed);
    }
    this.check();
  };

  #schedule(now: number, isUntold: boolean): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#since.size === 0 && !isUntold) return;
    const wait = Math.min(now, ...this.#since.values()) + DWELL - now;
    this.#timer = this.#clock.setTimeout(this.#checkAgain, Math.max(1, wait));
  }

  #rest(): void {
    this.#since.clear();
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #observe(): void {
    const scroller = this.#options.scroller();
    if (!scroller || scroller === this.#observed) return;
    this.#observed = scroller;
    this.#observer?.observe(scroller);
  }

  #takeClip(entry: IntersectionObserverEntry | undefined): void {
    if (!entry) return;
    const {
      intersectionRect: {top, bottom, width, height},
      boundingClientRect: box,
      isIntersecting,
    } = entry;
    // Of a closed drawer beside the window, the edge intersects.
    this.#clip = width > 1 && height > 0 ? {from: (top - box.top) / box.height, to: (bottom - box.top) / box.height} : undefined;
    this.#isCut = isIntersecting && (box.width * box.height === 0 || height < box.height - 1);
    this.check();
  }

  /** Whether the scroller is hidden by a style, e.g. in a closed panel. There is no event when that ends, so it is checked again. */
  get #isVeiled(): boolean {
    const scroller: Partial<HTMLElement> | undefined = this.#clip && this.#options.scroller();
    return scroller?.checkVisibility?.({opacityProperty: true, visibilityProperty: true}) === false;
  }

  #visibleKeys(): Set<IdKey> {
    const keys = new Set<IdKey>();
    const scroller = this.#options.scroller();
    if (!scroller || !this.#clip) return keys;
    const box = scroller.getBoundingClientRect();
    const top = box.top + this.#clip.from * box.height;
    const bottom = box.top + this.#clip.to * box.height;
    for (const {key, element} of this.#options.rows()) {
      const rect = (element.lastElementChild ?? element).getBoundingClientRect();
      const shown = Math.min(rect.bottom, bottom) - Math.max(rect.top, top);
      if (shown > 0 && (shown >= rect.height / 2 || shown >= (bottom - top) / 2)) keys.add(key);
    }
    return keys;
  }
}
