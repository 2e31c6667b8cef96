import {ApiError, idKey, Person, sameId, type Id, type IdKey, type PersonData, type Timer} from '../model/index.js';
import type {ConversationContext} from './conversation-context.js';
import {isOfMissingRoute} from './missing-route.js';

/** The person's typing is reported at most once in this time (ms). */
const INTERVAL = 1_000;

/** How long somebody counts as typing after the last sign of it (ms). */
const TTL = 6_000;

/** How many people are remembered as typing. A hostile peer may claim any number of names. */
const MAX_PEOPLE = 50;

/** Who is typing: reports that the person is, and keeps a list of the others who are. */
export class Typing {
  readonly #context: ConversationContext;
  readonly #people = new Map<IdKey, {readonly person: Person; timer: Timer}>();
  #lastTold = Number.NEGATIVE_INFINITY;
  /** Until when nothing is reported by REST (ms since the epoch). */
  #quietUntil = 0;

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  /** Reports that the person is typing. Never queued: what cannot be sent now is of no interest later. */
  tell(): void {
    const {id, session} = this.#context;
    const {clock, userId} = session;
    const now = clock.now();
    // A clock that was set back must not silence somebody for hours.
    if (now < this.#lastTold) this.#quietUntil = 0;
    else if (now - this.#lastTold < INTERVAL) return;
    this.#lastTold = now;
    const self = this.#participant(userId);
    const user = self && {id: self.id, name: self.name};
    if (user && session.whisper(id, 'client-typing', {type: 'typing', data: {conversation_id: id, user}})) return;
    if (now >= this.#quietUntil) void this.#tellByRest();
  }

  async #tellByRest(): Promise<void> {
    const {id, session} = this.#context;
    let quietUntil = 0;
    // One at a time: a browser has six connections to a server, and behind six answers that are slow a message would wait.
    this.#quietUntil = Infinity;
    try {
      await session.api.sendTyping(id);
    } catch (error) {
      const failure = ApiError.from(error);
      // A server that limits its requests needs those that are left for messages.
      if (failure.retryAfter !== null) quietUntil = session.clock.now() + failure.retryAfter;
      if (isOfMissingRoute(failure)) quietUntil = Infinity;
    }
    this.#quietUntil = quietUntil;
  }

  /** Somebody is typing. The person who uses the page is ignored. */
  start(person: Person): void {
    const {clock, userId} = this.#context.session;
    const key = idKey(person.id);
    const known = this.#people.get(key);
    if (sameId(person.id, userId) || (!known && this.#people.size >= MAX_PEOPLE)) return;
    clock.clearTimeout(known?.timer);
    const timer = clock.setTimeout(() => this.stop(person.id), TTL);
    // A peer who whispers may call itself anything, so the name is the one that the server gave, if it did.
    this.#people.set(key, {person: known?.person ?? new Person(this.#participant(person.id) ?? person), timer});
    if (!known) this.#show();
  }

  /** Somebody is no longer typing: the message has arrived, or the time is up. */
  stop(id: Id): void {
    const key = idKey(id);
    this.#context.session.clock.clearTimeout(this.#people.get(key)?.timer);
    if (this.#people.delete(key)) this.#show();
  }

  clear(): void {
    for (const {person} of this.#people.values()) this.stop(person.id);
  }

  #participant(id: Id | null): PersonData | undefined {
    return this.#context.state.state.conversation?.participants.find((person) => sameId(person.id, id));
  }

  #show(): void {
    this.#context.state.set({typing: [...this.#people.values()].map(({person}) => person)});
  }
}
