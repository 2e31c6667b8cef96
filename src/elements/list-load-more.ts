import type {IdKey} from '../model/index.js';

/** From how near an end more is asked for, in CSS pixels. */
const NEAR = 600;

/** What is known of what lies beyond the ends of a list. */
export interface LoadState {
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly loadingOlder: boolean;
  readonly loadingNewer: boolean;
}

/** Decides when more messages are wanted: near an end, once for each message that stands there, and again after going away and coming back. */
export class LoadMore {
  #older: IdKey | undefined;
  #newer: IdKey | undefined;

  reset(): void {
    this.#older = undefined;
    this.#newer = undefined;
  }

  /** `distance` is that from the beginning, in CSS pixels, and `first` what stands there. */
  wantsOlder(state: LoadState, distance: number, first: IdKey | undefined): boolean {
    if (distance > 2 * NEAR) this.#older = undefined;
    if (distance >= NEAR || !state.hasOlder || state.loadingOlder || first === undefined || first === this.#older) return false;
    this.#older = first;
    return true;
  }

  /** `distance` is that from the end, in CSS pixels, and `last` what stands there. */
  wantsNewer(state: LoadState, distance: number, last: IdKey | undefined): boolean {
    if (distance > 2 * NEAR) this.#newer = undefined;
    if (distance >= NEAR || !state.hasNewer || state.loadingNewer || last === undefined || last === this.#newer) return false;
    this.#newer = last;
    return true;
  }
}
