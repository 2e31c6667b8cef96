import type {MessageInput} from '../../../src/model/index.js';
import type {Contestant} from './contestant.js';
import {costInFrame, FrameWatch, nextFrame, nextTask, rest} from './frames.js';
import {messageOf, messagesOf, numberIn} from './messages.js';

/** From how many pixels on a part of the view without rows is a blank: the padding at the ends is none. */
const BLANK = 24;
/** After so long, in ms, what is done again and again is ended: some of the others take minutes for what takes seconds. */
const PATIENCE = 15_000;
/** So many frames without a change, and a list has settled. */
const STILL = 8;

/** How often the view was looked at when it had moved, and how often a part of it was blank. */
export interface Blanks {
  readonly looks: number;
  readonly blank: number;
}

/** What is done to a list, and measured, in its own page. Every time is in ms. */
export class Bench {
  readonly #list: Contestant;
  readonly #root: HTMLElement;
  #waiting: MessageInput[] = [];
  /** The number of the newest message. */
  #last = 0;
  #first = 1;
  #watch = new FrameWatch();
  #looks = 0;
  #blank = 0;
  #keys: number[] = [];
  #timer = 0;

  constructor(list: Contestant, root: HTMLElement) {
    this.#list = list;
    this.#root = root;
  }

  /** Makes the messages that the next `open` shows. */
  prepare(count: number): void {
    this.#waiting = messagesOf(1, count);
    this.#last = count;
    this.#first = 1;
  }

  /** Makes a list and shows the messages: until the newest one is painted, and until nothing changes any more. */
  async open(): Promise<{readonly paint: number; readonly settled: number}> {
    await nextFrame();
    await nextTask();
    const began = performance.now();
    this.#list.mount(this.#root);
    this.#list.show(this.#waiting);
    do await nextFrame();
    while (!this.#showsNewest());
    await nextTask();
    const paint = performance.now() - began;
    return {paint, settled: await this.#settle(began, paint)};
  }

  /** Lets go of the list. */
  close(): void {
    this.#list.unmount();
    this.#waiting = [];
  }

  /** Opens a list and waits until it has come to rest. */
  async openAndRest(count: number): Promise<void> {
    this.prepare(count);
    await this.open();
    await rest(600);
  }

  /**
   * One message a frame: the time that each took of the main thread, and how long each frame stood. Fewer of them where they take long.
   */
  async appendOneAFrame(count: number): Promise<{readonly costs: readonly number[]; readonly frames: readonly number[]}> {
    const costs: number[] = [];
    const end = performance.now() + PATIENCE;
    this.#watch.start();
    for (let i = 0; i < count && performance.now() < end; i++) {
      const message = messageOf(++this.#last);
      costs.push(await costInFrame(() => this.#list.append([message])));
    }
    return {costs, frames: this.#watch.stop()};
  }

  /** Many messages at once. */
  async appendBatch(count: number): Promise<number> {
    const batch = messagesOf(this.#last + 1, this.#last + count);
    this.#last += count;
    return costInFrame(() => this.#list.append(batch));
  }

  /**
   * Single messages as fast as `perSecond` says, from a timer and not by frames. Returns how long each frame stood, how long the main
   * thread was kept, and whether the list is exactly what it must be at the end.
   */
  async flood(perSecond: number, seconds: number): Promise<{frames: readonly number[]; handed: number; isExact: boolean}> {
    const before = this.#last;
    const total = perSecond * seconds;
    const messages = messagesOf(before + 1, before + total);
    this.#watch.start();
    const began = performance.now();
    while (this.#last < before + total) {
      const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond));
      for (; this.#last < before + due; this.#last++) {
        const message = messages[this.#last - before];
        if (message) this.#list.append([message]);
      }
      await rest(4);
    }
    const frames = this.#watch.stop();
    await rest(300);
    return {frames, handed: this.#last - before, isExact: this.#isExact()};
  }

  /** Messages above the first, while the view is at the beginning or in the middle: what it takes, and how far what is read moved. */
  async prepend(count: number, share: number): Promise<{readonly cost: number; readonly drift: number}> {
    const scroller = this.#scroller();
    scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * share;
    await rest(300);
    if (share === 0) scroller.scrollTop = 0;
    await rest(300);
    const {top, bottom} = scroller.getBoundingClientRect();
    const anchor = this.#rows().find((row) => {
      const rect = row.getBoundingClientRect();
      return rect.top >= top && rect.bottom <= bottom;
    });
    const held = this.#numberOf(anchor);
    const topOf = (): number => {
      const row = this.#rows().find((one) => this.#numberOf(one) === held);
      // The last line of a row: dividers above it may come and go.
      return row ? row.getBoundingClientRect().bottom : Infinity;
    };
    const before = topOf();
    const batch = messagesOf(this.#first - count, this.#first - 1);
    this.#first -= count;
    const cost = await costInFrame(() => this.#list.prepend?.(batch));
    let drift = 0;
    for (let i = 0; i < 12; i++) {
      drift = Math.max(drift, Math.abs(topOf() - before));
      await nextFrame();
      await nextTask();
    }
    return {cost, drift};
  }

  /** Begins to look at each frame, and at each scroll before the list has heard of it: at what was on the screen then. */
  watch(): void {
    this.#looks = this.#blank = 0;
    this.#scroller().addEventListener('scroll', this.#look, {capture: true});
    this.#watch = new FrameWatch();
    this.#watch.start();
  }

  /** Ends `watch`. */
  unwatch(): Blanks & {readonly frames: readonly number[]} {
    const frames = this.#watch.stop();
    this.#scroller().removeEventListener('scroll', this.#look, {capture: true});
    return {frames, looks: this.#looks, blank: this.#blank};
  }

  /** From one end to the other in so many seconds, as one drags the scroll bar; then how long it takes until rows stand there. */
  async fling(seconds: number): Promise<Blanks & {readonly frames: readonly number[]; readonly rowsAfter: number}> {
    const scroller = this.#scroller();
    this.watch();
    const began = performance.now();
    for (let share = 0; share < 1;) {
      await nextFrame();
      share = Math.min(1, (performance.now() - began) / (seconds * 1000));
      // Slow at both ends, and fastest in the middle.
      const eased = (1 - Math.cos(share * Math.PI)) / 2;
      scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * (0.98 - 0.96 * eased);
    }
    const stopped = performance.now();
    const seen = this.unwatch();
    while (this.#uncovered() > BLANK) await nextFrame();
    await nextTask();
    return {...seen, rowsAfter: performance.now() - stopped};
  }

  /** Opens and closes the list again and again. */
  async mountAgain(times: number, count: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.prepare(count);
      this.#list.mount(this.#root);
      this.#list.show(this.#waiting);
      await nextFrame();
      await nextTask();
      this.close();
      await nextFrame();
    }
  }

  /** How many rows are in the document. */
  countRows(): number {
    return this.#list.rows().length;
  }

  /** Lets messages come in by a timer, beside a field to write in; until `stopTyping`. */
  startTyping(perSecond: number): void {
    this.#keys = [];
    document.addEventListener('keydown', this.#timeKey, {capture: true});
    this.#list.addField?.(this.#root).focus();
    this.#timer = window.setInterval(() => this.#list.append([messageOf(++this.#last)]), 1000 / perSecond);
  }

  /** How long each key took, from when it was pressed until its frame was painted. */
  stopTyping(): readonly number[] {
    clearInterval(this.#timer);
    document.removeEventListener('keydown', this.#timeKey, {capture: true});
    return this.#keys;
  }

  readonly #timeKey = (event: KeyboardEvent): void => {
    void nextFrame()
      .then(nextTask)
      .then(() => this.#keys.push(performance.now() - event.timeStamp));
  };

  readonly #look = (): void => {
    this.#looks += 1;
    if (this.#uncovered() > BLANK && !this.#list.hasPlaceholders?.()) this.#blank += 1;
  };

  #scroller(): HTMLElement {
    const scroller = this.#list.scroller();
    if (!scroller) throw new Error('The list shows nothing that scrolls.');
    return scroller;
  }

  #rows(): Element[] {
    return Array.from(this.#list.rows());
  }

  #numberOf(row: Element | undefined): number {
    return row ? numberIn(this.#list.textOf(row)) : Number.NaN;
  }

  /** Whether the newest message stands in the view. */
  #showsNewest(): boolean {
    const row = this.#rows().at(-1);
    const scroller = this.#list.scroller();
    if (!row || !scroller || this.#numberOf(row) !== this.#last) return false;
    const {bottom, height} = row.getBoundingClientRect();
    return height > 0 && bottom <= scroller.getBoundingClientRect().bottom + 1;
  }

  /** Until when something still changed. */
  async #settle(began: number, paint: number): Promise<number> {
    let settled = paint;
    let picture = this.#picture();
    for (let still = 0; still < STILL; still++) {
      await nextFrame();
      const now = this.#picture();
      if (now === picture) continue;
      picture = now;
      await nextTask();
      settled = performance.now() - began;
      still = 0;
    }
    return settled;
  }

  /** What one sees, in figures. */
  #picture(): string {
    const rows = this.#rows().map((row) => row.getBoundingClientRect().top.toFixed(1));
    return `${this.#list.scroller()?.scrollTop} ${rows.join(' ')}`;
  }

  /** How much of the view has no rows, in CSS pixels. */
  #uncovered(): number {
    const rows = this.#list.rows();
    const view = this.#scroller().getBoundingClientRect();
    const top = rows[0]?.getBoundingClientRect().top ?? view.bottom;
    const bottom = rows[rows.length - 1]?.getBoundingClientRect().bottom ?? view.top;
    const covered = Math.max(0, Math.min(bottom, view.bottom) - Math.max(top, view.top));
    return view.height - covered;
  }

  /** Whether the list has all messages, and shows the newest ones in their order, at its end. */
  #isExact(): boolean {
    const numbers = this.#rows().map((row) => this.#numberOf(row));
    const isInOrder = numbers.every((number, i) => number === this.#last - (numbers.length - 1 - i));
    return this.#showsNewest() && isInOrder && this.#list.size() === this.#last - this.#first + 1;
  }
}
