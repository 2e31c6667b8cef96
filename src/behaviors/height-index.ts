/** How many rows a block holds when it is made; with more than twice as many it is divided. */
const BLOCK = 256;

/** Rows that stand together. A height that was not measured is NaN. */
interface Block {
  readonly rows: number[];
  /** How high the measured ones are together. */
  sum: number;
  /** How many were measured. */
  count: number;
}

/**
 * The heights of many rows, most of which nobody has measured yet.
 *
 * A row that was not measured counts as the estimate, which may change at any time for nothing. Rows are kept in blocks that know
 * their sums, so that each question and each change looks at the blocks, of which 100,000 rows have four hundred, and into one of
 * them. All figures are CSS pixels.
 */
export class HeightIndex {
  /** What a row counts as until it is measured. */
  estimate: number;

  #blocks: Block[] = [];
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
    return this.#blocks.reduce((all, {count, sum}) => ({count: all.count + count, sum: all.sum + sum}), {count: 0, sum: 0});
  }

  /** The height of a row, or `undefined` as long as it was not measured. */
  get(index: number): number | undefined {
    const {first, start} = this.#blockAt(index);
    const height = this.#blocks[first]?.rows[index - start] ?? Number.NaN;
    return Number.isNaN(height) ? undefined : height;
  }

  /** Takes down the height of a row; `undefined` forgets it. Does nothing outside the list. */
  set(index: number, height: number | undefined): void {
    const {first, start} = this.#blockAt(index);
    const block = this.#blocks[first];
    const before = block?.rows[index - start];
    if (!block || before === undefined) return;
    if (!Number.isNaN(before)) {
      block.sum -= before;
      block.count -= 1;
    }
    if (height !== undefined) {
      block.sum += height;
      block.count += 1;
    }
    block.rows[index - start] = height ?? Number.NaN;
  }

  /** Where a row begins, from the beginning of the list. The index `size` gives the end of the list. */
  offsetOf(index: number): number {
    let offset = 0;
    let left = index;
    for (const block of this.#blocks) {
      if (left < block.rows.length) {
        for (let i = 0; i < left; i++) offset += this.#known(block.rows[i]);
        break;
      }
      offset += this.#heightOf(block);
      left -= block.rows.length;
    }
    return offset;
  }

  /** The row at an offset: the first one before the list, the last one behind it; -1 while there is none. */
  indexAt(offset: number): number {
    let rest = Math.max(0, offset);
    let index = 0;
    for (const block of this.#blocks) {
      if (this.#heightOf(block) <= rest) {
        rest -= this.#heightOf(block);
        index += block.rows.length;
        continue;
      }
      for (const row of block.rows) {
        rest -= this.#known(row);
        if (rest < 0) return index;
        index += 1;
      }
    }
    return this.#size - 1;
  }

  /** Adds rows nobody has measured, the first of which comes to stand at `index`. */
  insert(index: number, count: number): void {
    this.#splice(index, 0, count);
  }

  /** Takes rows out, the first of which stands at `index`. */
  remove(index: number, count: number): void {
    this.#splice(index, count, 0);
  }

  /** Begins again with these many rows, none of them measured. */
  reset(size: number): void {
    this.#blocks = [];
    this.#size = 0;
    this.insert(0, size);
  }

  #splice(index: number, gone: number, come: number): void {
    const at = Math.max(0, Math.min(index, this.#size));
    const end = Math.min(this.#size, at + gone);
    const {first, start} = this.#blockAt(at);
    const touched: number[] = [];
    let last = first;
    do touched.push(...(this.#blocks[last++]?.rows ?? []));
    while (start + touched.length < end);
    const rows = [...touched.slice(0, at - start), ...new Array<number>(come).fill(Number.NaN), ...touched.slice(end - start)];
    this.#blocks.splice(first, last - first, ...inBlocks(rows));
    this.#size += come - (end - at);
  }

  /** The block that holds a row, or that one behind the last row would be added to, and the index of its first row. */
  #blockAt(index: number): {readonly first: number; readonly start: number} {
    let first = 0;
    let start = 0;
    for (; first < this.#blocks.length - 1; first++) {
      const length = this.#blocks[first]?.rows.length ?? 0;
      if (index < start + length) break;
      start += length;
    }
    return {first, start};
  }

  #heightOf({rows, sum, count}: Block): number {
    return sum + (rows.length - count) * this.estimate;
  }

  #known(height = Number.NaN): number {
    return Number.isNaN(height) ? this.estimate : height;
  }
}

function inBlocks(rows: readonly number[]): Block[] {
  const size = rows.length > 2 * BLOCK ? Math.ceil(rows.length / Math.ceil(rows.length / BLOCK)) : rows.length;
  const blocks: Block[] = [];
  for (let i = 0; i < rows.length; i += size) {
    const some = rows.slice(i, i + size);
    const measured = some.filter((height) => !Number.isNaN(height));
    blocks.push({rows: some, count: measured.length, sum: measured.reduce((sum, height) => sum + height, 0)});
  }
  return blocks;
}
