import {chromium, type Browser, type BrowserContext} from 'playwright-core';
import {seededRandom} from '../../src/testing/random.js';
import {Backend} from '../e2e/backend/backend.js';
import {findBrowser} from '../tools/browsers.mjs';
import {servePage} from '../tools/demo.mjs';
import {freePort} from '../tools/processes.mjs';
import type {Arguments} from './arguments.js';
import {FaultProxy} from './fault-proxy.js';
import type {Scenario, World} from './scenario.js';
import {Tab} from './tab.js';

/** `--messages` of a run at full size. */
export const FULL_SIZE = 10_000;

const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--js-flags=--expose-gc',
];

/** What all scenarios of a run share: the demo page and a browser. */
export class Stage {
  readonly #arguments: Arguments;
  readonly #page: {readonly url: string; close(): Promise<void>};
  readonly #browser: Browser;

  private constructor(args: Arguments, page: {readonly url: string; close(): Promise<void>}, browser: Browser) {
    this.#arguments = args;
    this.#page = page;
    this.#browser = browser;
  }

  /** Rejects where there is no Chromium. */
  static async open(args: Arguments): Promise<Stage> {
    const executablePath = findBrowser('chromium');
    if (executablePath === null) throw new Error('Chromium is missing: install it, or set CHROMIUM_PATH.');
    const nowhere = 'http://127.0.0.1:9';
    const page = await servePage({backends: {embedded: nowhere, laravel: {url: nowhere, reverbPort: 9}}});
    try {
      return new Stage(args, page, await chromium.launch({executablePath, args: BROWSER_FLAGS}));
    } catch (error) {
      await page.close();
      throw error;
    }
  }

  /** Lends a world of its own, with a new server, to `play`, and takes it down afterwards. */
  async inWorld<Result>(needs: Scenario['needs'], play: (world: World) => Promise<Result>): Promise<Result> {
    const {server, seed} = this.#arguments;
    const [port, reverbPort] = [await freePort(), await freePort()];
    const backend = new Backend(
      {server, port, reverbPort},
      {
        flags: [...(server === 'embedded' ? ['--faults'] : []), ...(needs?.flags?.[server] ?? [])],
        env: {...UNLIMITED, ...needs?.env},
      },
    );
    try {
      await backend.start();
      const proxy = await FaultProxy.start({http: port, sockets: backend.socketPort}, seed);
      const context = await this.#browser.newContext({viewport: {width: 900, height: 800}});
      try {
        return await play(this.#createWorld(backend, proxy, context));
      } finally {
        await context.close();
        await proxy.close();
      }
    } finally {
      await backend.dispose();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#page.close();
  }

  #createWorld(backend: Backend, proxy: FaultProxy, context: BrowserContext): World {
    const {server, seed, messages, faults} = this.#arguments;
    return {
      server,
      seed,
      faults: new Set(faults),
      random: seededRandom(seed + 2),
      backend,
      proxy,
      scaled: (full) => Math.max(1, Math.round((full * messages) / FULL_SIZE)),
      openTab: () => Tab.open(context, {page: this.#page.url, server, proxy: proxy.url}),
      say: (line) => process.stderr.write(`${line}\n`),
    };
  }
}

/** Nobody writes as much in a minute as these tests do; what the limits do is tested where they are. */
const UNLIMITED = {
  CHAT_LIMIT_API: '1000000',
  CHAT_LIMIT_MESSAGES: '1000000',
  CHAT_LIMIT_CHANNELS: '1000000',
};
