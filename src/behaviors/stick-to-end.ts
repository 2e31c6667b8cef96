/** How near the end counts as at the end, in CSS pixels: fractional scroll offsets and zoom leave a little. */
const NEAR = 12;

/**
 * Whether a scroller follows its end. It begins stuck; it comes loose only when somebody scrolls back, never because the content
 * grew; and it sticks again once the end is reached.
 */
export class StickToEnd {
  #isStuck = true;
  #last = 0;

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

  /** Looks at where the scroller went. Returns whether it stuck or came loose. */
  note(scroller: Element, hasMore: boolean): boolean {
    const before = this.#isStuck;
    const {scrollTop} = scroller;
    const left = scroller.scrollHeight - scroller.clientHeight - scrollTop;
    if (left <= NEAR && !hasMore) this.#isStuck = true;
    else if (scrollTop < this.#last - 1) this.#isStuck = false;
    this.#last = scrollTop;
    return before !== this.#isStuck;
  }

  /** Goes to the end, if stuck. */
  follow(scroller: Element): void {
    if (!this.#isStuck) return;
    const end = scroller.scrollHeight - scroller.clientHeight;
    if (Math.abs(scroller.scrollTop - end) >= 1) scroller.scrollTop = end;
    this.#last = scroller.scrollTop;
  }

  /** Takes a scroll position that is not a person's doing. */
  accept(scrollTop: number): void {
    this.#last = scrollTop;
  }
}
