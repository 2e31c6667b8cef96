import type {Clock} from '../model/index.js';
import {Alarm} from './alarm.js';

/** How often it is looked for frames (ms). */
const TICK = 5000;
/** After this many ticks without a frame, which is 15 s, a ping is sent. */
const QUIET_TICKS = 3;
/** How long an answer to such a ping may take, and one to a probe (ms). */
const PONG_WAIT = 6000;
const PROBE_WAIT = 4000;
/** After how long an unanswered probe shows in the status (ms). */
const DOUBT_AFTER = 1500;
/** A timer that is later than this (ms) was held up: the machine was asleep, or the browser throttles the page. */
const LATE = 5000;

/** What `Liveness` calls. */
export interface LivenessHandler {
  /** Sends a ping. Returns whether there was a socket to send it on. */
  ping(): boolean;
  /** A probe has not been answered for 1.5 s. */
  onDoubt(): void;
  /** A ping was not answered in time. */
  onDead(): void;
  /** A timer was late by `ms`; negative if the clock was set back. */
  onLate(ms: number): void;
}

/**
 * Tells a dead connection from a silent one. After 15 s without a frame it sends a ping, and only if that is not answered is the
 * connection dead. Silence alone proves nothing: a tab that the browser throttles hears nothing either.
 */
export class Liveness {
  readonly #clock: Clock;
  readonly #handler: LivenessHandler;
  readonly #tick: Alarm;
  readonly #pong: Alarm;
  readonly #doubt: Alarm;
  #quietTicks = 0;

  constructor(clock: Clock, handler: LivenessHandler) {
    this.#clock = clock;
    this.#handler = handler;
    this.#tick = new Alarm(clock);
    this.#pong = new Alarm(clock);
    this.#doubt = new Alarm(clock);
  }

  start(): void {
    this.stop();
    this.#nextTick();
  }

  stop(): void {
    this.#quietTicks = 0;
    for (const alarm of [this.#tick, this.#pong, this.#doubt]) alarm.clear();
  }

  /** A frame has arrived. */
  frame(): void {
    this.#quietTicks = 0;
    this.#pong.clear();
    this.#doubt.clear();
  }

  /** Sends a ping now and waits 4 s for the answer. For moments at which the connection may have died unnoticed. */
  probe(): void {
    if (this.#tick.due === null) return;
    if (this.#doubt.due === null) this.#doubt.set(DOUBT_AFTER, () => this.#handler.onDoubt());
    this.#ask(PROBE_WAIT);
  }

  #nextTick(): void {
    const due = this.#clock.now() + TICK;
    this.#tick.set(TICK, () => {
      const late = this.#clock.now() - due;
      this.#quietTicks += 1;
      this.#nextTick();
      if (Math.abs(late) > LATE) this.#handler.onLate(late);
      else if (this.#quietTicks >= QUIET_TICKS) this.#ask(PONG_WAIT);
    });
  }

  /** `isAgain`: the wait for the answer to the question before was held up. */
  #ask(wait: number, isAgain = false): void {
    const due = this.#clock.now() + wait;
    const {left} = this.#pong;
    if (!this.#handler.ping()) return this.#handler.onDead();
    if (left > 0 && left <= wait) return;
    this.#pong.set(wait, () => {
      // If the page was asleep meanwhile, the answer may be in the queue behind this timer, so ask once more. Not for ever: in a hidden page
      // every timer may be held up.
      if (!isAgain && Math.abs(this.#clock.now() - due) > LATE) this.#ask(PROBE_WAIT, true);
      else this.#handler.onDead();
    });
  }
}
