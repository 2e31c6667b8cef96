/** Counts what the page holds open. Imported before everything else, so that nothing is opened past it. */
const sockets = new Set<number>();
const timers = new Set<unknown>();
/** Each socket that was made: for which port, and when (ms since the epoch, by a clock that is never set). */
const opened: {readonly port: string; readonly at: number}[] = [];
let channels = 0;

/** What is open now. */
export interface Held {
  readonly sockets: number;
  readonly timers: number;
  /** Of `BroadcastChannel`. */
  readonly channels: number;
}

export function countHeld(): Held {
  return {sockets: sockets.size, timers: timers.size, channels};
}

/** How many sockets were opened so far. */
export function countOpened(): number {
  return opened.length;
}

/** When sockets were made for this port (ms since the epoch). */
export function openedFor(port: string): readonly number[] {
  return opened.filter((socket) => socket.port === port).map(({at}) => at);
}

globalThis.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    const number = opened.push({port: new URL(url).port, at: performance.timeOrigin + performance.now()});
    sockets.add(number);
    this.addEventListener('close', () => sockets.delete(number));
  }
};

globalThis.BroadcastChannel = class extends BroadcastChannel {
  #isOpen = true;

  constructor(name: string) {
    super(name);
    channels += 1;
  }

  override close(): void {
    if (this.#isOpen) channels -= 1;
    this.#isOpen = false;
    super.close();
  }
};

const {setTimeout: realSetTimeout, clearTimeout: realClearTimeout} = globalThis;
const {setInterval: realSetInterval, clearInterval: realClearInterval} = globalThis;

globalThis.setTimeout = ((work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
  const id: unknown = realSetTimeout(() => {
    timers.delete(id);
    work(...args);
  }, ms);
  timers.add(id);
  return id;
}) as typeof setTimeout;

globalThis.setInterval = ((work: () => void, ms?: number) => {
  const id: unknown = realSetInterval(work, ms);
  timers.add(id);
  return id;
}) as typeof setInterval;

globalThis.clearTimeout = (id) => {
  timers.delete(id);
  realClearTimeout(id);
};

globalThis.clearInterval = (id) => {
  timers.delete(id);
  realClearInterval(id);
};
