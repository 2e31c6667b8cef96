import {isObject} from './pusher/messages.js';

/** What may be made to go wrong. Percentages are 0 to 100. Everything is off until a test switches it on. */
export interface FaultSettings {
  /** Seed of the dice. Setting it starts the same sequence again. */
  readonly seed: number;
  /** Share of `/broadcasting/auth` calls answered with 503, in percent. */
  readonly auth5xx: number;
  /** Share of `/broadcasting/auth` calls never answered, in percent. */
  readonly authHang: number;
  /** Status for every `/broadcasting/auth` call, or `null`. */
  readonly authStatus: number | null;
  /** Share of REST calls answered with 503 before anything is done, in percent. */
  readonly rest5xx: number;
  /** Share of REST calls never answered and never done, in percent. */
  readonly restHang: number;
  /** Status for every REST call, or `null`. With 429 goes `Retry-After: 1`. */
  readonly restStatus: number | null;
  /** Milliseconds that every REST call takes longer. */
  readonly restDelay: number;
  /** Share of writing REST calls that are done and then lose their answer, in percent. */
  readonly dropAfterCommit: number;
  /** Share of broadcasts that are lost, in percent. */
  readonly eventDrop: number;
  /** Share of broadcasts sent twice, in percent. */
  readonly eventDup: number;
  /** Broadcasts leave in random order within a window of so many; 0 keeps the order. */
  readonly eventShuffle: number;
  /** Whether WebSocket upgrades are answered with 503. */
  readonly refuseSockets: boolean;
  /** Whether new sockets are dropped at once. */
  readonly acceptThenDrop: boolean;
  /** Code of an error that every new socket gets as its first frame and its close, or `null`. */
  readonly firstError: number | null;
  /** Whether new sockets never get `pusher:connection_established`. */
  readonly welcomeNever: boolean;
  /** Whether subscribes are left without an answer. */
  readonly subscribeSilence: boolean;
  /** Whether all sockets, also new ones, are half-open: nothing is read, nothing is sent, nothing is closed. */
  readonly pauseSockets: boolean;
}

export const noFaults: FaultSettings = {
  seed: 1,
  auth5xx: 0,
  authHang: 0,
  authStatus: null,
  rest5xx: 0,
  restHang: 0,
  restStatus: null,
  restDelay: 0,
  dropAfterCommit: 0,
  eventDrop: 0,
  eventDup: 0,
  eventShuffle: 0,
  refuseSockets: false,
  acceptThenDrop: false,
  firstError: null,
  welcomeNever: false,
  subscribeSilence: false,
  pauseSockets: false,
};

/** Longest that a shuffled event waits for others to be shuffled with, in milliseconds. */
const SHUFFLE_PATIENCE = 200;

/** The switches and the dice. A server without `--faults` has them too, but nothing that could turn them. */
export class Faults {
  #settings = noFaults;
  #random = mulberry32(noFaults.seed);
  #waiting: (() => void)[] = [];
  #flushTimer: NodeJS.Timeout | undefined;

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Takes over the known settings of the right type and leaves the rest as it is. */
  apply(change: unknown): void {
    if (!isObject(change)) return;
    const known = Object.entries(change).filter(([name, value]) => isSetting(name, value));
    this.#settings = {...this.#settings, ...(Object.fromEntries(known) as Partial<FaultSettings>)};
    if (known.some(([name]) => name === 'seed')) this.#random = mulberry32(this.#settings.seed);
    if (this.#settings.eventShuffle === 0) this.#flush();
  }

  reset(): void {
    this.apply(noFaults);
  }

  /** Whether this time it goes wrong. */
  strikes(percent: number): boolean {
    return percent > 0 && this.#random() * 100 < percent;
  }

  /** Sends a broadcast as the settings want it: not at all, twice, or later than others. */
  broadcast(send: () => void): void {
    const {eventDrop, eventDup, eventShuffle} = this.#settings;
    if (this.strikes(eventDrop)) return;
    const times = this.strikes(eventDup) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      if (eventShuffle > 0) this.#shuffle(send, eventShuffle);
      else send();
    }
  }

  /** Sends what is still waiting to be shuffled. */
  close(): void {
    this.#flush();
  }

  #shuffle(send: () => void, window: number): void {
    this.#waiting.push(send);
    this.#flushTimer ??= setTimeout(() => this.#flush(), SHUFFLE_PATIENCE);
    while (this.#waiting.length > window) this.#sendOne();
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    while (this.#waiting.length > 0) this.#sendOne();
  }

  #sendOne(): void {
    const [send] = this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1);
    send?.();
  }
}

function isSetting(name: string, value: unknown): boolean {
  if (!Object.hasOwn(noFaults, name)) return false;
  const usual = noFaults[name as keyof FaultSettings];
  return usual === null ? value === null || typeof value === 'number' : typeof value === typeof usual;
}

/** A small generator of random numbers in [0, 1) that gives the same ones for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
