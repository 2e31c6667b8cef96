import type {Account} from '../../e2e/backend/backend.js';
import {disconnect} from '../disconnects.js';
import {atMost, countMisplaced, exactly, mostWithin, percentile, timed} from '../figures.js';
import type {FaultRates} from '../rates.js';
import type {Report, World} from '../scenario.js';
import {readScreen, show} from '../screen.js';
import type {Tab} from '../tab.js';
import {Watcher, type Expected} from '../watch.js';

const MESSAGES = 10_000;
const DISCONNECTS = 200;
const CONVERSATIONS = 20;

/** How long a client may take to come back before it counts as lost (ms). */
const PATIENCE = 120_000;
const CONVERGENCE = 5_000;

/** After a recovery that took longer (ms), it is said what the client did meanwhile. */
const SLOW = 60_000;

/** So many people write at once. PHP's own server has as many workers. */
const WRITERS = 4;

/** Messages of others to one widget that goes from conversation to conversation, while everything fails now and then. */
export async function run(world: World): Promise<Report> {
  return new Messages(world, await world.openTab()).play();
}

class Messages {
  readonly #world: World;
  readonly #tab: Tab;
  readonly #recoveries: number[] = [];
  #conversations: readonly number[] = [];
  #author: Account | undefined;
  #written = 0;
  #disconnects = 0;

  constructor(world: World, tab: Tab) {
    this.#world = world;
    this.#tab = tab;
  }

  async play(): Promise<Report> {
    const watcher = await this.#begin();
    const disconnects = this.#world.faults.has('disconnect') ? this.#world.scaled(DISCONNECTS) : 0;
    const total = Math.max(CONVERSATIONS * 2, this.#world.scaled(MESSAGES)) - CONVERSATIONS;
    this.#world.proxy.setRates(this.#rates());
    while (this.#disconnects < disconnects) {
      const due = Math.round((total * (this.#disconnects + 1)) / disconnects);
      await this.#playRound(watcher, due - this.#written, disconnects - this.#disconnects);
      this.#world.say(`messages: ${this.#disconnects} of ${disconnects} disconnects, ${this.#written} messages`);
    }
    await this.#write(total - this.#written);
    return this.#conclude(watcher);
  }

  async #begin(): Promise<Watcher> {
    const {backend} = this.#world;
    const [reader, author] = [await backend.signIn('ali@example.com'), await backend.signIn('vali@example.com')];
    this.#author = author;
    this.#conversations = backend.addConversations(CONVERSATIONS, [reader, author]);
    await this.#tab.visit({conversationId: this.#conversations[0] ?? 0});
    await this.#tab.live();
    const watcher = await Watcher.begin(this.#tab, this.#conversations);
    await watcher.live(0, null, PATIENCE);
    return watcher;
  }

  #rates(): Partial<FaultRates> {
    const {faults} = this.#world;
    return {
      ...(faults.has('auth') && {auth5xx: 0.3, authHang: 0.05}),
      ...(faults.has('rest') && {rest5xx: 0.1}),
      ...(faults.has('drop') && {drop: 0.1}),
      ...(faults.has('duplicate') && {duplicate: 0.1}),
      ...(faults.has('shuffle') && {shuffle: 20}),
    };
  }

  /** Messages, a disconnect somewhere among them, and the way back. Now and then it strikes again on that way, `most` times at most. */
  async #playRound(watcher: Watcher, count: number, most: number): Promise<void> {
    const {random} = this.#world;
    if (random() < 0.5) await show(this.#tab, this.#pick());
    const before = Math.floor(random() * count);
    await this.#write(before);
    const rest = this.#write(count - before);
    const began = Date.now();
    const last = this.#disconnects + most;
    let broken: string | null = null;
    for (let again = true; again && this.#disconnects < last; again = random() < 0.2) {
      await this.#tab.page.until('it is connected', () => document.querySelector('chat-connection')?.state === 'connected', null);
      broken = await disconnect(this.#world, this.#tab);
      this.#disconnects += 1;
    }
    const recovery = (await watcher.live(began, broken, PATIENCE)) - began;
    this.#recoveries.push(recovery);
    if (recovery > SLOW) await this.#tell(watcher);
    await rest;
  }

  async #write(count: number): Promise<void> {
    let left = count;
    const writeOnAndOn = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await this.#writeOne(this.#pick());
      }
    };
    await Promise.all(Array.from({length: WRITERS}, writeOnAndOn));
  }

  async #writeOne(conversationId: number): Promise<void> {
    if (!this.#author) return;
    this.#written += 1;
    await this.#world.backend.write(this.#author, String(conversationId), `Message ${this.#written}`);
  }

  #pick(): number {
    return this.#conversations[Math.floor(this.#world.random() * this.#conversations.length)] ?? 0;
  }

  /** The faults end; one message more in each conversation shows where something is missing. */
  async #conclude(watcher: Watcher): Promise<Report> {
    const {proxy, backend} = this.#world;
    proxy.heal();
    const healed = Date.now();
    await Promise.all(this.#conversations.map((id) => this.#writeOne(id)));
    const expected = this.#conversations.map((id): Expected => ({
      conversationId: id,
      ids: backend.storedMessages([id]).map((row) => row.id),
    }));
    const converged = await watcher.converges(expected, 12 * CONVERGENCE);
    return this.#report(watcher, expected, converged === null ? null : converged - healed);
  }

  async #tell(watcher: Watcher): Promise<void> {
    this.#world.say(['messages: what the client did', ...(await watcher.diary())].join('\n'));
  }

  async #report(watcher: Watcher, expected: readonly Expected[], convergence: number | null): Promise<Report> {
    const sent = expected.reduce((sum, {ids}) => sum + ids.length, 0);
    const screen = {shown: 0, lost: 0, doubled: 0, outOfOrder: 0};
    for (const {conversationId, ids} of expected) {
      const seen = await readScreen(this.#tab, conversationId);
      const distinct = new Set(seen);
      screen.shown += distinct.size;
      screen.lost += ids.filter((id) => !distinct.has(id)).length;
      screen.doubled += seen.length - distinct.size;
      screen.outOfOrder += countMisplaced([...distinct].map((id) => ids.indexOf(id)));
    }
    const doubled = screen.doubled + (await watcher.doubleAnnouncements());
    const stuck = await watcher.stuck(this.#conversations);
    if (stuck > 0) await this.#tell(watcher);
    const attemptsPerMinute = mostWithin(this.#world.proxy.attempts, 60_000);
    const uncaught = this.#tab.uncaught.length;
    const recoveryMedian = percentile(this.#recoveries, 0.5);
    const recoveryP95 = percentile(this.#recoveries, 0.95);
    return {
      figures: {...screen, sent, doubled, stuck, attemptsPerMinute, recoveryMedian, recoveryP95, uncaught},
      goals: [
        exactly('stored by the server', sent, this.#written),
        atMost('lost', screen.lost, 0),
        atMost('doubled', doubled, 0),
        atMost('out of order', screen.outOfOrder, 0),
        atMost('conversations that do not follow the server', stuck, 0),
        timed(atMost('ms from the last fault until all was there', convergence, CONVERGENCE)),
        atMost('attempts to connect in a minute', attemptsPerMinute, 60),
        atMost('errors that nobody caught', uncaught, 0),
      ],
    };
  }
}
