/** A link that is dead and does not say so: it is noticed, soon, and at once when somebody comes back to the page. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {Account} from '../../e2e/backend/backend.js';
import {atMost, NO_FIGURES, percentile, timed} from '../figures.js';
import {FrontAndBack} from '../lab/front-and-back.js';
import {Lab} from '../lab/lab.js';
import type {WidgetSettings} from '../lab/page.js';
import type {Report, Scenario, World} from '../scenario.js';
import {TcpProxy, type Direction} from '../tcp-proxy.js';

const GOALS = {
  /** The page says that something is wrong, when nothing else happens (ms). */
  alone: 25_000,
  /** The same, from `online` or from becoming visible (ms). */
  woken: 2_000,
  /** From then on until there is a new link, and what was written meanwhile is shown (ms). */
  back: 15_000,
};

const CASES = 50;
/** So long (ms) after being woken, or after the link died, somebody looks for the last time. */
const PATIENCE = 40_000;
/** Links die within this time (ms), each at another point between two pings, and none of them is noticed before the last has died. */
const SPREAD = 12_000;

const DIRECTIONS: readonly Direction[] = ['both', 'client', 'server'];
const OCCASIONS = ['alone', 'online', 'visible'] as const;
type Occasion = (typeof OCCASIONS)[number];

interface Case {
  readonly name: string;
  readonly direction: Direction;
  readonly proxy: TcpProxy;
}

/** What came of one case. Times in ms; `null` where it did not come about. */
interface Outcome {
  readonly occasion: Occasion;
  readonly noticed: number | null;
  readonly back: number | null;
}

export const run: Scenario['run'] = async (world) => {
  const [ali, vali] = [await world.backend.signIn('ali@example.com'), await world.backend.signIn('vali@example.com')];
  const conversationId = Number(await world.backend.sharedConversation(ali, vali));
  const place = {world, ali, vali, conversationId};
  // Nothing of WebKit's driver hides a page.
  const occasions = world.browser === 'webkit' ? OCCASIONS.filter((occasion) => occasion !== 'visible') : OCCASIONS;
  const count = Math.max(occasions.length, world.scaled(CASES));
  const groups = await Promise.all(
    occasions.map((occasion, index) => Group.gather(place, occasion, Math.ceil((count - index) / occasions.length))),
  );
  // What one widget says would otherwise reach the others: on a link that is dead one way only, that is a sign of life.
  world.proxy.setRates({drop: 1});
  try {
    const outcomes = await Promise.all(groups.map((group) => group.play()));
    return report(
      outcomes.flat(),
      groups.flatMap(({uncaught}) => uncaught),
    );
  } finally {
    await Promise.all(groups.map((group) => group.close()));
  }
};

interface Place {
  readonly world: World;
  readonly ali: Account;
  readonly vali: Account;
  readonly conversationId: number;
}

/** All cases of one occasion, side by side in one page. */
class Group {
  readonly #place: Place;
  readonly #occasion: Occasion;
  readonly #lab: Lab;
  readonly #front: FrontAndBack | null;
  readonly #cases: readonly Case[];

  private constructor(place: Place, occasion: Occasion, lab: Lab, front: FrontAndBack | null, cases: readonly Case[]) {
    this.#place = place;
    this.#occasion = occasion;
    this.#lab = lab;
    this.#front = front;
    this.#cases = cases;
  }

  /** Opens the page and waits until all widgets in it are live. */
  static async gather(place: Place, occasion: Occasion, count: number): Promise<Group> {
    const {world} = place;
    // What is hidden must be so for the browser itself, and not only say so.
    const front = occasion === 'visible' ? await FrontAndBack.open(world) : null;
    const lab = front?.lab ?? (await Lab.open(world));
    const cases = await Promise.all(Array.from({length: count}, (_, index) => createCase(place, occasion, index)));
    await lab.mount(cases.map((one) => widgetOf(place, one)));
    for (const {name} of cases) await lab.live(name);
    return new Group(place, occasion, lab, front, cases);
  }

  get uncaught(): readonly string[] {
    return this.#lab.uncaught;
  }

  play(): Promise<Outcome[]> {
    return this.#occasion === 'alone' ? this.#playAlone() : this.#playWoken();
  }

  async close(): Promise<void> {
    await this.#lab.close();
    await Promise.all(this.#cases.map(({proxy}) => proxy.close()));
  }

  /** Each link dies at another moment, and nothing else happens. */
  async #playAlone(): Promise<Outcome[]> {
    const {random} = this.#place.world;
    const spread = Math.min(SPREAD, 1000 * this.#cases.length);
    const died = await Promise.all(
      this.#cases.map(async (one) => {
        await sleep(random() * spread);
        return kill(one);
      }),
    );
    const content = await this.#write();
    return Promise.all(this.#cases.map((one, index) => this.#observe(one, died[index]!, content)));
  }

  /** All links die while nobody is there, and then somebody comes back. */
  async #playWoken(): Promise<Outcome[]> {
    await this.#front?.hide();
    for (const one of this.#cases) kill(one);
    const content = await this.#write();
    const woken = Date.now();
    if (this.#front) await this.#front.show();
    else await this.#lab.tellOnline();
    return Promise.all(this.#cases.map((one) => this.#observe(one, woken, content)));
  }

  /** Writes what all of them miss. */
  async #write(): Promise<string> {
    const {world, vali, conversationId} = this.#place;
    const content = `into the silence, ${this.#occasion}`;
    await world.backend.write(vali, String(conversationId), content);
    return content;
  }

  async #observe({name}: Case, since: number, content: string): Promise<Outcome> {
    const occasion = this.#occasion;
    const lab = this.#lab;
    const noticed = await lab.leaves(name, 'connected', since, PATIENCE);
    if (noticed === null) return {occasion, noticed: null, back: null};
    const isBack = (await lab.shows(name, content, GOALS.back * 2)) && (await lab.becomesLive(name, GOALS.back * 2));
    return {occasion, noticed: noticed - since, back: isBack ? Date.now() - noticed : null};
  }
}

async function createCase({world}: Place, occasion: Occasion, index: number): Promise<Case> {
  const direction = DIRECTIONS[index % DIRECTIONS.length]!;
  return {name: `${occasion}-${index}`, direction, proxy: await TcpProxy.start(world.proxy.port)};
}

/** REST goes past the proxy: an answer that comes is no sign that the socket lives. */
function widgetOf({world, ali, conversationId}: Place, {name, proxy}: Case): WidgetSettings {
  const socket = {host: '127.0.0.1', port: proxy.port};
  return {name, socket, server: world.backend.url, token: ali.token, userId: ali.id, conversationId};
}

/** Lets nothing through any more, and nobody knows. Returns when (ms since the epoch). */
function kill({proxy, direction}: Case): number {
  for (const link of proxy.sockets) link.blackhole(direction);
  return Date.now();
}

function report(outcomes: readonly Outcome[], uncaught: readonly string[]): Report {
  const noticed = (...occasions: readonly Occasion[]): number =>
    Math.max(...outcomes.filter(({occasion}) => occasions.includes(occasion)).map((one) => one.noticed ?? Infinity));
  const times = outcomes.map(({noticed: time, back: rest}) => (time ?? PATIENCE) + (rest ?? PATIENCE));
  const back = outcomes.map((one) => one.back ?? Infinity);
  return {
    figures: {
      ...NO_FIGURES,
      sent: outcomes.length,
      shown: back.filter(Number.isFinite).length,
      stuck: outcomes.filter((one) => one.noticed === null).length,
      recoveryMedian: percentile(times, 0.5),
      recoveryP95: percentile(times, 0.95),
      uncaught: uncaught.length,
    },
    goals: [
      atMost('dead links that were not noticed, or not replaced', back.filter((time) => time === Infinity).length, 0),
      timed(atMost('dead link noticed by itself, the slowest (ms)', noticed('alone'), GOALS.alone)),
      timed(atMost('noticed after online, the slowest (ms)', noticed('online'), GOALS.woken)),
      ...(outcomes.some(({occasion}) => occasion === 'visible')
        ? [timed(atMost('noticed after becoming visible, the slowest (ms)', noticed('visible'), GOALS.woken))]
        : []),
      timed(atMost('from then until a new link and all that was missed, the slowest (ms)', Math.max(...back), GOALS.back)),
      atMost('errors nobody caught', uncaught.length, 0),
    ],
  };
}
