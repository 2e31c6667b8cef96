import type {Clock} from '../model/index.js';
import {Alarm} from './alarm.js';
import type {Connection} from './types.js';

/** How long a connection outlives its last user (ms): an element that is moved within the page leaves it and comes back. */
const GRACE = 2000;

/** The right of one user to a shared connection. */
export interface Lease<Shared> {
  readonly shared: Shared;
  /** Gives the lease back. 2 s after the last one the connection is disposed. Calling it again does nothing. */
  release(): void;
}

interface Entry<Shared> {
  readonly shared: Shared;
  readonly grace: Alarm;
  users: number;
}

/** Connections that are shared by all who acquire them under the same key. */
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

  /** A lease of the connection with this key, which `create` makes if there is none. */
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
