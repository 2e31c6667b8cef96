import {partitionPoint} from '../model/index.js';

/** How many items a new piece has, and how many it may grow to. */
const PIECE = 1_024;
const MAX_PIECE = 2 * PIECE;

/**
 * A sorted list in pieces, so that inserting and removing moves the items of one piece rather than all that follow. Finding takes O(log n),
 * adding at the end O(1).
 */
export class SortedList<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  #size = 0;
  /** No piece is empty. */
  #pieces: Item[][] = [];
  /** The index at which each piece begins; valid up to and including the piece `#known`. */
  readonly #starts = [0];
  #known = 0;

  /** `compare` is negative if `a` stands before `b`, and 0 only for the same item. */
  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  at(index: number): Item | undefined {
    if (index < 0 || index >= this.#size) return undefined;
    const piece = this.#pieceOf(index);
    return this.#pieces[piece]?.[index - this.#startOf(piece)];
  }

  /** The items from index `from` up to but not including `to`. */
  slice(from: number, to: number): Item[] {
    const found: Item[] = [];
    const end = Math.min(to, this.#size);
    for (let index = Math.max(0, from); index < end;) {
      const piece = this.#pieceOf(index);
      const start = this.#startOf(piece);
      for (const item of this.#pieces[piece]?.slice(index - start, end - start) ?? []) found.push(item);
      index = start + (this.#pieces[piece]?.length ?? end);
    }
    return found;
  }

  /** How many items stand before this one: its own index if it is in the list, else the index it would get. */
  rank(item: Item): number {
    const piece = partitionPoint(this.#pieces.length, (i) => this.#isBefore(this.#pieces[i]?.at(-1), item));
    const items = this.#pieces[piece];
    return items ? this.#startOf(piece) + partitionPoint(items.length, (i) => this.#isBefore(items[i], item)) : this.#size;
  }

  /** Puts in items that stand next to each other in the order, the first of them at `index`. */
  insert(index: number, items: readonly Item[]): void {
    // What comes at the end goes on with the last piece.
    const piece = index < this.#size ? this.#pieceOf(index) : Math.max(0, this.#pieces.length - 1);
    const old = this.#pieces[piece] ?? [];
    const place = index - this.#startOf(piece);
    this.#size += items.length;
    this.#forgetBehind(piece);
    if (items.length === 1 && old.length > 0 && old.length < MAX_PIECE) return void old.splice(place, 0, ...items);
    // At the end a full piece stays as it is: nothing comes into it any more.
    const kept = place === old.length && old.length >= PIECE ? [old] : [];
    const open = kept.length > 0 ? [] : old;
    const all = open.length > 0 ? [...open.slice(0, place), ...items, ...open.slice(place)] : items;
    for (let from = 0; from < all.length; from += PIECE) kept.push(all.slice(from, from + PIECE));
    this.#pieces.splice(piece, 1, ...kept);
  }

  /** Puts an item in the place of another one, whose place in the order is the same. */
  replace(index: number, item: Item): void {
    const piece = this.#pieceOf(index);
    this.#pieces[piece]?.splice(index - this.#startOf(piece), 1, item);
  }

  remove(index: number): void {
    const piece = this.#pieceOf(index);
    const items = this.#pieces[piece];
    items?.splice(index - this.#startOf(piece), 1);
    this.#size -= 1;
    this.#forgetBehind(piece);
    if (items?.length === 0) this.#pieces.splice(piece, 1);
  }

  /** Leaves only these, which are in order. */
  reset(items: readonly Item[]): void {
    this.#pieces = [];
    this.#size = this.#known = 0;
    this.insert(0, items);
  }

  #isBefore(a: Item | undefined, b: Item): boolean {
    return a !== undefined && this.#compare(a, b) < 0;
  }

  #pieceOf(index: number): number {
    return partitionPoint(this.#pieces.length, (piece) => this.#startOf(piece + 1) <= index);
  }

  /** Where a piece begins. Computed from the last valid one on, since a change leaves what comes before it valid. */
  #startOf(piece: number): number {
    for (; this.#known < piece; this.#known++) {
      this.#starts[this.#known + 1] = (this.#starts[this.#known] ?? 0) + (this.#pieces[this.#known]?.length ?? 0);
    }
    return this.#starts[piece] ?? 0;
  }

  #forgetBehind(piece: number): void {
    this.#known = Math.min(this.#known, piece);
  }
}
