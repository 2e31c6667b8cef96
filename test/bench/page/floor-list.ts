/** How far rows are rendered beyond what is visible, in CSS pixels. */
const OVERSCAN = 300;
const ESTIMATE = 60;

const STYLE = `
.list { height: 100%; overflow-y: scroll; overflow-anchor: none; box-sizing: border-box; padding: 0 16px; font: 15px/1.42 sans-serif; }
.row { display: flow-root; contain: layout style; padding-top: 6px; }
.bubble { float: left; max-width: 74%; padding: 8px 12px; border-radius: 16px; background: #e8e8ee; overflow-wrap: anywhere; }
.own { float: right; background: #cfe3ff; }`;

/** What a bare bubble needs of a message. */
export interface BareMessage {
  readonly content: string;
  readonly sender: {readonly id: number | string};
}

/**
 * The floor: the least that a windowed list of messages can do. Bare bubbles of text, heights that are measured, a window over them, and the
 * end that is kept to. What a full message costs more than this is what it shows more.
 */
export class FloorList {
  readonly scroller = element('list whole');
  readonly rows = element('rows');
  readonly #before = element('before');
  readonly #after = element('after');
  readonly #shown = new Map<BareMessage, HTMLElement>();
  readonly #sizes = new ResizeObserver(() => this.#render());
  readonly #ownId: number;
  #messages: BareMessage[] = [];
  /** The measured heights, and in a Fenwick tree their sums. */
  #heights: number[] = [];
  #tree: number[] = [];
  #from = 0;
  #isStuck = true;
  #isScheduled = false;
  #lastTop = 0;

  constructor(root: HTMLElement, ownId: number) {
    this.#ownId = ownId;
    const style = document.createElement('style');
    style.textContent = STYLE;
    this.scroller.append(this.#before, this.rows, this.#after);
    root.append(style, this.scroller);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), {passive: true});
    this.#sizes.observe(this.scroller);
  }

  get size(): number {
    return this.#messages.length;
  }

  disconnect(): void {
    this.#sizes.disconnect();
  }

  show(messages: readonly BareMessage[]): void {
    this.#messages = messages.slice();
    this.#heights = new Array<number>(messages.length).fill(ESTIMATE);
    this.#sumUp();
    this.#isStuck = true;
    this.#render();
  }

  append(messages: readonly BareMessage[]): void {
    for (const message of messages) {
      this.#messages.push(message);
      this.#heights.push(ESTIMATE);
      const place = this.#heights.length;
      this.#tree.push(this.#sumTo(place - 1) - this.#sumTo(place - (place & -place)) + ESTIMATE);
    }
    this.#schedule();
  }

  prepend(messages: readonly BareMessage[]): void {
    const hold = this.#anchor();
    this.#messages.unshift(...messages);
    this.#heights.unshift(...messages.map(() => ESTIMATE));
    this.#sumUp();
    this.#render(hold);
  }

  /** However many messages come, they are rendered once a frame. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#render();
    });
  }

  #scrolled(): void {
    const {scrollTop, scrollHeight, clientHeight} = this.scroller;
    if (scrollHeight - clientHeight - scrollTop <= 2) this.#isStuck = true;
    else if (scrollTop < this.#lastTop - 1) this.#isStuck = false;
    this.#lastTop = scrollTop;
    this.#render();
  }

  #render(hold = this.#anchor()): void {
    const {scroller} = this;
    const height = scroller.clientHeight;
    // Heights become known, and then there may be room for more rows.
    for (let pass = 0; pass < 3; pass++) {
      const held = hold ? this.#messages.indexOf(hold.message, this.#from) : -1;
      const top = this.#isStuck
        ? this.#sumTo(this.size) - height
        : held >= 0
          ? this.#sumTo(held) - (hold?.offset ?? 0)
          : scroller.scrollTop;
      this.#from = this.#indexAt(top - OVERSCAN);
      const to = Math.min(this.size, this.#indexAt(top + height + OVERSCAN) + 1);
      this.#show(this.#from, to);
      const changed = this.#measure(to);
      this.#before.style.height = `${this.#sumTo(this.#from)}px`;
      this.#after.style.height = `${this.#sumTo(this.size) - this.#sumTo(to)}px`;
      const next = this.#isStuck ? scroller.scrollHeight - height : held >= 0 && hold ? this.#sumTo(held) - hold.offset : top;
      if (Math.abs(next - scroller.scrollTop) >= 1) scroller.scrollTop = next;
      this.#lastTop = scroller.scrollTop;
      if (!changed) return;
    }
  }

  /** Makes these the rows that there are; one that was there keeps its element. */
  #show(from: number, to: number): void {
    const wanted = new Set(this.#messages.slice(from, to));
    for (const [message, row] of this.#shown) {
      if (wanted.has(message)) continue;
      row.remove();
      this.#shown.delete(message);
    }
    let next = this.rows.firstElementChild;
    for (const message of wanted) {
      const row = this.#shown.get(message) ?? rowOf(message, this.#ownId);
      this.#shown.set(message, row);
      if (row === next) next = next.nextElementSibling;
      else this.rows.insertBefore(row, next);
    }
  }

  /** Takes the heights of the rows. Returns whether one was not known. */
  #measure(to: number): boolean {
    let changed = false;
    for (let index = this.#from, row = this.rows.firstElementChild; row && index < to; index++, row = row.nextElementSibling) {
      const height = row.getBoundingClientRect().height;
      const difference = height - (this.#heights[index] ?? 0);
      if (difference === 0) continue;
      changed = true;
      this.#heights[index] = height;
      for (let i = index + 1; i <= this.#tree.length; i += i & -i) this.#tree[i - 1] = (this.#tree[i - 1] ?? 0) + difference;
    }
    return changed;
  }

  /** The first row that is visible, and where it stands. */
  #anchor(): {readonly message: BareMessage; readonly offset: number} | undefined {
    if (this.#isStuck) return undefined;
    const index = this.#indexAt(this.scroller.scrollTop);
    const message = this.#messages[index];
    return message && {message, offset: this.#sumTo(index) - this.scroller.scrollTop};
  }

  #sumUp(): void {
    this.#tree = [...this.#heights];
    for (let i = 1; i <= this.#tree.length; i++) {
      const parent = i + (i & -i);
      if (parent <= this.#tree.length) this.#tree[parent - 1] = (this.#tree[parent - 1] ?? 0) + (this.#tree[i - 1] ?? 0);
    }
  }

  #sumTo(index: number): number {
    let sum = 0;
    for (let i = index; i > 0; i -= i & -i) sum += this.#tree[i - 1] ?? 0;
    return sum;
  }

  #indexAt(offset: number): number {
    let index = 0;
    let rest = Math.max(0, offset);
    for (let step = 1 << 30; step > 0; step >>= 1) {
      const sum = this.#tree[index + step - 1];
      if (sum === undefined || sum > rest) continue;
      index += step;
      rest -= sum;
    }
    return Math.min(index, Math.max(0, this.size - 1));
  }
}

function rowOf({content, sender}: BareMessage, ownId: number): HTMLElement {
  const row = element('row');
  const bubble = element(sender.id === ownId ? 'bubble own' : 'bubble');
  bubble.textContent = content;
  row.append(bubble);
  return row;
}

function element(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}
