/** A row that was measured. */
interface Measured {
  index: number;
  height: number;
}

/**
 * The heights of many rows, most of which nobody has measured yet.
 *
 * A row that was not measured counts as the estimate, which may change at any time for nothing. Only those that were are kept, in
 * order, so that what a question costs does not grow with the list, but with how much of it was ever on the screen. All figures
 * are CSS pixels.
 */
export class HeightIndex {
  /** What a row counts as until it is measured. */
  estimate: number;

  #rows: Measured[] = [];
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

  /** How many rows were measured, and how high they are together. */
  get measured(): {readonly count: number; readonly sum: number} {
    return {count: this.#rows.length, sum: this.#rows.reduce((sum, {height}) => sum + height, 0)};
  }

  /** The height of a row, or `undefined` as long as it was not measured. */
  get(index: number): number | undefined {
    const row = this.#rows[this.#placeOf(index)];
    return row?.index === index ? row.height : undefined;
  }

  /** Takes down the height of a row; `undefined` forgets it. Does nothing outside the list. */
  set(index: number, height: number | undefined): void {
    if (index < 0 || index >= this.#size) return;
    const known = this.get(index) === undefined ? 0 : 1;
    this.#rows.splice(this.#placeOf(index), known, ...(height === undefined ? [] : [{index, height}]));
  }

  /** Where a row begins, from the beginning of the list. The index `size` gives the end of the list. */
  offsetOf(index: number): number {
    let offset = Math.max(0, Math.min(index, this.#size)) * this.estimate;
    for (const row of this.#rows) {
      if (row.index >= index) break;
      offset += row.height - this.estimate;
    }
    return offset;
  }

  /** The row at an offset: the first one before the list, the last one behind it; -1 while there is none. */
  indexAt(offset: number): number {
    let rest = Math.max(0, offset);
    let next = 0;
    for (const {index, height} of this.#rows) {
      const between = (index - next) * this.estimate;
      if (rest < between) break;
      rest -= between + height;
      if (rest < 0) return index;
      next = index + 1;
    }
    return Math.min(this.#size - 1, next + (Math.floor(rest / this.estimate) || 0));
  }

  /** Adds rows nobody has measured, the first of which comes to stand at `index`. */
  insert(index: number, count: number): void {
    this.#size += count;
    this.#shift(index, count);
  }

  /** Takes rows out, the first of which stands at `index`. */
  remove(index: number, count: number): void {
    const gone = Math.min(count, this.#size - index);
    const from = this.#placeOf(index);
    this.#rows.splice(from, this.#placeOf(index + gone) - from);
    this.#size -= gone;
    this.#shift(index, -gone);
  }

  /** Begins again with these many rows, none of them measured. */
  reset(size: number): void {
    this.#rows = [];
    this.#size = size;
  }

  /** Where among those that were measured a row stands, or would stand. */
  #placeOf(index: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle]?.index ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #shift(from: number, by: number): void {
    for (const row of this.#rows) if (row.index >= from) row.index += by;
  }
}
