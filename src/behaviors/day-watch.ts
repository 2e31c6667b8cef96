import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Clock, Timer} from '../model/index.js';

/** How often it looks, at least (ms). A timer stands still while the machine is asleep, and does not follow when somebody sets the clock. */
const LOOK_EVERY = 600_000;

/**
 * Requests an update of its host at midnight, so that "today" stays right even if nothing else happens. It also looks every ten minutes, and
 * whenever the visibility of the page changes: a night may have been slept through, and the time zone may have changed.
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
    this.#timer = this.#clock.setTimeout(this.#look, Math.min(LOOK_EVERY, new Date(now).setHours(24, 0, 0, 0) - now));
    this.#host.requestUpdate();
  };
}
