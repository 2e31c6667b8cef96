import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {systemClock, type Clock, type Timer} from '../model/index.js';

/** What is over within this time is not worth showing, in ms. */
export const PATIENCE = 800;

/** Tells its host what has lasted for a moment, and asks it for an update when that moment has come. */
export class Patience implements ReactiveController {
  /** For tests. */
  static clock: Clock = systemClock;

  readonly #host: ReactiveControllerHost;
  #timer: Timer | undefined;
  #isOver = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    Patience.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isOver = false;
  }

  /** Whether `isSo` has been true for `PATIENCE` ms. To be asked at each rendering. */
  outlasts(isSo: boolean): boolean {
    if (!isSo) this.hostDisconnected();
    else {
      this.#timer ??= Patience.clock.setTimeout(() => {
        this.#isOver = true;
        this.#host.requestUpdate();
      }, PATIENCE);
    }
    return this.#isOver;
  }
}
