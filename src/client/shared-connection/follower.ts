import {Alarm} from '../../connection/alarm.js';
import type {ChannelAuth} from '../../connection/types.js';
import type {Place, Role} from './role.js';
import type {TabMessage} from './tab-message.js';

/** A leader that was not heard for this long (ms) is asked for a sign of life. */
const BEAT = 2_000;
/** After this many questions without an answer the leader is taken for dead. */
const QUESTIONS = 3;

/**
 * A tab that uses the socket of another tab, the leader. The follower asks for signs of life, rather than the leader sending them by
 * itself: in a hidden tab timers run only once a minute, but it still answers messages at once.
 */
export class Follower implements Role {
  readonly #place: Place;
  readonly #beat: Alarm;
  readonly #channels = new Set<string>();
  #leader: string | null = null;
  #socketId: string | null = null;
  #isHeard = false;
  /** Questions in a row without an answer. */
  #questions = 0;

  constructor(place: Place) {
    this.#place = place;
    this.#beat = new Alarm(place.clock);
  }

  /** Whether it has a socket. */
  get isWelcome(): boolean {
    return this.#socketId !== null;
  }

  start(): void {
    this.#place.expectWelcome();
    this.#ask();
    this.#watch();
  }

  subscribe(channel: string, auth: ChannelAuth | null): void {
    if (this.#leader === null || this.#socketId === null) return;
    this.#channels.add(channel);
    // Where a function of the page has permitted it, its answer may hold what no tab can tell another one.
    const plain = auth && {auth: auth.auth, channelData: auth.channelData};
    this.#place.tell({type: 'subscribe', to: this.#leader, channel, auth: plain});
  }

  unsubscribe(channel: string): void {
    if (this.#channels.delete(channel) && this.#leader !== null)
      this.#place.tell({type: 'unsubscribe', to: this.#leader, channel});
  }

  send(event: string, data: object, channel: string | null = null): boolean {
    if (this.#leader === null || this.#socketId === null) return false;
    this.#place.tell({type: 'send', to: this.#leader, event, data: JSON.stringify(data), channel});
    return true;
  }

  take(message: TabMessage): void {
    const {type, from} = message;
    if (type === 'leading' && from !== this.#leader) this.#follow(from);
    if (type === 'alive' || type === 'welcome') this.#leader ??= from;
    if (from !== this.#leader) return;
    this.#isHeard = true;
    this.#hear(message);
  }

  end(): void {
    this.#beat.clear();
  }

  #hear(message: TabMessage): void {
    const {handler} = this.#place;
    switch (message.type) {
      case 'welcome':
        return this.#takeWelcome(message.socketId);
      case 'frame':
        return handler.onFrame();
      case 'complaint':
        return handler.onServerError(message.code, message.message);
      case 'closed':
        return this.#place.lose(message.close);
      case 'event':
        return this.#channels.has(message.event.channel) ? handler.onEvent(message.event) : undefined;
      case 'subscribed':
        if (message.only !== null && message.only !== this.#place.id) return;
        return this.#channels.has(message.channel)
          ? handler.onSubscribed(message.channel, message.members ?? undefined)
          : undefined;
      case 'refused':
        return this.#channels.has(message.channel) ? handler.onSubscriptionError(message.channel, message.status) : undefined;
    }
  }

  /** Follows another leader from now on. Nothing is lost in between: after the welcome the tab catches up. */
  #follow(leader: string): void {
    this.#leader = leader;
    this.#socketId = null;
    this.#questions = 0;
    this.#place.expectWelcome();
    this.#ask();
  }

  #takeWelcome(socketId: string): void {
    if (socketId === this.#socketId) return;
    this.#socketId = socketId;
    this.#channels.clear();
    this.#place.welcome(socketId);
  }

  #ask(): void {
    this.#questions += 1;
    this.#place.tell({type: 'ask', to: this.#leader});
  }

  #watch(): void {
    this.#beat.set(BEAT, () => {
      if (this.#isHeard) this.#questions = 0;
      else if (this.#questions >= QUESTIONS) return this.#place.takeOver();
      else this.#ask();
      this.#isHeard = false;
      this.#watch();
    });
  }
}
