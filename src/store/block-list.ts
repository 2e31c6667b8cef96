/** How many items a block may hold before it is split in two. */
const BLOCK = 512;

/**
 * Items in sorted order, kept in blocks so that none of the operations touches them all.
 *
 * Adding at the end costs O(1), finding O(log n), and adding or removing elsewhere O(log n + BLOCK); the first look-up by index after
 * that also recounts the blocks (n / BLOCK additions: some 400 at 100,000 items).
 */
export class BlockList<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  #blocks: Item[][] = [];
  /** The index of each block's first item. Only the first `#counted` entries are true. */
  #starts: number[] = [];
  #counted = 0;
  #size = 0;

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  at(index: number): Item | undefined {
    if (index < 0 || index >= this.#size) return undefined;
    const block = this.#blockAt(index);
    return this.#blocks[block]?.[index - this.#start(block)];
  }

  slice(from: number, to: number): Item[] {
    const result: Item[] = [];
    let index = Math.max(0, from);
    const end = Math.min(this.#size, to);
    while (index < end) {
      const block = this.#blockAt(index);
      const start = this.#start(block);
      const part = this.#blocks[block]?.slice(index - start, end - start) ?? [];
      result.push(...part);
      index += part.length;
    }
    return result;
  }

  /** How many items stand before `item`: its own index if it is in the list, else the index it would get. */
  rank(item: Item): number {
    const block = this.#blockOf(item);
    if (block >= this.#blocks.length) return this.#size;
    return this.#start(block) + lowerBound(this.#blocks[block] ?? [], item, this.#compare);
  }

  /** Puts sorted items, between which nothing of the list belongs, to their place; returns the index of the first. */
  insertRun(items: readonly Item[]): number {
    const first = items[0];
    if (first === undefined) return this.#size;
    const last = this.#blocks.at(-1)?.at(-1);
    if (last === undefined || this.#compare(last, first) < 0) return this.#append(items);
    const block = this.#blockOf(first);
    const target = this.#blocks[block] ?? [];
    const offset = lowerBound(target, first, this.#compare);
    const index = this.#start(block) + offset;
    target.splice(offset, 0, ...items);
    this.#size += items.length;
    this.#split(block);
    this.#counted = Math.min(this.#counted, block + 1);
    return index;
  }

  /** Takes out one item; returns the index it had, -1 if it was not there. */
  remove(item: Item): number {
    const block = this.#blockOf(item);
    const target = this.#blocks[block];
    if (!target) return -1;
    const offset = lowerBound(target, item, this.#compare);
    const found = target[offset];
    if (found === undefined || this.#compare(found, item) !== 0) return -1;
    const index = this.#start(block) + offset;
    target.splice(offset, 1);
    if (target.length === 0) this.#blocks.splice(block, 1);
    this.#size -= 1;
    this.#counted = Math.min(this.#counted, target.length === 0 ? block : block + 1);
    return index;
  }

  clear(): void {
    this.#blocks = [];
    this.#starts = [];
    this.#counted = 0;
    this.#size = 0;
  }

  #append(items: readonly Item[]): number {
    const index = this.#size;
    for (const item of items) {
      let block = this.#blocks.at(-1);
      if (!block || block.length >= BLOCK) {
        block = [];
        this.#blocks.push(block);
      }
      block.push(item);
    }
    this.#size += items.length;
    return index;
  }

  #split(block: number): void {
    const items = this.#blocks[block];
    if (!items || items.length <= BLOCK) return;
    const parts: Item[][] = [];
    for (let from = 0; from < items.length; from += BLOCK / 2) parts.push(items.slice(from, from + BLOCK / 2));
    this.#blocks.splice(block, 1, ...parts);
  }

  #start(block: number): number {
    while (this.#counted <= block) {
      const before = this.#counted - 1;
      this.#starts[this.#counted] = before < 0 ? 0 : (this.#starts[before] ?? 0) + (this.#blocks[before]?.length ?? 0);
      this.#counted += 1;
    }
    return this.#starts[block] ?? 0;
  }

  #blockAt(index: number): number {
    this.#start(this.#blocks.length - 1);
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The block in which `item` is or would be: the first whose last item does not stand before it. */
  #blockOf(item: Item): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#blocks[middle]?.at(-1);
      if (last !== undefined && this.#compare(last, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lowerBound<Item>(items: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = items[middle];
    if (other !== undefined && compare(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
