import type {Message} from '../model/index.js';

/** How many changes may wait for the one before them; with more, all are dropped and must be fetched. */
const MAX_HELD = 1_000;

/** Changes by revision: those that follow one another without a hole are given out, those behind a hole are held. */
export class Prefix {
  readonly #held = new Map<number, Message>();
  #cursor: number | null = null;

  /** Every change up to this revision was given out or is known otherwise; `null` before `moveTo`. */
  get cursor(): number | null {
    return this.#cursor;
  }

  /** What waits for the one before it. */
  get held(): readonly Message[] {
    return [...this.#held.values()];
  }

  get hasHole(): boolean {
    return this.#held.size > 0;
  }

  /** Whether this revision is part of what is known already. */
  covers(revision: number): boolean {
    return this.#cursor !== null && revision <= this.#cursor;
  }

  /** Holds a change. Returns `false` when there were too many, and none is held any more. */
  hold(revision: number, message: Message): boolean {
    this.#held.set(revision, message);
    if (this.#held.size <= MAX_HELD) return true;
    this.#held.clear();
    return false;
  }

  /** Everything up to this revision is known. Never moves back. */
  moveTo(revision: number): void {
    this.#cursor = Math.max(this.#cursor ?? 0, revision);
    for (const held of this.#held.keys()) if (held <= this.#cursor) this.#held.delete(held);
  }

  /** Gives out, and holds no longer, what follows without a hole. */
  drain(): readonly Message[] {
    const ready: Message[] = [];
    if (this.#cursor === null) return ready;
    for (let next = this.#held.get(this.#cursor + 1); next; next = this.#held.get(this.#cursor + 1)) {
      this.#cursor += 1;
      this.#held.delete(this.#cursor);
      ready.push(next);
    }
    return ready;
  }

  clear(): void {
    this.#held.clear();
  }

  reset(): void {
    this.clear();
    this.#cursor = null;
  }
}
