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

/**
 * What a screen reader is to say of what has just happened: its lines stand in the `role="log"` that the host
 * renders, empty and for good. Arrivals come one by one, or, in a burst, as their number.
 */
export class Announcer implements ReactiveController {
  readonly #log: () => Element | undefined;
  readonly #sum: (count: number) => string;
  readonly #clock: Clock;
  #waiting: {readonly text: string; readonly isTrue: () => boolean}[] = [];
  /** What is no arrival: never counted among them, and the same thing is said once. */
  readonly #notices = new Set<string>();
  #timer: Timer | undefined;

  /** `log` is `undefined` until the host has rendered; `sum` says how many have arrived. */
  constructor(
    host: ReactiveControllerHost,
    log: () => Element | undefined,
    sum: (count: number) => string,
    clock: Clock = systemClock,
  ) {
    this.#log = log;
    this.#sum = sum;
    this.#clock = clock;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Says soon what has arrived, if that is true still by then. */
  announce(text: string, isTrue: () => boolean = () => true): void {
    this.#waiting.push({text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text, isTrue});
    this.#sayLater();
  }

  /** Says soon what has happened otherwise. */
  notify(text: string): void {
    this.#notices.add(text);
    this.#sayLater();
  }

  /** Empties the log, and forgets what has not been said. */
  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#notices.clear();
    this.#log()?.replaceChildren();
  }

  #sayLater(): void {
    this.#timer ??= this.#clock.setTimeout(() => this.#say(), COLLECT);
  }

  #say(): void {
    this.#timer = undefined;
    const arrivals = this.#waiting.filter(({isTrue}) => isTrue()).map(({text}) => text);
    const texts = [...(arrivals.length > MAX_SINGLE ? [this.#sum(arrivals.length)] : arrivals), ...this.#notices];
    this.#waiting = [];
    this.#notices.clear();
    const log = this.#log();
    if (!log) return;
    for (const text of texts) log.append(Object.assign(document.createElement('p'), {textContent: text}));
    while (log.childElementCount > MAX_LINES) log.firstElementChild?.remove();
  }
}
