import type {Page} from '../page.js';
import type {World} from '../scenario.js';
import type {Tab} from '../tab.js';
import type {Held} from './counters.js';
import type {Change, LabInPage, Visit, Wanted, WidgetSettings} from './page.js';

declare const lab: LabInPage;

/** A page in a real browser, in which a scenario puts as many widgets as it likes. */
export class Lab {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens it in a tab of its own. */
  static async open(world: Pick<World, 'openTab'>): Promise<Lab> {
    return Lab.openIn(await world.openTab());
  }

  static async openIn(tab: Tab): Promise<Lab> {
    await tab.page.goto(addressOfLab(tab.modules));
    await tab.page.until('the lab is open', () => 'lab' in globalThis, null);
    return new Lab(tab.page);
  }

  /** The errors that nobody caught. */
  get uncaught(): readonly string[] {
    return this.#page.uncaught;
  }

  mount(widgets: readonly WidgetSettings[]): Promise<void> {
    return this.#page.evaluate((all) => all.forEach((settings) => lab.mount(settings)), widgets);
  }

  unmount(name: string): Promise<void> {
    return this.#page.evaluate((which) => lab.unmount(which), name);
  }

  status(name: string): Promise<Change> {
    return this.#page.evaluate((which) => lab.status(which), name);
  }

  changes(name: string): Promise<readonly Change[]> {
    return this.#page.evaluate((which) => lab.changes(which), name);
  }

  words(name: string): Promise<string> {
    return this.#page.evaluate((which) => lab.words(which), name);
  }

  channel(name: string): Promise<string | null> {
    return this.#page.evaluate((which) => lab.channel(which), name);
  }

  /** The state by which it came to be as wanted; `null` if it does not within `timeout` ms. */
  becomes(name: string, wanted: Wanted, timeout: number): Promise<Change | null> {
    return this.#page.poll(([which, what]) => lab.matching(which, what), [name, wanted] as const, timeout);
  }

  /** Whether its banner says something within `timeout` ms. */
  async says(name: string, timeout: number): Promise<boolean> {
    return (await this.#page.poll((which) => lab.words(which) !== '', name, timeout)) === true;
  }

  retry(name: string): Promise<void> {
    return this.#page.evaluate((which) => lab.retry(which), name);
  }

  /** Mounts these and unmounts them, all at the same time. Returns how many came as far as they were meant to. */
  visit(visits: readonly Visit[]): Promise<number> {
    const visitAll = async (all: readonly Visit[]): Promise<number> =>
      (await Promise.all(all.map((visit) => lab.visit(visit)))).filter(Boolean).length;
    return this.#page.evaluate(visitAll, visits);
  }

  /** What the page holds open now. */
  held(): Promise<Held> {
    return this.#page.evaluate(() => lab.held(), null);
  }

  /** How many sockets were opened so far. */
  opened(): Promise<number> {
    return this.#page.evaluate(() => lab.opened(), null);
  }

  /** When a widget that has a port for itself made its sockets (ms since the epoch). */
  attempts(name: string): Promise<readonly number[]> {
    return this.#page.evaluate((which) => lab.attempts(which), name);
  }

  /** Has the browser say that there is a network again. */
  tellOnline(): Promise<void> {
    return this.#page.evaluate(() => void dispatchEvent(new Event('online')), null);
  }

  /** Whether it is connected, subscribed and full within `timeout` ms. */
  async becomesLive(name: string, timeout: number): Promise<boolean> {
    return (await this.#page.poll((which) => lab.isLive(which), name, timeout)) === true;
  }

  /** Waits for that. Rejects where it does not come about. */
  async live(name: string, timeout = 60_000): Promise<void> {
    if (await this.becomesLive(name, timeout)) return;
    throw new Error(`${name} is not live after ${timeout} ms: ${JSON.stringify(await this.status(name))}`);
  }

  /** Whether it shows this message within `timeout` ms. */
  async shows(name: string, content: string, timeout: number): Promise<boolean> {
    const isShown = ([which, wanted]: readonly [string, string]): boolean => lab.shown(which).includes(wanted);
    return (await this.#page.poll(isShown, [name, content] as const, timeout)) === true;
  }

  /** Whether it shows this message, wherever in the list, within `timeout` ms. */
  async finds(name: string, id: number, content: string, timeout: number): Promise<boolean> {
    const isThere = ([which, wantedId, wanted]: readonly [string, number, string]): boolean => lab.finds(which, wantedId, wanted);
    return (await this.#page.poll(isThere, [name, id, content] as const, timeout)) === true;
  }

  /** As `ask` of the page. */
  ask(name: string, conversationId: number, messageId: number): Promise<readonly string[]> {
    return this.#page.evaluate(([which, id, message]) => lab.ask(which, id, message), [name, conversationId, messageId] as const);
  }

  /** How it follows its conversation, in words. */
  sync(name: string, conversationId: number): Promise<string> {
    return this.#page.evaluate(([which, id]) => lab.sync(which, id), [name, conversationId] as const);
  }

  /** What fuzz has left in the page that must not be there. */
  marks(): Promise<readonly string[]> {
    return this.#page.evaluate(() => lab.marks(), null);
  }

  /** When (ms since the epoch) its connection first was in another state than this, from `since` on; `null` if never within `timeout` ms. */
  leaves(name: string, state: Change['state'], since: number, timeout: number): Promise<number | null> {
    const leave = ([which, former, from]: readonly [string, string, number]): number | undefined =>
      lab.changes(which).find((change) => change.at >= from && change.state !== former)?.at;
    return this.#page.poll(leave, [name, state, since] as const, timeout);
  }

  evaluate<Argument, Result>(fn: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result> {
    return this.#page.evaluate(fn, argument);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

/** Where the page of the lab is, on the server of all modules. */
export function addressOfLab(modules: string): string {
  return new URL(`/@fs${new URL('index.html', import.meta.url).pathname}`, modules).href;
}
