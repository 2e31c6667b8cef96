import type {CDPSession, Page} from 'playwright-core';
import type {Bench} from './page/bench.js';

type Methods = {[Name in keyof Bench]: Bench[Name] extends (...args: never[]) => unknown ? Name : never}[keyof Bench];

/** What the engine holds for a page. */
export interface Holdings {
  /** In bytes, after everything that could go was collected. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** A tab with one list in it. */
export class Tab {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  /** Opens the page of a contestant; `cpu` is how many times slower the processor is made. */
  static async open(page: Page, url: string, cpu: number): Promise<Tab> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', {timeDomain: 'threadTicks'});
    await page.goto(url, {waitUntil: 'load'});
    if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', {rate: cpu});
    return new Tab(page, session);
  }

  /** Calls a method of the bench in the page. */
  async call<Name extends Methods>(name: Name, ...args: Parameters<Bench[Name]>): Promise<Awaited<ReturnType<Bench[Name]>>> {
    const method: string = name;
    const result: unknown = await this.page.evaluate(
      ({method: called, list}) => {
        const {bench} = window as unknown as {bench: Record<string, (...given: readonly unknown[]) => unknown>};
        return bench[called]?.(...list);
      },
      {method, list: args},
    );
    return result as Awaited<ReturnType<Bench[Name]>>;
  }

  /** How long the main thread has worked until now, in ms: all of script, style, layout and paint. */
  async work(): Promise<number> {
    const {metrics} = await this.#session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({name}) => name === 'TaskDuration')?.value ?? Number.NaN);
  }

  /** Scrolls with the wheel, as the browser itself does it: `distance` px upwards at `speed` px/s. */
  async wheel(distance: number, speed: number): Promise<void> {
    await this.#session.send('Input.synthesizeScrollGesture', {
      x: 200,
      y: 350,
      yDistance: distance,
      speed,
      gestureSourceType: 'mouse',
      preventFling: true,
    });
  }

  async holdings(): Promise<Holdings> {
    // Once lets go of what finalizers hold, once more of what those held.
    for (let i = 0; i < 3; i++) await this.#session.send('HeapProfiler.collectGarbage');
    const {usedSize} = await this.#session.send('Runtime.getHeapUsage');
    const {nodes, jsEventListeners} = await this.#session.send('Memory.getDOMCounters');
    return {heap: usedSize, nodes, listeners: jsEventListeners};
  }
}
