import {seededRandom} from '../../src/testing/random.js';
import {Backend} from '../e2e/backend/backend.js';
import {serveBuiltPage, servePage} from '../tools/demo.mjs';
import {freePort} from '../tools/processes.mjs';
import type {Arguments} from './arguments.js';
import type {TabBrowser, Tabs} from './browser/driver.js';
import {openBrowser} from './browser/open-browser.js';
import {FaultProxy} from './fault-proxy.js';
import type {Scenario, World} from './scenario.js';
import {Tab} from './tab.js';

/** `--messages` of a run at full size. */
export const FULL_SIZE = 10_000;

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** What all scenarios of a run share: the demo page, as it is built and as its modules, and a browser. */
export class Stage {
  readonly #arguments: Arguments;
  readonly #built: Served;
  readonly #modules: Served;
  readonly #browser: TabBrowser;

  private constructor(args: Arguments, pages: {readonly built: Served; readonly modules: Served}, browser: TabBrowser) {
    this.#arguments = args;
    this.#built = pages.built;
    this.#modules = pages.modules;
    this.#browser = browser;
  }

  /** Rejects where there is no such browser. */
  static async open(args: Arguments): Promise<Stage> {
    const browser = await openBrowser(args.browser);
    // Port 9 is nowhere: each tab names its server in its address.
    const nowhere = 'http://127.0.0.1:9';
    const backends = {embedded: nowhere, laravel: {url: nowhere, reverbPort: 9}};
    const pages = {built: await serveBuiltPage({backends}), modules: await servePage({backends})};
    return new Stage(args, pages, browser);
  }

  /** Lends a world of its own, with a new server, to `play`, and takes it down afterwards. */
  async inWorld<Result>(needs: Scenario['needs'], play: (world: World) => Promise<Result>): Promise<Result> {
    const {seed} = this.#arguments;
    const {server, isScaled} = this.#server;
    const [port, reverbPort] = [await freePort(), await freePort()];
    const backend = new Backend(
      {server, port, reverbPort},
      {
        flags: [
          ...(server === 'embedded' ? ['--faults'] : []),
          ...(isScaled ? ['--scale'] : []),
          ...(needs?.flags?.[server] ?? []),
        ],
        env: {...UNLIMITED, ...needs?.env},
      },
    );
    try {
      await backend.start();
      const proxy = await FaultProxy.start({http: port, sockets: backend.socketPort}, seed);
      const tabs = await this.#browser.openTabs();
      try {
        return await play(this.#createWorld(backend, proxy, tabs));
      } finally {
        await tabs.close();
        await proxy.close();
      }
    } finally {
      await backend.dispose();
    }
  }

  get #server(): Pick<World, 'server' | 'isScaled'> {
    const {server} = this.#arguments;
    return {server: server === 'embedded' ? 'embedded' : 'laravel', isScaled: server === 'laravel-scaled'};
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#built.close();
    await this.#modules.close();
  }

  #createWorld(backend: Backend, proxy: FaultProxy, tabs: Tabs): World {
    const {browser, seed, messages, faults} = this.#arguments;
    const {server, isScaled} = this.#server;
    const began = performance.now();
    return {
      server,
      browser,
      isScaled,
      seed,
      faults: new Set(faults),
      random: seededRandom(seed + 2),
      backend,
      proxy,
      scaled: (full) => Math.max(1, Math.round((full * messages) / FULL_SIZE)),
      openTab: async () =>
        new Tab(await tabs.open(), {page: this.#built.url, modules: this.#modules.url, server, proxy: proxy.url}),
      say: (line) => process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${line}\n`),
    };
  }
}

/** Nobody writes as much in a minute as these tests do; what the limits do is tested where they are. */
const UNLIMITED = {
  CHAT_LIMIT_API: '1000000',
  CHAT_LIMIT_MESSAGES: '1000000',
  CHAT_LIMIT_CHANNELS: '1000000',
};
