import type {IdKey} from '../model/index.js';
import {ScrollAnchor, ScrollGeometry, type ShownRow} from './scroll-anchor.js';
import {StickToEnd} from './stick-to-end.js';

/** Where a list is to stand: at its end, at a row that was asked for, or where somebody reads. */
export class ListPosition {
  readonly #anchor = new ScrollAnchor();
  readonly #stick = new StickToEnd();
  #target: IdKey | undefined;
  /** Where somebody had scrolled to before this update. A content that becomes lower takes the scroll offset along. */
  #scrollTop: number | undefined;
  /**
   * By how much the space before the rows is kept lower than they say, in CSS pixels. While a finger or its momentum moves the
   * list, what would be scrolled to keep a row in its place is taken from there.
   */
  debt = 0;

  /** Whether the list stands at its end and follows it. */
  get isAtEnd(): boolean {
    return this.#stick.isStuck;
  }

  /** The row that was asked for and is not in its place yet. */
  get target(): IdKey | undefined {
    return this.#target;
  }

  /** Goes to the end and follows it. */
  goToEnd(): void {
    this.#stick.stick();
    this.#target = undefined;
  }

  /** Goes to a row; `undefined` for nowhere in particular. */
  goTo(target: IdKey | undefined): void {
    this.#stick.release();
    this.#anchor.clear();
    this.#target = target;
  }

  /** Forgets what was read. */
  clear(): void {
    this.#anchor.clear();
    this.debt = 0;
  }

  /** Rows are about to come above the first of all, which may be the one that is held. */
  passFirst(): void {
    this.#anchor.passFirst();
  }

  /** The row that must not move: where it stands in the list, and where it began on the screen. */
  held(indexOf: (key: IdKey) => number): {readonly index: number; readonly rowOffset: number} | undefined {
    return this.#anchor.find(indexOf);
  }

  /** Takes down where the scroller stands before its content changes. */
  remember(scroller: HTMLElement | undefined): void {
    this.#scrollTop = scroller?.scrollTop;
  }

  /** Takes down what is visible. */
  capture(scroller: HTMLElement, shown: readonly ShownRow[], owed = 0): void {
    this.#anchor.capture(new ScrollGeometry(scroller), shown, owed);
    this.#scrollTop = undefined;
  }

  /** Looks at where the scroller went. Returns whether it has reached the end, or left it; `undefined` if nobody moved it. */
  note(scroller: HTMLElement, isHeld: boolean): boolean | undefined {
    return this.#stick.note(scroller, isHeld);
  }

  /**
   * Scrolls to where the list belongs, and takes down what is visible then. `isLost` says that the scroll offset is not somebody's
   * choice, and `pay` takes what cannot be scrolled now, and returns what it could not take. Returns how far it went to the end.
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
    // Engines that scroll by whole pixels cut off the rest. It is owed, or the list would creep.
    if (Math.abs(way) >= 0.5) scroller.scrollTop = Math.round(wanted);
    this.#stick.accept(scroller);
    const owed = wanted - scroller.scrollTop;
    this.capture(scroller, shown, Math.abs(owed) < 1 ? owed : 0);
    return 0;
  }

  /** The row that was asked for is in its place. */
  arrive(): void {
    this.#target = undefined;
  }
}
