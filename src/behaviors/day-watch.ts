import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Clock, Timer} from '../model/index.js';

/**
 * Requests an update of its host at midnight, so that "today" stays right even if nothing else happens. The timer may not run while the
 * machine is asleep, so it also does so whenever the visibility of the page changes. It then notices, too, if the time zone has changed.
 */
export class DayWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #clock: Clock;
  readonly #onZone: () => void;
  #offset: number;
  #timer: Timer | undefined;

  /** `onZone` is called when all clock times have become others. */
  constructor(host: ReactiveControllerHost, clock: Clock, onZone: () => void) {
    this.#host = host;
    this.#clock = clock;
    this.#onZone = onZone;
    this.#offset = new Date(clock.now()).getTimezoneOffset();
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
    this.#look();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
    this.#clock.clearTimeout(this.#timer);
  }

  readonly #look = (): void => {
    const now = this.#clock.now();
    const offset = new Date(now).getTimezoneOffset();
    if (offset !== this.#offset) this.#onZone();
    this.#offset = offset;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(this.#look, new Date(now).setHours(24, 0, 0, 0) - now);
    this.#host.requestUpdate();
  };
}
