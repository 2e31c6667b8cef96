import type {IdKey} from '../model/index.js';

/** From how near an end more is asked for, in CSS pixels. */
const NEAR = 600;

/** Decides when more messages are wanted: near an end, once for each message that stands there, and again after going away and coming back. */
export class LoadMore {
  #asked: {older?: IdKey | undefined; newer?: IdKey | undefined} = {};

  reset(): void {
    this.#asked = {};
  }

  /** `distance` is that from the end, in CSS pixels; `key` is what stands there, and `canLoad` whether anything could come of asking. */
  wants(end: 'older' | 'newer', distance: number, key: IdKey | undefined, canLoad: boolean): boolean {
    if (distance > 2 * NEAR) this.#asked[end] = undefined;
    if (distance >= NEAR || !canLoad || key === undefined || key === this.#asked[end]) return false;
    this.#asked[end] = key;
    return true;
  }
}
