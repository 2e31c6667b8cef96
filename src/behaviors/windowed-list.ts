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

/** How many times a change may lead to more rows at once; further ones wait for the next frame. */
const MAX_PASSES = 6;
/** Which part of the rows beyond the view must be left before more are rendered. */
const ENOUGH = 0.5;

/**
 * Shows a window of a long list, at a cost that does not grow with the list.
 *
 * The host renders the rows `from` up to `to`, each as one child of `rows`, between two spaces whose heights are set here, and awaits
 * `frames.turn()` before each update. What somebody reads never moves, whether rows come or go elsewhere, heights become known late, or sizes
 * change. A list at its end stays there. Rows that are scrolled past too fast to be seen are not rendered.
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
  /** Whether the rows have changed. The scroll offset then stands for other rows, so the window is chosen by the row that is held. */
  #isStale = true;
  /** Whether the list is about to be scrolled elsewhere. The present scroll offset is then ignored. */
  #isLeaving = false;
  /** Whether all rows are rendered. Their heights are then not needed. */
  #isWhole = false;
  /** Whether the scroll offset was lost because the list was hidden or moved. */
  #isLost = false;
  /** Whether the list was held when it was last put in its place. */
  #wasHeld = false;

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

  /** The row after the last one to render. */
  get to(): number {
    return this.#window.to;
  }

  /** Whether the list is at its end and follows it. */
  get isAtEnd(): boolean {
    return this.#position.isAtEnd;
  }

  /** How far the view is from the start and from the end of the rows, in CSS pixels; `undefined` while there is no layout. */
  get distance(): {readonly start: number; readonly end: number} | undefined {
    const parts = this.#options.parts();
    if (!parts || this.#viewport === 0) return undefined;
    const {scrollTop, scrollHeight, clientHeight} = parts.scroller;
    return {start: scrollTop, end: scrollHeight - clientHeight - scrollTop};
  }

  /** The rows that are rendered: those on the screen and some around them. */
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
    // It may have been scrolled already, with the event still to come.
    if (scroller) this.#notice(scroller);
    this.#position.remember(scroller);
    if (size !== this.#window.heights.size) this.#window.heights.reset(size);
    const isWhole = this.#options.isWhole();
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
    // The elements in the rows render after their host, and have no height before that. All of this happens before the next frame.
    this.#settled = rendered(this.#shown).then(() => {
      if (turn !== this.#turn || !parts.scroller.isConnected) return;
      this.#settle(parts);
      if (this.#isEnough) return;
      // Visible rows are rendered first, those around them a frame later.
      this.#host.requestUpdate();
      if (!this.#covers(0) && this.#passes++ < MAX_PASSES) this.frames.hurry();
    });
  }

  /** Resolves when the rows of the last update have been measured and are in their places. */
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
      // The rows that are being rendered are no longer those of the list.
      this.#turn += 1;
    }
    this.#passes = 0;
    this.#host.requestUpdate();
  }

  /** Starts again with other rows, at their end. */
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
    this.#options.onLeft();
    this.#position.goTo(key);
    this.#leave();
  }

  /** To be called at each `scroll` event of the scroller. */
  readonly scrolled = (): void => {
    const scroller = this.#options.parts()?.scroller;
    if (!scroller || !this.#notice(scroller)) return;
    this.#passes = 0;
    if (!this.#isEnough) this.#host.requestUpdate();
    this.#options.onSettled();
  };

  /**
   * Notes where somebody has scrolled to, and (unless `isChanged`, as the rows have changed already) which rows are visible there. Returns
   * whether somebody has scrolled.
   */
  #notice(scroller: HTMLElement, isChanged = false): boolean {
    if (scroller.clientHeight === 0 || this.#isLost || this.#isLeaving) return false;
    this.#pace.note(scroller.scrollTop, this.#viewport);
    const changed = this.#position.note(scroller, this.#options.isHeld());
    if (changed === undefined) return false;
    if (changed) this.#host.requestUpdate();
    if (changed && !this.isAtEnd) this.#options.onLeft();
    if (!isChanged) this.#position.capture(scroller, this.#shown);
    return true;
  }

  #leave(): void {
    this.#isLeaving = true;
    // What is being rendered belongs to where the list is now.
    this.#turn += 1;
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

  /** The first row that there is room for above the held row, while the list must not be scrolled to make more room; otherwise 0. */
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

  /** Whether enough rows are rendered. While the list scrolls too fast to be seen, it needs no more. */
  get #isEnough(): boolean {
    return this.#pace.isFlying || this.#covers(ENOUGH);
  }

  #covers(part: number): boolean {
    return this.#window.covers(this.#view(), part, this.#floor());
  }

  /** Takes over the rows that were just rendered, and sets the spaces around them. */
  #takeRows(parts: WindowedParts): void {
    const {scroller, rows, after, end} = parts;
    const source = this.#options.rows();
    this.#shown = shownIn(rows, (i) => source.keyAt(this.from + i));
    this.#touch.watch(scroller);
    this.#sizes.watch(new Set([scroller, end, ...this.#shown.map(({element}) => element)]));
    if (!this.#touch.isMoving) this.#position.debt = 0;
    this.#space(parts);
    after.style.blockSize = `${this.#window.after}px`;
  }

  #space({before, rows}: WindowedParts): void {
    const space = Math.max(0, this.#window.before - this.#position.debt);
    // The space gets whole pixels and the rows the rest: what is painted in the space would be painted again at every fraction.
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
    this.#options.onSettled();
    // Bringing the last row into view for the focus does not count as leaving the end.
    if (this.isAtEnd && scroller.scrollTop !== scrollTop) this.#place(parts);
  }

  #measure(scroller: HTMLElement): void {
    const {clientWidth} = scroller;
    if (clientWidth !== this.#width) {
      // Text wraps differently now, so the heights of rows that are not rendered are no longer valid.
      if (this.#width > 0) this.#window.heights.reset(this.#window.heights.size);
      this.#width = clientWidth;
    }
    if (this.#isWhole) return;
    const geometry = new ScrollGeometry(scroller);
    this.#shown.forEach(({element}, i) => this.#window.heights.set(this.from + i, geometry.heightOf(element)));
  }

  /** Scrolls to where the list belongs: its end, a requested row, or what was being read. */
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
    const isHeld = this.#options.isHeld();
    // What is held no longer may be at its end, without having been scrolled since.
    if (this.#position.target === undefined ? this.#wasHeld && !isHeld : this.#covers(0)) this.#position.arrive();
    this.#wasHeld = isHeld;
    if (way >= 1) this.#options.onFollowed(way);
  }

  /** Whether a row has the height that was measured. The observer reports each new row once, when it is in its place already. */
  #isMeasured({target, borderBoxSize: [size]}: ResizeObserverEntry): boolean {
    const row = this.#shown.find(({element}) => element === target);
    const height = row && this.#window.heights.get(this.#options.rows().indexOf(row.key));
    return Math.abs((size as ResizeObserverSize).blockSize - (height ?? -1)) < 0.1;
  }

  #resized(): void {
    const parts = this.#options.parts();
    if (!parts) return;
    // If rows were added within a callback of the observer, the browser would report an error.
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
    // The rows in the page are no longer those of the list, so they are only kept in their places.
    if (this.#isStale) return this.#place(parts);
    this.#settle(parts);
    if (!this.#isEnough) this.#renew();
  }
}
