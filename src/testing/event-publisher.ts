import type {Clock, Timer} from '../model/index.js';
import type {Faults} from './faults.js';
import type {PusherPeer} from './pusher-peer.js';
import {shuffled} from './random.js';

/** How long a shuffled event waits for others at most (ms). */
const SHUFFLE_WAIT = 200;

/** The way from the backend to the socket server, with what can go wrong on it: loss, doubles, disorder, delay. */
export class EventPublisher {
  readonly #peer: PusherPeer;
  readonly #faults: Faults;
  readonly #clock: Clock;
  readonly #random: () => number;
  #waiting: (() => void)[] = [];
  #timer: Timer | undefined;

  constructor(parts: {peer: PusherPeer; faults: Faults; clock: Clock; random: () => number}) {
    this.#peer = parts.peer;
    this.#faults = parts.faults;
    this.#clock = parts.clock;
    this.#random = parts.random;
  }

  publish(channel: string, name: string, data: unknown): void {
    if (!this.#peer.running) return;
    const fault = this.#faults.eventList.strike(`${channel} ${name}`) ?? {};
    if (fault.drop) return;
    const send = (): void => {
      this.#peer.publish(channel, name, data);
      if (fault.duplicate) this.#peer.publish(channel, name, data);
    };
    if (fault.delay !== undefined) this.#clock.setTimeout(send, fault.delay);
    else if (fault.shuffle !== undefined) this.#hold(send, fault.shuffle);
    else send();
  }

  #hold(send: () => void, size: number): void {
    this.#waiting.push(send);
    this.#clock.clearTimeout(this.#timer);
    if (this.#waiting.length >= size) this.#release();
    else this.#timer = this.#clock.setTimeout(() => this.#release(), SHUFFLE_WAIT);
  }

  #release(): void {
    const events = shuffled(this.#waiting, this.#random);
    this.#waiting = [];
    for (const send of events) send();
  }
}
