/** When scrolling down, a distance up to this from the end counts as the end, in CSS pixels. */
const NEAR = 12;

/**
 * Whether a scroller sticks to its end. It does at the beginning. It stops only when somebody scrolls back, never because the content grew,
 * and sticks again once the end is reached.
 */
export class StickToEnd {
  #isStuck = true;
  #last = 0;
  #height = 0;

  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Sticks from now on. The next `follow` scrolls to the end. */
  stick(): void {
    this.#isStuck = true;
  }

  /** No longer sticks, e.g. before a jump to a message. */
  release(): void {
    this.#isStuck = false;
  }

  /** Sticks if the list turns out to be at its end, although nobody has scrolled there. */
  doubt(): void {
    this.#last = -1;
  }

  /**
   * Notes where the list was scrolled to. With `isHeld` it does not stick. Returns whether it has begun or stopped to stick; `undefined` if
   * nothing has happened.
   */
  note(scroller: Element, isHeld: boolean): boolean | undefined {
    const before = this.#isStuck;
    const {scrollTop} = scroller;
    if (isHeld) this.#isStuck = false;
    if (scrollTop === this.#last) return before !== this.#isStuck || undefined;
    const height = scroller.scrollHeight - scroller.clientHeight;
    const left = height - scrollTop;
    const isBack = scrollTop < this.#last - 1;
    // When the content becomes lower or the view higher, the browser reduces the offset to the end. That is not scrolling back.
    const isPulled = isBack && height !== this.#height;
    if (left <= (isBack && !isPulled ? 1 : NEAR)) this.#isStuck ||= !isHeld;
    else if (isBack) this.#isStuck = false;
    this.accept(scroller);
    return before !== this.#isStuck;
  }

  /** Scrolls to the end. Returns how far that was. */
  follow(scroller: Element): number {
    const end = scroller.scrollHeight - scroller.clientHeight;
    const way = end - scroller.scrollTop;
    if (Math.abs(way) >= 1) scroller.scrollTop = end;
    this.accept(scroller);
    return way;
  }

  /** Notes a scroll position that was not chosen by a person. */
  accept({scrollTop, scrollHeight, clientHeight}: Element): void {
    this.#last = scrollTop;
    this.#height = scrollHeight - clientHeight;
  }
}
