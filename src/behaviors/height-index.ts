/** How many free slots there are at each end of a fresh tree, at least. */
const MIN_ROOM = 64;

/**
 * The heights of many rows, most of which nobody has measured yet.
 *
 * Answers where a row begins and which row is at an offset in O(log n). A row that was not measured counts as the estimate, which
 * may change at any time in O(1). Rows come and go at both ends in O(log n) each, amortised, and elsewhere at the cost of the way to
 * the nearer end. All figures are CSS pixels.
 *
 * Two Fenwick trees over slots, one of measured heights and one of how many slots are measured, with free slots at both ends. A
 * free slot counts as measured with height 0, so that it takes no room.
 */
export class HeightIndex {
  #heights = new Float64Array(0);
  #sums = new Float64Array(0);
  #counts = new Int32Array(0);
  #head = 0;
  #size = 0;
  #estimate: number;

  constructor(estimate = 64) {
    this.#estimate = estimate;
    this.#rebuild([], MIN_ROOM, MIN_ROOM);
  }

  /** How many rows there are. */
  get size(): number {
    return this.#size;
  }

  /** What a row counts as until it is measured. */
  get estimate(): number {
    return this.#estimate;
  }

  set estimate(height: number) {
    this.#estimate = height;
  }

  /** The height of all rows together. */
  get total(): number {
    return this.offsetOf(this.#size);
  }

  /** How many rows were measured, and how high they are together. */
  get measured(): {readonly count: number; readonly sum: number} {
    const end = this.#head + this.#size;
    return {count: this.#count(end) - this.#head, sum: this.#sum(end)};
  }

  /** The height of a row, or `undefined` as long as it was not measured. */
  get(index: number): number | undefined {
    const height = index >= 0 && index < this.#size ? this.#heights[this.#head + index] : undefined;
    return height === undefined || Number.isNaN(height) ? undefined : height;
  }

  /** Takes down the height of a row; `undefined` forgets it. Does nothing outside the list. */
  set(index: number, height: number | undefined): void {
    if (index >= 0 && index < this.#size) this.#put(this.#head + index, height ?? Number.NaN);
  }

  /** Where a row begins, from the beginning of the list. The index `size` gives the end of the list. */
  offsetOf(index: number): number {
    const slot = this.#head + Math.max(0, Math.min(index, this.#size));
    return this.#sum(slot) + (slot - this.#count(slot)) * this.#estimate;
  }

  /** The row at an offset: the first one before the list, the last one behind it; -1 while there is none. */
  indexAt(offset: number): number {
    if (this.#size === 0) return -1;
    let slot = 0;
    let rest = Math.max(0, offset);
    for (let step = highestBit(this.#heights.length); step > 0; step >>= 1) {
      const next = slot + step;
      if (next > this.#heights.length) continue;
      const height = (this.#sums[next] ?? 0) + (step - (this.#counts[next] ?? 0)) * this.#estimate;
      if (height > rest) continue;
      slot = next;
      rest -= height;
    }
    return Math.max(0, Math.min(this.#size - 1, slot - this.#head));
  }

  /** Adds rows nobody has measured, the first of which comes to stand at `index`. */
  insert(index: number, count: number): void {
    const at = Math.max(0, Math.min(index, this.#size));
    const after = this.#size - at;
    if (at < after) {
      if (this.#head < count) this.#makeRoom(count);
      this.#move(this.#head, this.#head - count, at);
      this.#head -= count;
    } else {
      if (this.#heights.length - this.#head - this.#size < count) this.#makeRoom(count);
      this.#move(this.#head + at, this.#head + at + count, after);
    }
    this.#size += count;
    for (let slot = this.#head + at; slot < this.#head + at + count; slot++) this.#put(slot, Number.NaN);
  }

  /** Takes rows out, the first of which stands at `index`. */
  remove(index: number, count: number): void {
    const at = Math.max(0, Math.min(index, this.#size));
    const gone = Math.max(0, Math.min(count, this.#size - at));
    const after = this.#size - at - gone;
    if (at < after) {
      this.#move(this.#head, this.#head + gone, at);
      for (let slot = this.#head; slot < this.#head + gone; slot++) this.#put(slot, 0);
      this.#head += gone;
    } else {
      this.#move(this.#head + at + gone, this.#head + at, after);
      for (let slot = this.#head + at + after; slot < this.#head + this.#size; slot++) this.#put(slot, 0);
    }
    this.#size -= gone;
  }

  /** Begins again with these many rows, none of them measured. */
  reset(size: number): void {
    this.#rebuild(new Float64Array(size).fill(Number.NaN), MIN_ROOM, Math.max(MIN_ROOM, size >> 1));
  }

  #makeRoom(count: number): void {
    const room = Math.max(MIN_ROOM, count, this.#size >> 1);
    this.#rebuild(this.#heights.slice(this.#head, this.#head + this.#size), room + count, room + count);
  }

  #rebuild(heights: ArrayLike<number>, before: number, after: number): void {
    const slots = before + heights.length + after;
    this.#head = before;
    this.#size = heights.length;
    this.#heights = new Float64Array(slots);
    this.#heights.set(heights, before);
    this.#sums = new Float64Array(slots + 1);
    this.#counts = new Int32Array(slots + 1);
    for (let node = 1; node <= slots; node++) {
      const height = this.#heights[node - 1] ?? 0;
      this.#sums[node] = (this.#sums[node] ?? 0) + (Number.isNaN(height) ? 0 : height);
      this.#counts[node] = (this.#counts[node] ?? 0) + (Number.isNaN(height) ? 0 : 1);
      const parent = node + (node & -node);
      if (parent > slots) continue;
      this.#sums[parent] = (this.#sums[parent] ?? 0) + (this.#sums[node] ?? 0);
      this.#counts[parent] = (this.#counts[parent] ?? 0) + (this.#counts[node] ?? 0);
    }
  }

  /** Copies `count` slots, in the order that does not overwrite what is still to be copied. */
  #move(from: number, to: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const offset = to < from ? i : count - 1 - i;
      this.#put(to + offset, this.#heights[from + offset] ?? Number.NaN);
    }
  }

  #put(slot: number, height: number): void {
    const before = this.#heights[slot] ?? 0;
    if (Object.is(before, height)) return;
    this.#heights[slot] = height;
    const sum = (Number.isNaN(height) ? 0 : height) - (Number.isNaN(before) ? 0 : before);
    const count = Number(!Number.isNaN(height)) - Number(!Number.isNaN(before));
    for (let node = slot + 1; node <= this.#heights.length; node += node & -node) {
      this.#sums[node] = (this.#sums[node] ?? 0) + sum;
      this.#counts[node] = (this.#counts[node] ?? 0) + count;
    }
  }

  #sum(slot: number): number {
    let sum = 0;
    for (let node = slot; node > 0; node -= node & -node) sum += this.#sums[node] ?? 0;
    return sum;
  }

  #count(slot: number): number {
    let count = 0;
    for (let node = slot; node > 0; node -= node & -node) count += this.#counts[node] ?? 0;
    return count;
  }
}

function highestBit(value: number): number {
  return value > 0 ? 1 << (31 - Math.clz32(value)) : 0;
}
