import {sameId, type Id, type Person, type Timer} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';

/** Typing is told at most once in this time (ms). */
const INTERVAL = 1_000;

/** Who is writing, here and there: tells the others of the person, and shows and forgets the others. */
export class Typing {
  readonly #context: ConversationContext;
  #lastTold = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  /** Tells that the person is writing. Never queued: what cannot be told now is of no interest later. */
  tell(): void {
    const {id, host} = this.#context;
    const {api, clock} = host.session;
    const now = clock.now();
    // A clock that was set back must not silence somebody for hours.
    if (now >= this.#lastTold && now - this.#lastTold < INTERVAL) return;
    this.#lastTold = now;
    const self = this.#self;
    if (self && host.session.whisper(id, 'client-typing', {type: 'typing', data: {conversation_id: id, user: self}})) return;
    api.sendTyping(id).catch(() => undefined);
  }

  /** Somebody else is writing. */
  start(person: Person): void {
    const {store, host} = this.#context;
    store.startTyping(person, host.session.clock.now());
    this.show();
  }

  /** Shows who is writing as the store has it: it takes out by itself whose message arrived. */
  show(): void {
    const {store, state, host} = this.#context;
    const {clock} = host.session;
    const {people, nextExpiry} = store.typing;
    const {typing} = state.state;
    if (people.length !== typing.length || people.some((person, index) => person !== typing[index])) state.set({typing: people});
    clock.clearTimeout(this.#timer);
    this.#timer = nextExpiry === null ? undefined : clock.setTimeout(() => this.#expire(), Math.max(0, nextExpiry - clock.now()));
  }

  stop(): void {
    this.#context.store.typing.clear();
    this.show();
  }

  #expire(): void {
    const {store, host} = this.#context;
    store.typing.expire(host.session.clock.now());
    this.show();
  }

  get #self(): {readonly id: Id; readonly name: string} | null {
    const {state, host} = this.#context;
    const own = state.state.conversation?.participants.find(({id}) => sameId(id, host.session.userId));
    return own ? {id: own.id, name: own.name} : null;
  }
}
