import {partitionPoint} from '../model/index.js';

/** A row whose height was measured. */
interface Measured {
  index: number;
  height: number;
}

/**
 * The heights of many rows, most of which have not been measured.
 *
 * A row that was not measured counts with the estimate, and changing that costs nothing. Only measured rows are stored, in order, with the
 * running sums of their heights. A change invalidates the sums after it; those before it stay valid, so that a query takes O(log n) while
 * somebody reads on or follows the end. All figures are CSS pixels.
 */
export class HeightIndex {
  /** What a row counts as until it is measured. */
  estimate: number;

  #rows: Measured[] = [];
  /** For each measured row, the sum of the heights of those before it. Sums that are missing at the end are computed when needed. */
  #sums = [0];
  #size = 0;

  constructor(estimate = 64) {
    this.estimate = estimate;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#size;
  }

  /** The height of all rows together. */
  get total(): number {
    return this.offsetOf(this.#size);
  }

  /** How many rows were measured, and the sum of their heights. */
  get measured(): {readonly count: number; readonly sum: number} {
    return {count: this.#rows.length, sum: this.#sumBefore(this.#rows.length)};
  }

  /** The height of a row, or `undefined` as long as it was not measured. */
  get(index: number): number | undefined {
    const row = this.#rows[this.#placeOf(index)];
    return row?.index === index ? row.height : undefined;
  }

  /** Sets the height of a row; `undefined` makes it unmeasured again. Does nothing outside the list. */
  set(index: number, height: number | undefined): void {
    const known = this.get(index);
    if (index < 0 || index >= this.#size || height === known) return;
    this.#splice(this.#placeOf(index), known === undefined ? 0 : 1, ...(height === undefined ? [] : [{index, height}]));
  }

  /** Where a row begins, from the beginning of the list. The index `size` gives the end of the list. */
  offsetOf(index: number): number {
    const at = Math.max(0, Math.min(index, this.#size));
    const place = this.#placeOf(at);
    return (at - place) * this.estimate + this.#sumBefore(place);
  }

  /** The row at an offset. For one before the list it is the first row, for one after it the last; -1 if there are no rows. */
  indexAt(offset: number): number {
    const place = partitionPoint(
      this.#rows.length,
      (i) => (this.#at(i).index - i) * this.estimate + this.#sumBefore(i) <= offset,
    );
    const row = this.#rows[place - 1];
    const next = row ? row.index + 1 : 0;
    const rest = Math.max(0, offset) - this.offsetOf(next);
    if (row && rest < 0) return row.index;
    return Math.min(this.#size - 1, next + (Math.floor(rest / this.estimate) || 0));
  }

  /** Adds unmeasured rows, the first of them at `index`. */
  insert(index: number, count: number): void {
    this.#size += count;
    this.#shift(index, count);
  }

  /** Removes rows, the first of them at `index`. */
  remove(index: number, count: number): void {
    const gone = Math.min(count, this.#size - index);
    const from = this.#placeOf(index);
    this.#splice(from, this.#placeOf(index + gone) - from);
    this.#size -= gone;
    this.#shift(index, -gone);
  }

  /** Starts again with this many rows, none of them measured. */
  reset(size: number): void {
    this.#splice(0, this.#rows.length);
    this.#size = size;
  }

  /** The place of a row among the measured rows: its own, or the one that it would get. */
  #placeOf(index: number): number {
    return partitionPoint(this.#rows.length, (place) => this.#at(place).index < index);
  }

  #at(place: number): Measured {
    return this.#rows[place] as Measured;
  }

  #splice(place: number, gone: number, ...come: Measured[]): void {
    this.#rows.splice(place, gone, ...come);
    this.#sums.length = Math.min(this.#sums.length, place + 1);
  }

  #sumBefore(place: number): number {
    const sums = this.#sums;
    for (let i = sums.length; i <= place; i++) sums.push((sums[i - 1] ?? 0) + this.#at(i - 1).height);
    return sums[place] ?? 0;
  }

  #shift(from: number, by: number): void {
    for (let i = this.#placeOf(from); i < this.#rows.length; i++) this.#at(i).index += by;
  }
}
