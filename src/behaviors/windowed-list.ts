import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {IdKey, LogChange} from '../model/index.js';
import {RowWindow} from './row-window.js';
import {ScrollAnchor, ScrollGeometry, type ShownRow} from './scroll-anchor.js';
import {SizeWatch} from './size-watch.js';
import {StickToEnd} from './stick-to-end.js';

/** The rows of a list, as a window over them needs to know them. */
export interface WindowedRows {
  readonly size: number;
  keyAt(index: number): IdKey | undefined;
  indexOf(key: IdKey): number;
}

/** What the host has rendered: the scroller, and in it the space for rows before the window, the rows, and the space after. */
export interface WindowedParts {
  readonly scroller: HTMLElement;
  readonly before: HTMLElement;
  readonly rows: HTMLElement;
  readonly after: HTMLElement;
}

export interface WindowedListOptions {
  readonly rows: () => WindowedRows;
  /** `undefined` until the host has rendered. */
  readonly parts: () => WindowedParts | undefined;
  /** Called when all is in its place: after an update, a scroll, a change of size. */
  readonly onSettled?: () => void;
  /** Whether the end of the rows is not the end of what there is. Then nothing sticks to it. */
  readonly hasMore?: () => boolean;
}

/** How often one change may call for more rows before it is left to the next frame. */
const MAX_PASSES = 6;

/**
 * Shows a window of a long list, whose cost does not grow with the list.
 *
 * The host renders the rows `from` up to `to`, each as one child of `rows`, between two spaces, whose heights are set here.
 * What somebody reads never moves: not for rows that come or go elsewhere, not for a height that becomes known late, not for a
 * change of size. A list that stands at its end stays there.
 */
export class WindowedList implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: WindowedListOptions;
  readonly #window = new RowWindow();
  readonly #anchor = new ScrollAnchor();
  readonly #stick = new StickToEnd();
  readonly #sizes = new SizeWatch(() => this.#resized());
  #shown: readonly ShownRow[] = [];
  #width = 0;
  #viewport = 0;
  #passes = 0;
  #frame = 0;
  #turn = 0;
  #settled: Promise<void> = Promise.resolve();
  #target: IdKey | undefined;
  /** The rows changed: where the window is follows from what is read, as the scroll offset means other rows now. */
  #isStale = true;
  /** Where somebody had scrolled to before this update. A content that becomes lower takes the scroll offset along. */
  #scrollTop: number | undefined;
  /** The scroll offset was lost with the layout. */
  #isLost = false;

  constructor(host: ReactiveControllerHost, options: WindowedListOptions) {
    this.#host = host;
    this.#options = options;
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
    return this.#stick.isStuck;
  }

  /** How far what is visible is from the first row and from behind the last one, in CSS pixels; `undefined` while there is no layout. */
  get distance(): {readonly start: number; readonly end: number} | undefined {
    const parts = this.#options.parts();
    if (!parts || this.#viewport === 0) return undefined;
    const {scroller} = parts;
    return {start: scroller.scrollTop, end: scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight};
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
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  hostUpdate(): void {
    const {size} = this.#options.rows();
    this.#scrollTop = this.#options.parts()?.scroller.scrollTop;
    if (size !== this.#window.heights.size) this.#window.heights.reset(size);
    if (this.#isStale || !this.#covers()) this.#choose();
  }

  hostUpdated(): void {
    const parts = this.#options.parts();
    if (!parts) return;
    this.#takeRows(parts);
    const turn = ++this.#turn;
    // The elements in the rows render after their host, and have no height before. All of it is done before the next frame.
    this.#settled = this.#rendered().then(() => {
      if (turn !== this.#turn || !parts.scroller.isConnected) return;
      this.#settle(parts);
      if (!this.#covers() && this.#passes++ < MAX_PASSES) this.#host.requestUpdate();
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
      this.#window.apply(change, this.#options.rows().size);
      this.#isStale = true;
    }
    this.#passes = 0;
    this.#host.requestUpdate();
  }

  /** Begins again with other rows, at their end. */
  restart(): void {
    this.#window.heights.reset(this.#options.rows().size);
    this.#anchor.clear();
    this.scrollToEnd();
  }

  /** Goes to the end and follows it. */
  scrollToEnd(): void {
    this.#stick.stick();
    this.#goTo(undefined);
  }

  /** Brings a row to the middle. */
  scrollToKey(key: IdKey): void {
    this.#stick.release();
    this.#anchor.clear();
    this.#goTo(key);
  }

  /** To be called at each `scroll` event of the scroller. */
  readonly scrolled = (): void => {
    const parts = this.#options.parts();
    if (!parts || parts.scroller.clientHeight === 0 || this.#isLost || this.#isStale) return;
    const {scroller} = parts;
    this.#scrollTop = undefined;
    const changed = this.#stick.note(scroller, this.#options.hasMore?.() ?? false);
    this.#anchor.capture(new ScrollGeometry(scroller), this.#shown);
    this.#passes = 0;
    if (changed || !this.#covers()) this.#host.requestUpdate();
    this.#options.onSettled?.();
  };

  #goTo(target: IdKey | undefined): void {
    this.#target = target;
    this.#isStale = true;
    this.#passes = 0;
    this.#host.requestUpdate();
  }

  /** Where the visible part begins, in the heights of the rows. */
  #viewTop(): number {
    const rows = this.#options.rows();
    if (this.#stick.isStuck) return this.#window.heights.total - this.#viewport;
    if (this.#target !== undefined) return this.#window.heights.offsetOf(rows.indexOf(this.#target)) - this.#viewport / 2;
    const held = this.#isStale || this.#isLost ? this.#anchor.find((key) => rows.indexOf(key)) : undefined;
    if (held) return this.#window.heights.offsetOf(held.index) - held.rowOffset;
    const parts = this.#options.parts();
    return parts ? parts.scroller.scrollTop - parts.before.offsetTop : 0;
  }

  #choose(): void {
    if (this.#viewport === 0 && this.#target === undefined && this.#stick.isStuck) return this.#window.chooseLast();
    this.#window.choose({top: this.#viewTop(), height: this.#viewport});
  }

  #covers(): boolean {
    return this.#window.covers({top: this.#viewport === 0 ? 0 : this.#viewTop(), height: this.#viewport});
  }

  /** Takes the rows that were just rendered: what they stand for, and their heights. */
  #takeRows({scroller, before, rows, after}: WindowedParts): void {
    const source = this.#options.rows();
    const shown: ShownRow[] = [];
    for (let i = 0; i < rows.children.length; i++) {
      const element = rows.children[i];
      const key = source.keyAt(this.from + i);
      if (element && key !== undefined) shown.push({key, element});
    }
    this.#shown = shown;
    this.#sizes.watch(new Set([scroller, ...shown.map(({element}) => element)]));
    before.style.blockSize = `${this.#window.before}px`;
    after.style.blockSize = `${this.#window.after}px`;
  }

  async #rendered(): Promise<void> {
    const updates: unknown[] = [];
    for (const {element} of this.#shown) {
      for (const child of element.lastElementChild?.children ?? []) {
        if ('updateComplete' in child) updates.push(child.updateComplete);
      }
    }
    await Promise.all(updates);
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
    this.#anchor.capture(new ScrollGeometry(scroller), this.#shown);
    this.#isStale = false;
    this.#isLost = false;
    this.#scrollTop = undefined;
    if (this.#window.learn()) {
      this.#isStale = true;
      this.#host.requestUpdate();
    }
    this.#options.onSettled?.();
  }

  #measure(scroller: HTMLElement): void {
    const {clientWidth} = scroller;
    if (clientWidth !== this.#width) {
      // Text wraps otherwise now, so that no height of a row out of sight is worth anything.
      if (this.#width > 0) this.#window.heights.reset(this.#window.heights.size);
      this.#width = clientWidth;
    }
    const geometry = new ScrollGeometry(scroller);
    this.#shown.forEach(({element}, i) => this.#window.heights.set(this.from + i, geometry.heightOf(element)));
  }

  /** Scrolls to where the list belongs: its end, a row that was asked for, or what was read before. */
  #place({scroller}: WindowedParts): void {
    if (this.#stick.isStuck) return this.#stick.follow(scroller);
    const geometry = new ScrollGeometry(scroller);
    const target = this.#shown.find(({key}) => key === this.#target);
    if (target) {
      const row = target.element.lastElementChild ?? target.element;
      const room = Math.max(0, geometry.viewport - geometry.heightOf(row));
      scroller.scrollTop = geometry.topOf(row) - room / 2;
      if (this.#covers()) this.#target = undefined;
    } else {
      const before = this.#isLost ? undefined : (this.#scrollTop ?? geometry.scrollTop);
      const shift = this.#anchor.shift(geometry, this.#shown, before);
      // Engines that scroll by whole pixels cut off the rest, and the list would creep.
      if (Math.abs(shift) >= 0.5) scroller.scrollTop = Math.round(scroller.scrollTop + shift);
    }
    this.#stick.accept(scroller.scrollTop);
  }

  #resized(): void {
    const parts = this.#options.parts();
    if (!parts) return;
    this.#passes = 0;
    const {scroller} = parts;
    const hadRoom = this.#viewport > 0;
    if (scroller.clientHeight === 0) {
      this.#viewport = 0;
      this.#isLost = true;
      return;
    }
    if (hadRoom && !this.#isStale) this.#settle(parts);
    else this.#viewport = scroller.clientHeight;
    if (hadRoom && !this.#isStale && this.#covers()) return;
    // Not in a microtask: rows that are added while sizes are being told make the browser report an error.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#isStale = true;
      this.#host.requestUpdate();
    });
  }
}
