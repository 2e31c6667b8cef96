import type {ChannelHandle} from '../connection/types.js';

/**
 * Watches the channels over which a conversation's events come, and says when all of them are up.
 * A channel that the server denies does not count, as long as another one is there.
 */
export class ChannelLink {
  readonly #handles: readonly ChannelHandle[];
  readonly #listener: (up: boolean) => void;
  readonly #stop = new AbortController();
  #up = false;

  constructor(handles: readonly ChannelHandle[], listener: (up: boolean) => void) {
    this.#handles = handles;
    this.#listener = listener;
    for (const handle of handles) handle.onStateChange(() => this.#look(), {signal: this.#stop.signal});
    this.#look();
  }

  /** Gives the channels back. */
  close(): void {
    this.#stop.abort();
    for (const handle of this.#handles) handle.unsubscribe();
  }

  #look(): void {
    const wanted = this.#handles.filter((handle) => handle.state !== 'denied');
    const up = wanted.length > 0 && wanted.every((handle) => handle.state === 'subscribed');
    if (up === this.#up) return;
    this.#up = up;
    this.#listener(up);
  }
}
