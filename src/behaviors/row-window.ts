import type {LogChange} from '../model/index.js';
import {HeightIndex} from './height-index.js';

/** How many rows are rendered before anything is known about the room there is. */
const FIRST_ROWS = 16;
/** How many rows are rendered at most, unless more than these are visible. */
const MAX_ROWS = 40;
/** How far rows are rendered beyond what is visible, in CSS pixels. */
const OVERSCAN = 600;
/** For how many frames rows are rendered ahead of somebody who scrolls. */
const AHEAD = 8;

/** What is visible, in the heights of the rows: where it begins, and how high it is. All figures are CSS pixels. */
export interface View {
  readonly top: number;
  readonly height: number;
  /** How far it goes in a frame; negative upwards. */
  readonly velocity: number;
}

/** Which rows of a list are rendered, and how much room the others take. It knows heights, and nothing of the page. */
export class RowWindow {
  /** The first row that is rendered. */
  from = 0;
  /** The row behind the last one that is rendered. */
  to = 0;

  readonly heights = new HeightIndex();
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

  /** Takes all rows. */
  chooseAll(): void {
    this.from = 0;
    this.to = this.heights.size;
  }

  /** Takes the last rows, while nobody knows how many there is room for. */
  chooseLast(): void {
    this.chooseAll();
    this.from = Math.max(0, this.to - FIRST_ROWS);
  }

  /** Takes the rows that are visible, and those near, but none before `floor`. */
  choose(view: View, floor = 0): void {
    [this.from, this.to] = this.#range(view, 1, floor);
  }

  /** Whether the window holds what is visible, and beyond it this part of what a new one would. */
  covers(view: View, part: number, floor = 0): boolean {
    if (view.height === 0) return this.to <= this.heights.size && (this.to > this.from || this.heights.size === 0);
    const [from, to] = this.#range(view, part, floor);
    return from >= this.from && to <= this.to;
  }

  /** Takes the mean of what was measured for all that was not, whenever twice as much is known. Returns whether it did. */
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
    // Most of the room lies ahead of who scrolls: all but a fifth at a whole view a frame.
    const up = 0.5 - 0.3 * Math.max(-1, Math.min(1, (AHEAD * velocity) / height || 0));
    const reach = (ahead: number): number => (OVERSCAN + AHEAD * Math.max(0, ahead)) * part;
    const from = Math.max(first - Math.floor(room * up), heights.indexAt(top - reach(-velocity)), floor, 0);
    const to = Math.min(last + Math.floor(room * (1 - up)), heights.indexAt(top + height + reach(velocity)) + 1);
    return [from, to];
  }
}
