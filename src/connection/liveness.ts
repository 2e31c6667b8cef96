import type {Clock} from '../model/index.js';
import {Alarm} from './alarm.js';

const TICK = 5000;
/** Ticks without a frame before we ask: 15 s. */
const QUIET_TICKS = 3;
const PONG_WAIT = 6000;
const PROBE_WAIT = 4000;
/** From when an unanswered probe is worth showing. */
const DOUBT_AFTER = 1500;
/** A timer that comes later than this was held up: the machine slept, or the browser throttles the page. */
const LATE = 5000;

/** Whom `Liveness` tells. */
export interface LivenessHandler {
  /** Asks the server for a sign of life. Returns whether there was a socket to send it on. */
  ping(): boolean;
  /** A probe has not been answered for 1.5 s. */
  onDoubt(): void;
  /** A ping was not answered in time. */
  onDead(): void;
  /** Time went by without us: by how much (ms; negative when the clock was set back). */
  onLate(ms: number): void;
}

/**
 * Tells a dead link from a silent one. After 15 s without a frame it asks, and only a question that stays unanswered is death:
 * silence alone is what a throttled tab hears too.
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

  /** Something was heard. */
  frame(): void {
    this.#quietTicks = 0;
    this.#pong.clear();
    this.#doubt.clear();
  }

  /** Asks now and waits 4 s for an answer; for moments at which the link may well have died unnoticed. */
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
      else if (this.#quietTicks >= QUIET_TICKS && this.#pong.due === null) this.#ask(PONG_WAIT);
    });
  }

  #ask(wait: number): void {
    const due = this.#clock.now() + wait;
    const sooner = this.#pong.due !== null && this.#pong.due <= due && this.#pong.due > this.#clock.now();
    if (!this.#handler.ping()) return this.#handler.onDead();
    if (sooner) return;
    this.#pong.set(wait, () => {
      // When the page slept while it waited, the answer may lie in the queue behind this timer. So ask once more.
      if (Math.abs(this.#clock.now() - due) > LATE) this.#ask(PROBE_WAIT);
      else this.#handler.onDead();
    });
  }
}
