import {Glide} from '../behaviors/glide.js';
import {messageKey, type IdKey, type Message} from '../model/index.js';

/** So soon after the last message, in ms, a movement would be a flicker. */
const PAUSE = 250;
/** So many rise. */
const MOST = 8;

/** How messages come in at the end: they rise and push up what was there, rather than let it jump. */
export class Entrance {
  readonly #glide: Glide;
  #rising: ReadonlySet<IdKey> = new Set();
  #isOn = false;
  #last = 0;

  /** `onEnd` is called when all is in its place again. */
  constructor(onEnd: () => void) {
    this.#glide = new Glide(onEnd);
  }

  /** The messages that rise. */
  get rising(): ReadonlySet<IdKey> {
    return this.#rising;
  }

  begin(arrivals: readonly Message[]): void {
    const now = performance.now();
    this.#isOn ||= now - this.#last > PAUSE;
    this.#last = now;
    this.#rising = new Set(this.#isOn ? arrivals.slice(-MOST).map(messageKey) : []);
  }

  /** Pushes the rows up, which were scrolled by `way` CSS pixels. Whatever else makes the end go elsewhere is followed at once. */
  push(rows: HTMLElement, way: number): void {
    if (this.#isOn) this.#glide.start(rows, way);
  }

  /** What comes from here on has not to do with these. */
  settle(): void {
    this.#isOn = false;
  }

  /** Puts the rows in their place at once. */
  stop(): void {
    this.#glide.stop();
  }

  /** They have risen. */
  clear(): void {
    this.#rising = new Set();
  }
}
