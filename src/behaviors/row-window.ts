import type {LogChange} from '../model/index.js';
import {HeightIndex} from './height-index.js';

/** How many rows are rendered before anything is known about the room there is. */
const FIRST_ROWS = 16;
/** How far rows are rendered beyond what is visible, in CSS pixels. */
const OVERSCAN = 600;

/** What is visible, in the heights of the rows: where it begins, and how high it is. All figures are CSS pixels. */
export interface View {
  readonly top: number;
  readonly height: number;
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

  /** Takes the last rows, while nobody knows how many there is room for. */
  chooseLast(): void {
    this.to = this.heights.size;
    this.from = Math.max(0, this.to - FIRST_ROWS);
  }

  /** Takes the rows that are visible, and those near. */
  choose({top, height}: View): void {
    this.from = Math.max(0, this.heights.indexAt(top - OVERSCAN));
    this.to = Math.min(this.heights.size, this.heights.indexAt(top + height + OVERSCAN) + 1);
  }

  /** Whether the window reaches far enough beyond what is visible, by half of what a new one would. */
  covers({top, height}: View): boolean {
    const {heights} = this;
    if (height === 0) return this.to <= heights.size && (this.to > this.from || heights.size === 0);
    const first = Math.max(0, heights.indexAt(top - OVERSCAN / 2));
    return first >= this.from && heights.indexAt(top + height + OVERSCAN / 2) < this.to;
  }

  /** Takes the mean of what was measured for all that was not, whenever twice as much is known. Returns whether it did. */
  learn(): boolean {
    const {count, sum} = this.heights.measured;
    if (count < this.#learned) return false;
    this.#learned = count * 2;
    this.heights.estimate = sum / count;
    return true;
  }
}
