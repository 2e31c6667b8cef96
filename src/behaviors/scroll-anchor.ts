import {partitionPoint, type IdKey} from '../model/index.js';

/** A row in the page, and its key. */
export interface ShownRow {
  readonly key: IdKey;
  readonly element: HTMLElement;
}

/** Positions inside a scroller, in its own pixels, even if the page around it is scaled by a transform. */
export class ScrollGeometry {
  readonly scrollTop: number;
  readonly viewport: number;
  readonly #scroller: HTMLElement;
  readonly #top: number;
  readonly #scale: number;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    const rect = scroller.getBoundingClientRect();
    // In a panel that opens with a transform, rectangles are scaled and scroll offsets are not. The factor is not computed from
    // `offsetHeight`: that is rounded, and the error would be multiplied by the distance.
    this.#scale = rect.height / parseFloat(getComputedStyle(scroller).height);
    this.#top = rect.top;
    this.scrollTop = scroller.scrollTop;
    this.viewport = scroller.clientHeight;
  }

  /** The distance from the beginning of the scrolled content to the top of an element. */
  topOf(element: Element): number {
    if (!this.#scale) return this.#offsetOf(element as HTMLElement);
    return (element.getBoundingClientRect().top - this.#top) / this.#scale + this.scrollTop;
  }

  heightOf(element: Element): number {
    return this.#scale ? element.getBoundingClientRect().height / this.#scale : (element as HTMLElement).offsetHeight;
  }

  /** In whole pixels, but also in a panel that is closed by scaling it to nothing, where every rectangle is empty. */
  #offsetOf(element: HTMLElement): number {
    const {offsetParent, offsetTop} = element;
    const isInside = offsetParent instanceof HTMLElement && offsetParent !== this.#scroller;
    return isInside ? offsetTop + this.#offsetOf(offsetParent) : offsetTop;
  }
}

interface Point {
  readonly key: IdKey;
  /** Where the row began, from the top of what is visible. */
  readonly rowOffset: number;
  /** Where its message began in the scrolled content: what must not move. */
  readonly top: number;
}

/**
 * Remembers what somebody is reading, so that it can be put back in its place when something around it has changed.
 *
 * What is held in place is the top of a row's last child, the message, because the dividers above it may come and go. Positions are relative
 * to the content, so that scrolling in the meantime does not count as a change.
 */
export class ScrollAnchor {
  #points: Point[] = [];
  #scrollTop = 0;

  /** Forgets everything, e.g. before a jump. */
  clear(): void {
    this.#points = [];
  }

  /**
   * Holds the second row instead of the first. The first is about to get another row above it and may then lose the name of its author,
   * which would move its text.
   */
  passFirst(): void {
    if (this.#points[1]) this.#points.shift();
  }

  /**
   * Notes the visible rows. Those that begin inside the view are preferred to one that only reaches into it. `owed`: how much further the list
   * should have been scrolled than the browser, which rounds, has done; the next `shift` makes up for it.
   */
  capture(geometry: ScrollGeometry, rows: readonly ShownRow[], owed = 0): void {
    const {scrollTop, viewport} = geometry;
    const bottomOf = ({element}: ShownRow): number => geometry.topOf(element) + geometry.heightOf(element);
    const first = partitionPoint(rows.length, (i) => bottomOf(rows[i] as ShownRow) <= scrollTop);
    const inside: Point[] = [];
    const crossing: Point[] = [];
    for (const {key, element} of rows.slice(first)) {
      const top = geometry.topOf(element.lastElementChild ?? element);
      if (top >= scrollTop + viewport) break;
      const rowOffset = geometry.topOf(element) - scrollTop;
      (top >= scrollTop ? inside : crossing).push({key, top: top - owed, rowOffset});
    }
    this.#points = [...inside, ...crossing];
    this.#scrollTop = scrollTop;
  }

  /** The first remembered row that is still in the list: its index, and where it began on the screen. */
  find(indexOf: (key: IdKey) => number): {readonly index: number; readonly rowOffset: number} | undefined {
    for (const {key, rowOffset} of this.#points) {
      const index = indexOf(key);
      if (index >= 0) return {index, rowOffset};
    }
    return undefined;
  }

  /**
   * How far to scroll so that the remembered row is where it was. `scrollTop` is the offset before the content changed; default: the one
   * remembered, for a list that was hidden or moved and has lost its offset. If no remembered row is left, the list goes to that offset,
   * since WebKit may have reduced it while the rows changed.
   */
  shift(geometry: ScrollGeometry, rows: readonly ShownRow[], scrollTop = this.#scrollTop): number {
    for (const point of this.#points) {
      const row = rows.find(({key}) => key === point.key);
      if (!row) continue;
      const now = geometry.topOf(row.element.lastElementChild ?? row.element);
      return now - point.top + scrollTop - geometry.scrollTop;
    }
    return scrollTop - geometry.scrollTop;
  }
}
