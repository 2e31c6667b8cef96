import type {LogChange} from '../model/index.js';
import {HeightIndex} from './height-index.js';

/** How many rows are rendered before the height of the list is known. */
const FIRST_ROWS = 16;
/** How many rows are rendered at most, unless more are visible. */
const MAX_ROWS = 40;
/** How far rows are rendered beyond what is visible, in CSS pixels. */
const OVERSCAN = 600;
/** While somebody scrolls, rows are rendered for this many frames ahead. */
const AHEAD = 8;

/** The visible part of the rows, in CSS pixels from the top of the first row. */
export interface View {
  readonly top: number;
  readonly height: number;
  /** How far it is scrolled per frame; negative upwards. */
  readonly velocity: number;
}

/** Decides which rows of a list are rendered, and how much room the others take. It works on heights alone, without the DOM. */
export class RowWindow {
  /** The first row that is rendered. */
  from = 0;
  /** The row after the last one that is rendered. */
  to = 0;

  readonly heights = new HeightIndex();
  /** From how many measured rows on the estimate is computed next. */
  #learned = 8;

  /** The room for the rows before the window. */
  get before(): number {
    return this.heights.offsetOf(this.from);
  }

  /** The room for the rows after the window. */
  get after(): number {
    return this.heights.total - this.heights.offsetOf(this.to);
  }

  /** Follows a change of which rows there are; `size` is how many there are now. */
  apply(change: Exclude<LogChange, {type: 'changed'}>, size: number): void {
    const {heights} = this;
    switch (change.type) {
      case 'appended':
        return heights.insert(heights.size, change.count);
      case 'prepended':
        return heights.insert(0, change.count);
      case 'inserted':
        return heights.insert(change.index, change.count);
      case 'removed':
        return heights.remove(change.index, change.count);
      case 'moved': {
        const height = heights.get(change.from);
        heights.remove(change.from, 1);
        heights.insert(change.to, 1);
        return heights.set(change.to, height);
      }
      case 'reset':
        return heights.reset(size);
    }
  }

  /** Chooses all rows. */
  chooseAll(): void {
    this.from = 0;
    this.to = this.heights.size;
  }

  /** Chooses the last rows, while the height of the list is not known. */
  chooseLast(): void {
    this.chooseAll();
    this.from = Math.max(0, this.to - FIRST_ROWS);
  }

  /** Chooses the visible rows and those near them, but none before `floor`. */
  choose(view: View, floor = 0): void {
    [this.from, this.to] = this.#range(view, 1, floor);
  }

  /** Whether the window holds the visible rows, and beyond them at least this `part` (0 to 1) of what `choose` would choose. */
  covers(view: View, part: number, floor = 0): boolean {
    if (view.height === 0) return this.to <= this.heights.size && (this.to > this.from || this.heights.size === 0);
    const [from, to] = this.#range(view, part, floor);
    return from >= this.from && to <= this.to;
  }

  /** Sets the estimate to the mean of the measured heights, each time that twice as many are known. Returns whether it did. */
  learn(): boolean {
    const {count, sum} = this.heights.measured;
    if (count < this.#learned) return false;
    this.#learned = count * 2;
    this.heights.estimate = sum / count;
    return true;
  }

  #range({top, height, velocity}: View, part: number, floor: number): readonly [from: number, to: number] {
    const {heights} = this;
    const first = heights.indexAt(top);
    const last = heights.indexAt(top + height) + 1;
    const room = Math.max(0, MAX_ROWS - last + first) * part;
    // Most of the room is used in the direction of scrolling: four fifths of it at an eighth of the view per frame or more.
    const up = 0.5 - 0.3 * Math.max(-1, Math.min(1, (AHEAD * velocity) / height || 0));
    const reach = (ahead: number): number => (OVERSCAN + AHEAD * Math.max(0, ahead)) * part;
    const from = Math.max(first - Math.floor(room * up), heights.indexAt(top - reach(-velocity)), floor, 0);
    const to = Math.min(last + Math.floor(room * (1 - up)), heights.indexAt(top + height + reach(velocity)) + 1);
    return [from, to];
  }
}
