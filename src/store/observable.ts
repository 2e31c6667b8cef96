import {Listeners, type ListenOptions, type Unsubscribe} from '../model/index.js';

/** A small state that can be followed. The state is a new object whenever something changed, the same object otherwise. */
export class Observable<State extends object> {
  readonly #listeners = new Listeners<[State]>();
  #state: State;

  constructor(initial: State) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after each change, before `set` returns. */
  subscribe(listener: (state: State) => void, options?: ListenOptions): Unsubscribe {
    return this.#listeners.add(listener, options);
  }

  /** Takes over what is different; tells nobody if nothing is. */
  set(change: Partial<State>): void {
    const keys = Object.keys(change) as (keyof State)[];
    if (keys.every((key) => Object.is(change[key], this.#state[key]))) return;
    this.#state = {...this.#state, ...change};
    this.#listeners.call(this.#state);
  }
}
