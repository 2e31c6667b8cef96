import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Clock, Timer} from '../model/index.js';

/**
 * Asks its host for an update when another day begins: "today" is another one from then on, also to who only looks. A machine that
 * sleeps may lose that moment, so it asks as well when somebody comes back to the page.
 */
export class DayWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #clock: Clock;
  #timer: Timer | undefined;

  constructor(host: ReactiveControllerHost, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
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
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(this.#look, new Date(now).setHours(24, 0, 0, 0) - now);
    this.#host.requestUpdate();
  };
}
