import {partitionPoint, type IdKey} from '../model/index.js';

/** A row on the screen and the key it stands for. */
export interface ShownRow {
  readonly key: IdKey;
  readonly element: HTMLElement;
}

/** Where things are inside a scroller, in its own pixels, however the page around it may be scaled. */
export class ScrollGeometry {
  readonly scrollTop: number;
  readonly viewport: number;
  readonly #top: number;
  readonly #scale: number;

  constructor(scroller: HTMLElement) {
    const rect = scroller.getBoundingClientRect();
    // A panel that opens with a transform reports scaled rectangles, while scroll offsets stay unscaled. Not by `offsetHeight`, which is
    // whole: what it is off by would count for each pixel of the way.
    this.#scale = rect.height / parseFloat(getComputedStyle(scroller).height) || 1;
    this.#top = rect.top;
    this.scrollTop = scroller.scrollTop;
    this.viewport = scroller.clientHeight;
  }

  /** The distance from the beginning of the scrolled content to the top of an element. */
  topOf(element: Element): number {
    return (element.getBoundingClientRect().top - this.#top) / this.#scale + this.scrollTop;
  }

  heightOf(element: Element): number {
    return element.getBoundingClientRect().height / this.#scale;
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
 * Remembers what somebody is reading, so that it can be put back in its place after anything around it has changed.
 *
 * Held is the top of a row's last child, the message: the dividers above it may come and go. In content coordinates, so that what
 * a person scrolls meanwhile is no change.
 */
export class ScrollAnchor {
  #points: Point[] = [];
  #scrollTop = 0;

  /** Forgets, e.g. before jumping elsewhere. */
  clear(): void {
    this.#points = [];
  }

  /**
   * Holds the second row rather than the first, which is about to get another one above it: what it says of its author may go, and what
   * is written below that is to stay.
   */
  passFirst(): void {
    if (this.#points[1]) this.#points.shift();
  }

  /**
   * Takes down what is visible. The first row that begins inside comes first; one that fills everything stands for itself. `owed` is
   * how much further it should have been scrolled, for engines scroll by whole pixels: it is made good with the next shift.
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

  /** The first remembered row that is still there: where it stands in the list, and where it began on the screen. */
  find(indexOf: (key: IdKey) => number): {readonly index: number; readonly rowOffset: number} | undefined {
    for (const {key, rowOffset} of this.#points) {
      const index = indexOf(key);
      if (index >= 0) return {index, rowOffset};
    }
    return undefined;
  }

  /**
   * How far to scroll so that what was remembered is where it was. `scrollTop` is where somebody scrolled to before the content
   * changed; left out, it is what was remembered, as the one of now was lost (the list was hidden, or moved). Where nothing that is
   * remembered is left, that is where it goes: WebKit cuts the scroll offset off while the rows are being changed.
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
