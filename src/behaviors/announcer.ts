import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {systemClock, type Clock, type Timer} from '../model/index.js';

/** How long arrivals are collected before they are said, in ms. */
const COLLECT = 400;
/** More than this many at once are summed up. */
const MAX_SINGLE = 5;
/** How many lines stay in the log. */
const MAX_LINES = 12;
/** How much of a long text is read out, in UTF-16 units. */
const MAX_TEXT = 400;

/** One line of the log. The id is its own, so that the same words twice are two lines. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

/**
 * What a screen reader is to say of what has just happened: the host shows `lines` in a `role="log"` that is always in the page.
 * Arrivals come one by one, or, in a burst, as their number.
 */
export class Announcer implements ReactiveController {
  lines: readonly Announcement[] = [];

  readonly #host: ReactiveControllerHost;
  readonly #sum: (count: number) => string;
  readonly #clock: Clock;
  #waiting: string[] = [];
  #timer: Timer | undefined;
  #next = 0;

  /** `sum` says how many have arrived. */
  constructor(host: ReactiveControllerHost, sum: (count: number) => string, clock: Clock = systemClock) {
    this.#host = host;
    this.#sum = sum;
    this.#clock = clock;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Says this soon. */
  announce(text: string): void {
    this.#waiting.push(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
    this.#timer ??= this.#clock.setTimeout(() => this.#say(), COLLECT);
  }

  /** Empties the log, and forgets what has not been said. */
  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.lines = [];
  }

  #say(): void {
    this.#timer = undefined;
    const texts = this.#waiting.length > MAX_SINGLE ? [this.#sum(this.#waiting.length)] : this.#waiting;
    this.#waiting = [];
    this.lines = [...this.lines, ...texts.map((text) => ({id: this.#next++, text}))].slice(-MAX_LINES);
    this.#host.requestUpdate();
  }
}
