import {Glide} from '../behaviors/glide.js';
import {messageKey, type IdKey, type Message} from '../model/index.js';

/** If messages come at shorter intervals than this, in ms, they are not animated: it would flicker. */
const PAUSE = 250;
/** How many messages are animated at most. */
const MOST = 8;

/** Animates messages that come in at the end: they rise and push up the others, instead of making them jump. */
export class Entrance {
  readonly #glide: Glide;
  #rising: ReadonlySet<IdKey> = new Set();
  #isOn = false;
  #last = 0;

  /** `onEnd` is called when all rows are in their places again. */
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

  /** Animates the rows after they were scrolled by `way` CSS pixels. Does nothing if that was not because of a new message. */
  push(rows: HTMLElement, way: number): void {
    if (this.#isOn) this.#glide.start(rows, way);
  }

  /** The list is in its place. Scrolling from here on has nothing to do with these messages. */
  settle(): void {
    this.#isOn = false;
  }

  /** Puts the rows in their place at once. */
  stop(): void {
    this.#glide.stop();
  }

  /** The animation of the messages has ended. */
  clear(): void {
    this.#rising = new Set();
  }
}
