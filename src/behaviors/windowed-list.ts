import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {IdKey, LogChange} from '../model/index.js';
import {FrameUpdates} from './frame-updates.js';
import {ListPosition} from './list-position.js';
import {RowWindow, type View} from './row-window.js';
import {ScrollGeometry, type ShownRow} from './scroll-anchor.js';
import {ScrollPace} from './scroll-pace.js';
import {SizeWatch} from './size-watch.js';
import {TouchScroll} from './touch-scroll.js';
import {rendered, shownIn, type WindowedListOptions, type WindowedParts} from './windowed-parts.js';

/** How often one change may call for more rows before it is left to the next frame. */
const MAX_PASSES = 6;
/** How much of what is rendered beyond the view must still be there. */
const ENOUGH = 0.5;

/**
 * Shows a window of a long list, whose cost does not grow with the list.
 *
 * The host renders the rows `from` up to `to`, each as one child of `rows`, between two spaces, whose heights are set here, and awaits
 * `frames.turn()` before each update. What somebody reads never moves: not for rows that come or go elsewhere, not for a height that
 * becomes known late, not for a change of size. A list that stands at its end stays there. What flies by is not rendered at all.
 */
export class WindowedList implements ReactiveController {
  /** When the host updates. */
  readonly frames: FrameUpdates;
  readonly #host: ReactiveControllerHost;
  readonly #options: WindowedListOptions;
  readonly #window = new RowWindow();
  readonly #position = new ListPosition();
  readonly #pace = new ScrollPace(() => this.#renew());
  readonly #touch = new TouchScroll(() => this.#renew());
  readonly #sizes = new SizeWatch((sizes) => sizes.every((size) => this.#isMeasured(size)) || this.#resized());
  #shown: readonly ShownRow[] = [];
  #width = 0;
  #viewport = 0;
  #passes = 0;
  #turn = 0;
  #settled: Promise<void> = Promise.resolve();
  /** The rows changed: where the window is follows from what is read, as the scroll offset means other rows now. */
  #isStale = true;
  /** The scroll offset is about to be another one: what it is now is nobody's choice. */
  #isLeaving = false;
  /** All rows are rendered, so that nothing depends on how high they are. */
  #isWhole = false;
  /** The scroll offset was lost with the layout. */
  #isLost = false;

  constructor(host: ReactiveControllerHost, options: WindowedListOptions) {
    this.#host = host;
    this.#options = options;
    this.frames = new FrameUpdates(host);
    host.addController(this);
  }

  /** The first row to render. */
  get from(): number {
    return this.#window.from;
  }

  /** The row behind the last one to render. */
  get to(): number {
    return this.#window.to;
  }

  /** Whether the list stands at its end and follows it. */
  get isAtEnd(): boolean {
    return this.#position.isAtEnd;
  }

  /** How far what is visible is from the first row and from behind the last one, in CSS pixels; `undefined` while there is no layout. */
  get distance(): {readonly start: number; readonly end: number} | undefined {
    const parts = this.#options.parts();
    if (!parts || this.#viewport === 0) return undefined;
    const {scrollTop, scrollHeight, clientHeight} = parts.scroller;
    return {start: scrollTop, end: scrollHeight - clientHeight - scrollTop};
  }

  /** What is on the screen or near it. */
  get shown(): readonly ShownRow[] {
    return this.#shown;
  }

  hostConnected(): void {
    this.#sizes.start();
    // An element that was moved has lost its scroll offset.
    this.#isLost = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#sizes.stop();
    this.#touch.watch(undefined);
    this.#pace.stop();
  }

  hostUpdate(): void {
    const {size} = this.#options.rows();
    const scroller = this.#options.parts()?.scroller;
    // It may have been scrolled, and the event be still to come.
    if (scroller) this.#notice(scroller);
    this.#position.remember(scroller);
    if (size !== this.#window.heights.size) this.#window.heights.reset(size);
    const isWhole = this.#options.isWhole?.() ?? false;
    if (isWhole !== this.#isWhole) this.#isStale = true;
    this.#isWhole = isWhole;
    if (isWhole) this.#window.chooseAll();
    else if (this.#isStale || !this.#isEnough) this.#choose();
  }

  hostUpdated(): void {
    const parts = this.#options.parts();
    if (!parts) return;
    this.#takeRows(parts);
    const turn = ++this.#turn;
    // The elements in the rows render after their host, and have no height before. All of it is done before the next frame.
    this.#settled = rendered(this.#shown).then(() => {
      if (turn !== this.#turn || !parts.scroller.isConnected) return;
      this.#settle(parts);
      if (this.#isEnough) return;
      // What is visible comes first, what is near it a frame later.
      this.#host.requestUpdate();
      if (!this.#covers(0) && this.#passes++ < MAX_PASSES) this.frames.hurry();
    });
  }

  /** Resolves when what the last update showed has been measured and is in its place. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Follows a change of the rows. */
  apply(change: LogChange): void {
    if (change.type === 'changed') {
      const shown = new Set(this.#shown.map(({key}) => key));
      if (!change.keys.some((key) => shown.has(key))) return;
    } else {
      const scroller = this.#options.parts()?.scroller;
      if (scroller) this.#notice(scroller);
      if (change.type === 'prepended') this.#position.passFirst();
      this.#window.apply(change, this.#options.rows().size);
      this.#isStale = true;
    }
    this.#passes = 0;
    this.#host.requestUpdate();
  }

  /** Begins again with other rows, at their end. */
  restart(): void {
    this.#window.heights.reset(this.#options.rows().size);
    this.#position.clear();
    this.scrollToEnd();
  }

  /** Goes to the end and follows it. */
  scrollToEnd(): void {
    this.#position.goToEnd();
    this.#leave();
  }

  /** Brings a row to the middle. */
  scrollToKey(key: IdKey): void {
    this.#options.onLeft?.();
    this.#position.goTo(key);
    this.#leave();
  }

  /** To be called at each `scroll` event of the scroller. */
  readonly scrolled = (): void => {
    const scroller = this.#options.parts()?.scroller;
    if (!scroller || !this.#notice(scroller)) return;
    this.#passes = 0;
    if (!this.#isEnough) this.#host.requestUpdate();
    this.#options.onSettled?.();
  };

  /**
   * Takes down where somebody has scrolled to, and what is visible there unless the content is another one already. Returns whether
   * somebody has, and that is where the list is now.
   */
  #notice(scroller: HTMLElement, isChanged = false): boolean {
    if (scroller.clientHeight === 0 || this.#isLost || this.#isLeaving) return false;
    this.#pace.note(scroller.scrollTop, this.#viewport);
    const changed = this.#position.note(scroller, this.#options.isHeld?.() ?? false);
    if (changed === undefined) return false;
    if (changed) this.#host.requestUpdate();
    if (changed && !this.isAtEnd) this.#options.onLeft?.();
    if (!isChanged) this.#position.capture(scroller, this.#shown);
    return true;
  }

  #leave(): void {
    this.#isLeaving = true;
    this.#pace.stop();
    this.#renew();
  }

  #renew(): void {
    this.#isStale = true;
    this.#passes = 0;
    this.#host.requestUpdate();
  }

  /** What is visible, in the heights of the rows. */
  #view(): View {
    return {top: this.#viewTop(), height: this.#viewport, velocity: this.#pace.velocity};
  }

  #viewTop(): number {
    const rows = this.#options.rows();
    const {heights} = this.#window;
    const {target} = this.#position;
    if (this.isAtEnd) return heights.total - this.#viewport;
    if (target !== undefined) return heights.offsetOf(rows.indexOf(target)) - this.#viewport / 2;
    const held = this.#isStale || this.#isLost ? this.#position.held((key) => rows.indexOf(key)) : undefined;
    if (held) return heights.offsetOf(held.index) - held.rowOffset;
    const parts = this.#options.parts();
    return parts ? parts.scroller.scrollTop - parts.before.offsetTop + this.#position.debt : 0;
  }

  /** The first row there is room for above what is read, while nothing can be scrolled to make more. */
  #floor(): number {
    const rows = this.#options.rows();
    const held = this.#touch.isMoving && !this.isAtEnd ? this.#position.held((key) => rows.indexOf(key)) : undefined;
    const parts = this.#options.parts();
    if (!held || !parts) return 0;
    const room = held.rowOffset + parts.scroller.scrollTop - parts.before.offsetTop;
    return this.#window.heights.indexAt(this.#window.heights.offsetOf(held.index) - room - 1) + 1;
  }

  #choose(): void {
    if (this.#viewport === 0 && this.#position.target === undefined && this.isAtEnd) return this.#window.chooseLast();
    this.#window.choose(this.#view(), this.#floor());
  }

  /** Whether there are rows enough. What flies by needs none. */
  get #isEnough(): boolean {
    return this.#pace.isFlying || this.#covers(ENOUGH);
  }

  #covers(part: number): boolean {
    return this.#window.covers(this.#view(), part, this.#floor());
  }

  /** Takes the rows that were just rendered: what they stand for, and their heights. */
  #takeRows(parts: WindowedParts): void {
    const {scroller, rows, after} = parts;
    const source = this.#options.rows();
    this.#shown = shownIn(rows, (i) => source.keyAt(this.from + i));
    this.#touch.watch(scroller);
    this.#sizes.watch(new Set([scroller, ...this.#shown.map(({element}) => element)]));
    if (!this.#touch.isMoving) this.#position.debt = 0;
    this.#space(parts);
    after.style.blockSize = `${this.#window.after}px`;
  }

  #space({before, rows}: WindowedParts): void {
    const space = Math.max(0, this.#window.before - this.#position.debt);
    // What is painted in the space is painted anew wherever it comes to stand between two pixels, so the rows take the rest.
    before.style.blockSize = `${Math.floor(space)}px`;
    rows.style.marginBlockStart = `${space % 1}px`;
  }

  #settle(parts: WindowedParts): void {
    const {scroller} = parts;
    this.#viewport = scroller.clientHeight;
    if (this.#viewport === 0) {
      this.#isLost = true;
      return;
    }
    this.#measure(scroller);
    this.#place(parts);
    this.#isStale = this.#isLeaving = this.#isLost = false;
    if (this.#window.learn()) this.#renew();
    const {scrollTop} = scroller;
    this.#options.onSettled?.();
    // Who brought the last row into view for the keyboard has not left the end.
    if (this.isAtEnd && scroller.scrollTop !== scrollTop) this.#place(parts);
  }

  #measure(scroller: HTMLElement): void {
    const {clientWidth} = scroller;
    if (clientWidth !== this.#width) {
      // Text wraps otherwise now, so that no height of a row out of sight is worth anything.
      if (this.#width > 0) this.#window.heights.reset(this.#window.heights.size);
      this.#width = clientWidth;
    }
    if (this.#isWhole) return;
    const geometry = new ScrollGeometry(scroller);
    this.#shown.forEach(({element}, i) => this.#window.heights.set(this.from + i, geometry.heightOf(element)));
  }

  /** Scrolls to where the list belongs: its end, a row that was asked for, or what was read before. */
  #place(parts: WindowedParts): void {
    const {scroller} = parts;
    const pay = (way: number): number => {
      const taken = Math.min(way, Math.max(0, this.#window.before - this.#position.debt));
      this.#position.debt += taken;
      this.#space(parts);
      return way - taken;
    };
    const {scrollTop} = scroller;
    const way = this.#position.place(scroller, this.#shown, {isLost: this.#isLost, pay: this.#touch.isMoving ? pay : undefined});
    this.#pace.shift(scroller.scrollTop - scrollTop);
    if (this.#position.target !== undefined && this.#covers(0)) this.#position.arrive();
    if (way >= 1) this.#options.onFollowed?.(way);
  }

  /** Whether a row is as high as it was measured: each new one is told of once, and is in its place by then. */
  #isMeasured({target, borderBoxSize: [size]}: ResizeObserverEntry): boolean {
    const row = this.#shown.find(({element}) => element === target);
    const height = row && this.#window.heights.get(this.#options.rows().indexOf(row.key));
    return Math.abs((size as ResizeObserverSize).blockSize - (height ?? -1)) < 0.1;
  }

  #resized(): void {
    const parts = this.#options.parts();
    if (!parts) return;
    // Rows that are added while sizes are being told make the browser report an error.
    this.frames.hold();
    this.#passes = 0;
    const before = this.#viewport;
    this.#viewport = parts.scroller.clientHeight;
    if (this.#viewport === 0) {
      this.#isLost = true;
      return;
    }
    if (!before) return this.#renew();
    this.#notice(parts.scroller, true);
    // What is shown is not what is counted any more, but stays in its place.
    if (this.#isStale) return this.#place(parts);
    this.#settle(parts);
    if (!this.#isEnough) this.#renew();
  }
}
