import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {PageTools} from './browser/page-tools.js';
import {SCRIPT_TIMEOUT} from './browser/webkit.js';
import {Scene} from './scene.js';

/** What the page still holds of what was made since the probe was set up. */
interface Leftovers {
  readonly sockets: number;
  /** Each by its delay and who set it. */
  readonly timers: readonly string[];
  readonly listeners: readonly string[];
}

declare global {
  var leftovers: () => Leftovers;
}

describe('what has been left', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.open();
  });

  after(() => scene.close());

  it('keeps no socket, timer or listener once the elements are removed', async () => {
    const {ali, page} = scene;
    await scene.visit({user: 'ali@example.com'});
    await ali.ready();
    await page.evaluate(removeAndProbe, SCRIPT_TIMEOUT);
    await page.evaluate(() => document.querySelector('#stage')?.append((globalThis as unknown as {section: Node}).section));
    await ali.ready();
    await ali.send('Before I go');
    await ali.sees('Before I go');
    const held = await page.evaluate(() => leftovers());
    assert.equal(held.sockets, 1, 'the probe sees the socket');
    assert.ok(held.listeners.length > 0, 'the probe sees listeners');
    await page.evaluate((dom) => dom.one('.person').remove());
    await page
      .waitFor(
        'nothing is held any more',
        () => {
          const {sockets, timers, listeners} = leftovers();
          return sockets === 0 && timers.length === 0 && listeners.length === 0;
        },
        [],
        20_000,
      )
      .catch(async () => {
        assert.deepEqual(await page.evaluate(() => leftovers()), {sockets: 0, timers: [], listeners: []});
      });
  });

  it('keeps no subscription on the server once the page is left', async () => {
    const {ali, backend, page} = scene;
    await scene.visit({user: 'ali@example.com'});
    await ali.ready();
    const {id} = await backend.signIn('ali@example.com');
    assert.ok((await backend.channels()).includes(`private-user.${id}`));
    await page.goto('about:blank');
    const signal = AbortSignal.timeout(10_000);
    while ((await backend.channels()).includes(`private-user.${id}`)) signal.throwIfAborted();
  });
});

/**
 * Takes the elements out of the page, waits until they have let go, and from then on counts sockets, timers, and listeners on
 * objects that outlive elements. Timers of `driverDelay` ms are those of a WebDriver, which sets one for each script.
 */
async function removeAndProbe(_dom: PageTools, driverDelay: number): Promise<void> {
  const section = document.querySelector('.person')!;
  Object.assign(globalThis, {section});
  const connection = section.querySelector('chat-connection') as HTMLElement & {client: {state: string}};
  const {client} = connection;
  section.remove();
  while (client.state === 'connected') await new Promise((resolve) => requestAnimationFrame(resolve));

  const sockets = new Set<WebSocket>();
  const timers = new Map<unknown, string>();
  const setBy = (ms = 0): string => `${ms} ms ${new Error().stack?.split('\n').slice(2, 6).join(' < ') ?? ''}`;
  const listeners = new Map<string, number>();
  const count = (target: EventTarget, type: string, step: number): void => {
    const name = `${target.constructor.name} ${type}`;
    listeners.set(name, (listeners.get(name) ?? 0) + step);
  };

  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.add(this);
      this.addEventListener('close', () => sockets.delete(this));
    }
  };
  const {setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: stop} = globalThis;
  Object.assign(globalThis, {
    setTimeout: (fn: (...values: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const timer = set(() => {
        timers.delete(timer);
        fn(...args);
      }, ms);
      if (ms !== driverDelay) timers.set(timer, setBy(ms));
      return timer;
    },
    clearTimeout: (timer: number) => {
      timers.delete(timer);
      clear(timer);
    },
    setInterval: (fn: () => void, ms?: number) => {
      const timer = repeat(fn, ms);
      timers.set(timer, setBy(ms));
      return timer;
    },
    clearInterval: (timer: number) => {
      timers.delete(timer);
      stop(timer);
    },
  });
  for (const target of [globalThis, document, document.documentElement, document.body, visualViewport] as EventTarget[]) {
    const {addEventListener: add, removeEventListener: remove} = target;
    const own = new Map<string, Set<unknown>>();
    target.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      add.call(target, type, listener, options);
      const known = own.get(type) ?? new Set();
      own.set(type, known);
      if (options?.signal?.aborted || known.has(listener)) return;
      known.add(listener);
      count(target, type, 1);
      options?.signal?.addEventListener('abort', () => known.delete(listener) && count(target, type, -1));
    };
    target.removeEventListener = (type: string, listener: EventListener, options?: EventListenerOptions) => {
      remove.call(target, type, listener, options);
      if (own.get(type)?.delete(listener)) count(target, type, -1);
    };
  }
  globalThis.leftovers = () => ({
    sockets: sockets.size,
    timers: [...timers.values()],
    listeners: [...listeners].filter(([, held]) => held > 0).map(([name, held]) => `${held} ${name}`),
  });
}
