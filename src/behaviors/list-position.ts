import type {IdKey} from '../model/index.js';
import {ScrollAnchor, ScrollGeometry, type ShownRow} from './scroll-anchor.js';
import {StickToEnd} from './stick-to-end.js';

/** Where a list has to be scrolled to: its end, a requested row, or the place where somebody is reading. */
export class ListPosition {
  readonly #anchor = new ScrollAnchor();
  readonly #stick = new StickToEnd();
  #target: IdKey | undefined;
  /** The scroll offset before this update. If the content becomes lower during it, the browser changes the offset. */
  #scrollTop: number | undefined;
  /**
   * By how much the space before the rows is lower than the heights of those rows, in CSS pixels. While a finger or its momentum scrolls
   * the list, it must not be scrolled by us; a row is then kept in its place by making this space lower.
   */
  debt = 0;

  /** Whether the list is at its end and follows it. */
  get isAtEnd(): boolean {
    return this.#stick.isStuck;
  }

  /** The requested row, until it is in its place. */
  get target(): IdKey | undefined {
    return this.#target;
  }

  /** Goes to the end and follows it. */
  goToEnd(): void {
    this.#stick.stick();
    this.#target = undefined;
  }

  /** Goes to a row; `undefined` for none. */
  goTo(target: IdKey | undefined): void {
    this.#stick.release();
    this.#anchor.clear();
    this.#target = target;
  }

  /** Forgets which row is held. */
  clear(): void {
    this.#anchor.clear();
    this.debt = 0;
  }

  /** Rows are about to be added before the first row, which may be the one that is held. */
  passFirst(): void {
    this.#anchor.passFirst();
  }

  /** The row that must not move: its index, and where it began on the screen. */
  held(indexOf: (key: IdKey) => number): {readonly index: number; readonly rowOffset: number} | undefined {
    return this.#anchor.find(indexOf);
  }

  /** Notes the scroll offset before the content changes. */
  remember(scroller: HTMLElement | undefined): void {
    this.#scrollTop = scroller?.scrollTop;
  }

  /** Notes which rows are visible, and where. */
  capture(scroller: HTMLElement, shown: readonly ShownRow[], owed = 0): void {
    this.#anchor.capture(new ScrollGeometry(scroller), shown, owed);
    this.#scrollTop = undefined;
  }

  /** Notes that the list may have been scrolled. Returns whether it has reached or left the end; `undefined` if it was not scrolled. */
  note(scroller: HTMLElement, isHeld: boolean): boolean | undefined {
    return this.#stick.note(scroller, isHeld);
  }

  /**
   * Scrolls the list to where it belongs, and notes what is visible then. `isLost`: whether the present scroll offset is meaningless. `pay`:
   * set while the list must not be scrolled; it takes up as much of a distance as it can and returns the rest. Returns how far the list was
   * scrolled to follow its end.
   */
  place(
    scroller: HTMLElement,
    shown: readonly ShownRow[],
    {isLost, pay}: {readonly isLost: boolean; readonly pay?: ((way: number) => number) | undefined},
  ): number {
    if (this.isAtEnd) {
      const way = pay ? 0 : this.#stick.follow(scroller);
      this.capture(scroller, shown);
      return way;
    }
    const geometry = new ScrollGeometry(scroller);
    const target = shown.find(({key}) => key === this.#target);
    let way: number;
    if (target) {
      const row = target.element.lastElementChild ?? target.element;
      way = geometry.topOf(row) - Math.max(0, geometry.viewport - geometry.heightOf(row)) / 2 - geometry.scrollTop;
    } else {
      way = this.#anchor.shift(geometry, shown, isLost ? undefined : (this.#scrollTop ?? geometry.scrollTop));
      if (pay) way = pay(way);
    }
    const wanted = geometry.scrollTop + way;
    // Some browsers round the scroll offset. The difference is noted and made up for later, or the list would drift.
    if (Math.abs(way) >= 0.5) scroller.scrollTop = Math.round(wanted);
    this.#stick.accept(scroller);
    const owed = wanted - scroller.scrollTop;
    // So much has gone below that the list is at its end.
    if (owed >= 1 && !target) this.#stick.doubt();
    this.capture(scroller, shown, Math.abs(owed) < 1 ? owed : 0);
    return 0;
  }

  /** The requested row is in its place, or nothing holds the list any more. */
  arrive(): void {
    this.#target = undefined;
    this.#stick.doubt();
  }
}
