/** How near the end counts as at the end for who scrolls down, in CSS pixels. */
const NEAR = 12;

/**
 * Whether a scroller follows its end. It begins stuck; it comes loose only when somebody scrolls back, never because the content
 * grew; and it sticks again once the end is reached.
 */
export class StickToEnd {
  #isStuck = true;
  #last = 0;
  #height = 0;

  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Sticks, wherever the scroller is; it goes there with the next `follow`. */
  stick(): void {
    this.#isStuck = true;
  }

  /** Comes loose, e.g. before jumping to a message. */
  release(): void {
    this.#isStuck = false;
  }

  /**
   * Looks at where the scroller went. Where it is `isHeld` it never sticks. Returns whether it stuck or came loose; `undefined` if
   * nothing happened at all.
   */
  note(scroller: Element, isHeld: boolean): boolean | undefined {
    const before = this.#isStuck;
    const {scrollTop} = scroller;
    if (isHeld) this.#isStuck = false;
    if (scrollTop === this.#last) return before !== this.#isStuck || undefined;
    const height = scroller.scrollHeight - scroller.clientHeight;
    const left = height - scrollTop;
    const isBack = scrollTop < this.#last - 1;
    // A content that became lower, or a view that became higher, takes the scroll offset back with it, to the end and no further.
    const isPulled = isBack && height !== this.#height;
    if (left <= (isBack && !isPulled ? 1 : NEAR)) this.#isStuck ||= !isHeld;
    else if (isBack) this.#isStuck = false;
    this.accept(scroller);
    return before !== this.#isStuck;
  }

  /** Goes to the end, if stuck. Returns how far that was. */
  follow(scroller: Element): number {
    const end = scroller.scrollHeight - scroller.clientHeight;
    const way = end - scroller.scrollTop;
    if (Math.abs(way) >= 1) scroller.scrollTop = end;
    this.accept(scroller);
    return way;
  }

  /** Takes a scroll position that is not a person's doing. */
  accept({scrollTop, scrollHeight, clientHeight}: Element): void {
    this.#last = scrollTop;
    this.#height = scrollHeight - clientHeight;
  }
}
