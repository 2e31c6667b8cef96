import type {ClientEnvironment} from '../../src/client/types.js';
import type {Clock} from '../../src/model/index.js';
import {FakePage} from '../connection/support/fake-page.js';

type Hold = () => unknown;

interface Wanted {
  readonly tab: FakeTab;
  readonly hold: Hold;
  readonly settle: (release: unknown) => void;
  readonly refuse: (error: DOMException) => void;
}

interface LockState {
  holder: Wanted | null;
  queue: Wanted[];
}

/** A browser as its tabs see it: Web Locks, `BroadcastChannel`, and tabs that freeze and crash. Everything comes in a microtask, as there. */
export class FakeBrowser {
  /** What was said between tabs. */
  readonly messages: unknown[] = [];
  readonly #locks = new Map<string, LockState>();
  readonly #channels = new Set<FakeChannel>();
  readonly #environment: ClientEnvironment;

  /** `environment`: what all tabs have in common, such as the network. */
  constructor(environment: ClientEnvironment) {
    this.#environment = environment;
  }

  openTab(): FakeTab {
    return new FakeTab(this, this.#environment);
  }

  /** The names of the locks that somebody holds, or waits for. */
  get lockNames(): readonly string[] {
    return [...this.#locks].filter(([, {holder, queue}]) => holder ?? queue[0]).map(([name]) => name);
  }

  /** Whether a tab holds a lock, or waits for one. */
  wantsLocks(tab: FakeTab): boolean {
    return [...this.#locks.values()].some(({holder, queue}) => [holder, ...queue].some((wanted) => wanted?.tab === tab));
  }

  /** How many channels are open. */
  get openChannels(): number {
    return this.#channels.size;
  }

  /** Says something to all tabs, as another version of this package might. */
  say(name: string, data: unknown): void {
    for (const channel of this.#channels) if (channel.name === name) channel.deliver(data);
  }

  /** The names of the channels that are open. */
  get channelNames(): readonly string[] {
    return [...new Set([...this.#channels].map(({name}) => name))];
  }

  request(tab: FakeTab, name: string, options: LockOptions, hold: Hold): Promise<unknown> {
    const state = this.#locks.get(name) ?? {holder: null, queue: []};
    this.#locks.set(name, state);
    const {signal, steal} = options;
    return new Promise((resolve, reject) => {
      const wanted: Wanted = {tab, hold, settle: resolve, refuse: reject};
      const abort = (): void => {
        if (!state.queue.includes(wanted)) return;
        state.queue = state.queue.filter((other) => other !== wanted);
        reject(new DOMException('The request was aborted.', 'AbortError'));
      };
      if (signal?.aborted) return reject(new DOMException('The request was aborted.', 'AbortError'));
      signal?.addEventListener('abort', abort);
      if (steal) {
        const {holder} = state;
        holder?.tab.run(() => holder.refuse(new DOMException('The lock was stolen.', 'AbortError')));
        state.holder = null;
        state.queue.unshift(wanted);
      } else state.queue.push(wanted);
      this.#grant(state);
    });
  }

  connect(tab: FakeTab, name: string): BroadcastChannel {
    const channel = new FakeChannel(tab, name, {
      post: (data) => {
        this.messages.push(data);
        for (const other of this.#channels) if (other !== channel && other.name === name) other.deliver(data);
      },
      close: () => this.#channels.delete(channel),
    });
    this.#channels.add(channel);
    return channel as unknown as BroadcastChannel;
  }

  /** Takes away what a crashed tab held. */
  forget(tab: FakeTab): void {
    for (const channel of this.#channels) if (channel.tab === tab) this.#channels.delete(channel);
    for (const state of this.#locks.values()) {
      state.queue = state.queue.filter((wanted) => wanted.tab !== tab);
      if (state.holder?.tab === tab) state.holder = null;
      this.#grant(state);
    }
  }

  #grant(state: LockState): void {
    if (state.holder) return;
    const next = state.queue.shift();
    if (!next) return;
    state.holder = next;
    const release = (): void => {
      if (state.holder !== next) return;
      state.holder = null;
      this.#grant(state);
    };
    queueMicrotask(() =>
      next.tab.run(() => {
        Promise.resolve(next.hold()).then(next.settle, next.refuse).finally(release);
      }),
    );
  }
}

/** A tab: its part of the browser, and what of the world reaches it while it is neither frozen nor gone. */
export class FakeTab {
  readonly environment: ClientEnvironment;
  /** What the connection hears of the page. */
  readonly page = new FakePage();
  readonly #browser: FakeBrowser;
  readonly #clock: Clock;
  /** When it opened a socket (ms since the epoch). */
  readonly attempts: number[] = [];
  readonly #sockets: WebSocket[] = [];
  readonly #timers = new Set<unknown>();
  #isFrozen = false;
  #isGone = false;
  #waiting: (() => void)[] = [];

  constructor(browser: FakeBrowser, environment: ClientEnvironment) {
    this.#browser = browser;
    this.#clock = environment.clock;
    const {fetch, createWebSocket} = environment;
    this.environment = {
      ...environment,
      clock: this.#createClock(),
      fetch: async (...args) => {
        // The answer comes to a tab that runs. To one that is gone it never does.
        const answer = fetch(...args);
        await answer.catch(() => undefined);
        await this.#woken();
        return answer;
      },
      createWebSocket: (url) => this.#keep(createWebSocket(url)),
      locks: {request: this.#request},
      openBroadcast: (name) => browser.connect(this, name),
    };
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** How many timers it has set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Runs something in this tab: now, once it is thawed, or never. */
  run(fn: () => void): void {
    if (this.#isGone) return;
    if (this.#isFrozen) this.#waiting.push(fn);
    else fn();
  }

  /** Resolves when it runs: now, once it is thawed, or never. */
  #woken(): Promise<void> {
    return new Promise((resolve) => this.run(resolve));
  }

  /** Nothing runs in it from now on, and nobody in it is told. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** It wakes up, and everything that has happened reaches it at once. */
  thaw(): void {
    this.#isFrozen = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const fn of waiting) fn();
  }

  /** It is gone without a word. Its locks and sockets go with it. */
  crash(): void {
    this.#isGone = true;
    this.#browser.forget(this);
    for (const socket of this.#sockets) socket.close();
  }

  /** Makes something that follows the life of this tab's page: it looks for the page while it is made. */
  inPage<Made>(make: () => Made): Made {
    const {window, document} = this.page;
    Object.assign(globalThis, {window, document});
    try {
      return make();
    } finally {
      for (const name of ['window', 'document']) Reflect.deleteProperty(globalThis, name);
    }
  }

  readonly #request = ((name: string, options: LockOptions | Hold, hold?: Hold) =>
    typeof options === 'function'
      ? this.#browser.request(this, name, {}, options)
      : this.#browser.request(this, name, options, hold ?? (() => undefined))) as LockManager['request'];

  #createClock(): Clock {
    return {
      now: () => this.#clock.now(),
      setTimeout: (fn, ms) => {
        const timer = this.#clock.setTimeout(() => {
          this.#timers.delete(timer);
          this.run(fn);
        }, ms);
        this.#timers.add(timer);
        return timer;
      },
      clearTimeout: (timer) => {
        this.#timers.delete(timer);
        this.#clock.clearTimeout(timer);
      },
    };
  }

  /** The socket, whose handlers are called when the tab runs. */
  #keep(socket: WebSocket): WebSocket {
    this.attempts.push(this.#clock.now());
    this.#sockets.push(socket);
    const handlers: Record<string, ((event: Event) => void) | null> = {};
    return new Proxy(socket, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set: (target, name, value: ((event: Event) => void) | null) => {
        const key = String(name);
        if (!key.startsWith('on')) return Reflect.set(target, name, value);
        handlers[key] = value;
        return Reflect.set(target, name, (event: Event) => this.run(() => handlers[key]?.(event)));
      },
    });
  }
}

class FakeChannel extends EventTarget {
  readonly tab: FakeTab;
  readonly name: string;
  readonly #wire: {readonly post: (data: unknown) => void; readonly close: () => void};
  #isClosed = false;

  constructor(tab: FakeTab, name: string, wire: {readonly post: (data: unknown) => void; readonly close: () => void}) {
    super();
    this.tab = tab;
    this.name = name;
    this.#wire = wire;
  }

  postMessage(data: unknown): void {
    if (this.#isClosed) throw new DOMException('The channel is closed.', 'InvalidStateError');
    this.#wire.post(structuredClone(data));
  }

  deliver(data: unknown): void {
    queueMicrotask(() =>
      this.tab.run(() => {
        if (!this.#isClosed) this.dispatchEvent(new MessageEvent('message', {data}));
      }),
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#wire.close();
  }
}
