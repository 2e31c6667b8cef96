import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {systemClock, type Clock, type Timer} from '../model/index.js';

/** How long arrivals are collected before they are announced, in ms. */
const COLLECT = 400;
/** If more messages than this arrive at once, only their number is announced. */
const MAX_SINGLE = 5;
/** How many lines stay in the log, and how long after the last one, in ms. */
const MAX_LINES = 12;
const STAY = 10_000;
/** How much of a long text is read out, in UTF-16 units. */
const MAX_TEXT = 400;

/** What is announced, and whether it is still true. */
interface Line {
  readonly text: string;
  readonly isTrue: () => boolean;
}

const always = (): boolean => true;

/**
 * Announces to screen readers what has just happened, by adding lines to the `role="log"` element that the host renders empty and never
 * removes. Arrivals are announced one by one; in a burst, only their number.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #log: () => Element | undefined;
  readonly #sum: (count: number) => string;
  readonly #clock: Clock;
  #waiting: Line[] = [];
  /** Announcements that are not arrivals. They are not counted, and the same text is announced once. */
  readonly #notices = new Map<string, Line>();
  /** Of the lines in the log, whether they are still true. */
  readonly #truths = new WeakMap<Element, () => boolean>();
  #timer: Timer | undefined;
  #end: Timer | undefined;

  /** `log` returns the element, `undefined` until the host has rendered; `sum` returns the text for a number of arrivals. */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    log: () => Element | undefined,
    sum: (count: number) => string,
    clock: Clock = systemClock,
  ) {
    this.#host = host;
    this.#log = log;
    this.#sum = sum;
    this.#clock = clock;
    host.addController(this);
  }

  hostDisconnected(): void {
    // A host that is moved is removed and added in one go.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.clear();
    });
  }

  /** What is no longer true must not be found in the log by somebody who reads on into it. */
  hostUpdated(): void {
    for (const line of [...(this.#log()?.children ?? [])]) if (this.#truths.get(line)?.() === false) line.remove();
  }

  /** Announces an arrival after a moment, if `isTrue` still returns true then. */
  announce(text: string, isTrue = always): void {
    this.#waiting.push({text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text, isTrue});
    this.#sayLater();
  }

  /** Announces something else after a moment, if `isTrue` still returns true then. */
  notify(text: string, isTrue = always): void {
    this.#notices.set(text, {text, isTrue});
    this.#sayLater();
  }

  /** Empties the log, and drops what has not been announced yet. */
  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#notices.clear();
    this.#empty();
  }

  /** Lines that stayed would be said again by some when a dialog closes, which had hidden them from screen readers. */
  #empty(): void {
    this.#clock.clearTimeout(this.#end);
    this.#log()?.replaceChildren();
  }

  #sayLater(): void {
    this.#timer ??= this.#clock.setTimeout(() => this.#say(), COLLECT);
  }

  #say(): void {
    this.#timer = undefined;
    const isStillTrue = ({isTrue}: Line): boolean => isTrue();
    const arrivals = this.#waiting.filter(isStillTrue);
    const notices = [...this.#notices.values()].filter(isStillTrue);
    if (arrivals.length > MAX_SINGLE) notices.unshift({text: this.#sum(arrivals.splice(0).length), isTrue: always});
    this.#waiting = [];
    this.#notices.clear();
    const log = this.#log();
    if (!log) return;
    for (const told of [...arrivals, ...notices]) {
      const line = Object.assign(document.createElement('p'), {textContent: told.text});
      this.#truths.set(line, told.isTrue);
      // The log has the language of what people write; these words are ours.
      if (this.#host.lang && notices.includes(told)) line.lang = this.#host.lang;
      log.append(line);
    }
    while (log.childElementCount > MAX_LINES) log.firstElementChild?.remove();
    this.#clock.clearTimeout(this.#end);
    this.#end = this.#clock.setTimeout(() => this.#empty(), STAY);
  }
}
