import {idKey, sameId, type Id, type IdKey, type Person} from '../model/index.js';

/** How long somebody counts as writing after the last sign of it (ms). A sign is sent at most once a second while writing. */
export const TYPING_TTL = 6_000;

/** More people than this are not kept: a hostile peer may claim any number of names. */
const MAX_TYPING = 50;

/** Who is writing at the moment. It has no clock: whoever holds it says what time it is. */
export class TypingPeople {
  readonly #until = new Map<IdKey, {readonly person: Person; until: number}>();

  /** Those who are writing, the first to begin first. */
  get people(): readonly Person[] {
    return [...this.#until.values()].map(({person}) => person);
  }

  /** When the first of them will no longer count as writing (ms since the epoch); `null` if nobody is. */
  get nextExpiry(): number | null {
    let next: number | null = null;
    for (const {until} of this.#until.values()) if (next === null || until < next) next = until;
    return next;
  }

  /** Returns whether `people` is different now. */
  start(person: Person, now: number): boolean {
    const key = idKey(person.id);
    const known = this.#until.get(key);
    if (known) {
      known.until = now + TYPING_TTL;
      return false;
    }
    if (this.#until.size >= MAX_TYPING) return false;
    this.#until.set(key, {person, until: now + TYPING_TTL});
    return true;
  }

  /** A message of that person arrived, so the writing is over. */
  stop(id: Id): boolean {
    return this.#until.delete(idKey(id));
  }

  /** Forgets those whose time is up, and those whose end lies so far off that the clock must have been set back. */
  expire(now: number): boolean {
    let changed = false;
    for (const [key, {until}] of this.#until) {
      if (until > now && until - now <= TYPING_TTL) continue;
      this.#until.delete(key);
      changed = true;
    }
    return changed;
  }

  clear(): boolean {
    const had = this.#until.size > 0;
    this.#until.clear();
    return had;
  }

  has(id: Id): boolean {
    return [...this.#until.values()].some(({person}) => sameId(person.id, id));
  }
}
