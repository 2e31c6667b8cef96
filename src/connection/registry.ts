import type {Clock} from '../model/index.js';
import {Alarm} from './alarm.js';
import type {Connection} from './types.js';

/** How long a connection outlives its last user (ms): an element that is moved in the page leaves and comes back. */
const GRACE = 2000;

/** One user's part in a shared connection. */
export interface Lease<Shared> {
  readonly shared: Shared;
  /** Gives it back. 2 s after the last lease it is disposed of. Calling it twice does no harm. */
  release(): void;
}

interface Entry<Shared> {
  readonly shared: Shared;
  readonly grace: Alarm;
  users: number;
}

/** Connections that several share: those with the same host, key and identity, and no others. */
export class ConnectionRegistry<Shared extends {dispose(): void} = Connection> {
  readonly #entries = new Map<string, Entry<Shared>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many connections there are. */
  get size(): number {
    return this.#entries.size;
  }

  /** The connection of this key, made by `create` if there is none. */
  acquire(key: string, create: () => Shared): Lease<Shared> {
    const entry = this.#entries.get(key) ?? {shared: create(), grace: new Alarm(this.#clock), users: 0};
    this.#entries.set(key, entry);
    entry.users += 1;
    entry.grace.clear();
    let isHeld = true;
    return {
      shared: entry.shared,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        entry.users -= 1;
        if (entry.users === 0) entry.grace.set(GRACE, () => this.#remove(key, entry));
      },
    };
  }

  #remove(key: string, entry: Entry<Shared>): void {
    this.#entries.delete(key);
    entry.shared.dispose();
  }
}
