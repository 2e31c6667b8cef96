import {setTimeout as pause} from 'node:timers/promises';
import type {StoredMessage} from '../../e2e/backend/backend.js';
import {atMost, countMisplaced, exactly, percentile} from '../figures.js';
import type {Report, World} from '../scenario.js';
import {readScreen} from '../screen.js';
import {compose, findUnsent, openAll} from '../sender.js';
import type {Tab} from '../tab.js';

const SENDS = 2_000;
const RELOADS = 20;
const CONVERSATIONS = 4;
const TABS = 2;

/** So many are composed in one go, before it is the other tab's turn. */
const BURST = 10;

/** The outbox has come to rest when the server got nothing for so long (ms): its longest pause between two tries is 20 s. */
const REST = 45_000;

/** What one person writes in two tabs, while answers get lost and pages are loaded again. */
export async function run(world: World): Promise<Report> {
  const tabs = await Promise.all(Array.from({length: TABS}, () => world.openTab()));
  return new Sends(world, tabs).play();
}

/** Where and as how manieth something was composed. It stands in the message itself. */
interface Origin {
  readonly tab: number;
  readonly conversationId: number;
  readonly number: number;
}

class Sends {
  readonly #world: World;
  readonly #tabs: readonly Tab[];
  readonly #recoveries: number[] = [];
  #conversations: readonly number[] = [];
  #composed = 0;

  constructor(world: World, tabs: readonly Tab[]) {
    this.#world = world;
    this.#tabs = tabs;
  }

  async play(): Promise<Report> {
    const {backend, proxy, faults, say} = this.#world;
    const members = [await backend.signIn('ali@example.com'), await backend.signIn('vali@example.com')];
    this.#conversations = backend.addConversations(CONVERSATIONS, members);
    for (const tab of this.#tabs) {
      await tab.visit({conversationId: this.#conversations[0] ?? 0});
      await this.#follow(tab);
    }
    proxy.setRates({lostAnswers: faults.has('lost-answers') ? 0.3 : 0, drop: faults.has('drop') ? 0.1 : 0});
    const total = this.#world.scaled(SENDS);
    const reloads = faults.has('reload') ? this.#world.scaled(RELOADS) : 1;
    for (let round = 1; round <= reloads; round += 1) {
      await this.#playRound(Math.round((total * round) / reloads) - this.#composed);
      say(`sends: ${round} of ${reloads} reloads, ${this.#composed} composed, ${this.#stored().length} stored`);
    }
    await this.#rest(total);
    say('sends: at rest');
    proxy.heal();
    return this.#report(total);
  }

  /** Turn and turn about, both tabs compose; in the middle of it one is loaded again, with whatever it has not sent. */
  async #playRound(count: number): Promise<void> {
    const {random, faults} = this.#world;
    const victim = this.#tabs[Math.floor(random() * TABS)];
    const end = this.#composed + count;
    const reloadAt = this.#composed + Math.floor(random() * count);
    let isReloaded = !faults.has('reload');
    for (let turn = 0; this.#composed < end; turn += 1) {
      await this.#composeSome(turn % TABS, Math.min(BURST, end - this.#composed));
      if (isReloaded || !victim || this.#composed < reloadAt) continue;
      isReloaded = true;
      await this.#reload(victim);
    }
  }

  async #composeSome(tab: number, count: number): Promise<void> {
    const {random} = this.#world;
    const conversationId = this.#conversations[Math.floor(random() * CONVERSATIONS)] ?? 0;
    const texts = Array.from({length: count}, (_, index) => `${tab} ${conversationId} ${this.#composed + index}`);
    this.#composed += count;
    const page = this.#tabs[tab];
    if (page) await compose(page, conversationId, texts, random() < 0.2 ? 'keys' : 'method');
  }

  async #reload(tab: Tab): Promise<void> {
    const began = Date.now();
    await tab.reload();
    await this.#follow(tab);
    this.#recoveries.push(Date.now() - began);
  }

  async #follow(tab: Tab): Promise<void> {
    await openAll(tab, this.#conversations);
    await tab.live();
  }

  /** Waits until all is stored, or nothing happens any more. */
  async #rest(total: number): Promise<void> {
    let known = -1;
    let since = Date.now();
    while (Date.now() - since < REST) {
      const unsent = await this.#unsent();
      const {length} = this.#stored();
      if (length >= total && unsent.length === 0) return;
      if (length !== known) since = Date.now();
      known = length;
      await pause(200);
    }
  }

  #stored(): readonly StoredMessage[] {
    return this.#world.backend.storedMessages(this.#conversations);
  }

  async #report(total: number): Promise<Report> {
    const rows = this.#stored();
    const seen: number[] = [];
    const [tab] = this.#tabs;
    for (const id of this.#conversations) seen.push(...(tab ? await readScreen(tab, id) : []));
    this.#world.say('sends: screen read');
    const shown = new Set(seen).size;
    const origins = rows.map(readOrigin);
    const distinct = new Set(origins.map(({number}) => number)).size;
    const stuck = await this.#countStuck(total);
    const uncaught = this.#tabs.reduce((sum, {uncaught: errors}) => sum + errors.length, 0);
    const doubled = rows.length - distinct + seen.length - shown;
    const outOfOrder = this.#countOutOfOrder(origins);
    const astray = rows.filter((row) => readOrigin(row).conversationId !== row.conversationId).length;
    return {
      figures: {
        ...{sent: total, shown, lost: total - distinct, doubled, outOfOrder, stuck, uncaught, attemptsPerMinute: null},
        recoveryMedian: percentile(this.#recoveries, 0.5),
        recoveryP95: percentile(this.#recoveries, 0.95),
      },
      goals: [
        exactly('rows in the database', rows.length, total),
        exactly('on the screen', shown, total),
        atMost('lost', total - distinct, 0),
        atMost('doubled', doubled, 0),
        atMost('in another conversation than composed in', astray, 0),
        atMost('out of the order composed', outOfOrder, 0),
        atMost('left unsent', stuck, 0),
        atMost('errors that nobody caught', uncaught, 0),
      ],
    };
  }

  /** What is left unsent now, and what comes back out of the storage when the pages are loaded again. */
  async #countStuck(total: number): Promise<number> {
    const before = await this.#unsent();
    for (const tab of this.#tabs) await this.#reload(tab);
    // What was confirmed just before the page went may be sent once more, and gets the same row.
    await this.#rest(total);
    const stuck = [...before, ...(await this.#unsent())];
    for (const one of stuck) this.#world.say(`sends: left unsent in ${one}`);
    return stuck.length;
  }

  /** What the pages show as unsent. */
  async #unsent(): Promise<readonly string[]> {
    const found = await Promise.all(this.#tabs.map((tab) => findUnsent(tab, this.#conversations)));
    return found.flatMap((unsent, index) => unsent.map((one) => `tab ${index}: ${one}`));
  }

  /** The order is promised to each conversation in each tab. */
  #countOutOfOrder(origins: readonly Origin[]): number {
    const lanes = this.#tabs.flatMap((_, tab) => this.#conversations.map((conversationId) => ({tab, conversationId})));
    return lanes
      .map((lane) => origins.filter((one) => one.tab === lane.tab && one.conversationId === lane.conversationId))
      .reduce((sum, lane) => sum + countMisplaced(lane.map(({number}) => number)), 0);
  }
}

function readOrigin({content}: StoredMessage): Origin {
  const [tab = -1, conversationId = -1, number = -1] = content.split(' ').map(Number);
  return {tab, conversationId, number};
}
