import type {Clock, Person, Timer} from '../model/index.js';
import type {ConversationStore} from '../store/index.js';

/** Lends the store a clock for those who are writing, so that nobody writes for ever. */
export class TypingWatch {
  readonly #store: ConversationStore;
  readonly #clock: Clock;
  readonly #changed: (people: readonly Person[]) => void;
  #timer: Timer | undefined;

  constructor(store: ConversationStore, clock: Clock, changed: (people: readonly Person[]) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#changed = changed;
  }

  start(person: Person): void {
    if (this.#store.startTyping(person, this.#clock.now())) this.show();
    this.#planExpiry();
  }

  /** Says again who is writing: the store may have taken somebody out whose message arrived. */
  show(): void {
    const {people} = this.#store.typing;
    this.#changed(people);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#store.typing.clear()) this.show();
  }

  #planExpiry(): void {
    const next = this.#store.typing.nextExpiry;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (next === null) return;
    const wait = Math.max(0, next - this.#clock.now());
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#store.typing.expire(this.#clock.now())) this.show();
      this.#planExpiry();
    }, wait);
  }
}
