import type {IdKey} from '../model/index.js';

/** More messages are wanted when an end is nearer than this, in CSS pixels. */
const NEAR = 600;

/** Decides when more messages are wanted: near an end, once for each message at that end, and again after scrolling away and back. */
export class LoadMore {
  #asked: {older?: IdKey | undefined; newer?: IdKey | undefined} = {};

  reset(): void {
    this.#asked = {};
  }

  /** `distance`: to that end, in CSS pixels. `key`: of the message at that end. `canLoad`: whether there may be more, and none are loading. */
  wants(end: 'older' | 'newer', distance: number, key: IdKey | undefined, canLoad: boolean): boolean {
    if (distance > 2 * NEAR) this.#asked[end] = undefined;
    if (distance >= NEAR || !canLoad || key === undefined || key === this.#asked[end]) return false;
    this.#asked[end] = key;
    return true;
  }
}
