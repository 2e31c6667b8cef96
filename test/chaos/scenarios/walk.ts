import {setTimeout as pause} from 'node:timers/promises';
import type {Account} from '../../e2e/backend/backend.js';
import {disconnect} from '../disconnects.js';
import {draw} from '../draw.js';
import {atMost, exactly, NO_FIGURES} from '../figures.js';
import {compare, takePicture} from '../picture.js';
import type {Report, World} from '../scenario.js';
import {show} from '../screen.js';
import {compose, findUnsent, retryFailed} from '../sender.js';
import type {Tab} from '../tab.js';

const STEPS = 4_000;
const CONVERSATIONS = 3;
const TABS = 3;

/** Between a text and the number of its edit. */
const EDITED = ', edited ';

/** How long it may take, once nothing goes wrong any more, until all is sent, and until the tabs agree (ms). */
const PATIENCE = 120_000;

/**
 * What one person does in several tabs, and another one meanwhile, in an order that chance decides. At the end, each tab must know what a new
 * one does. With an even seed the tabs share one socket.
 */
export async function run(world: World): Promise<Report> {
  return new Walk(world).play();
}

/** A tab, and what has been done to it. */
interface Walker {
  readonly tab: Tab;
  conversationId: number;
  isDisconnected: boolean;
  /** Whether the conversation has been taken out of the page. */
  isOut: boolean;
  /** What was written with a file since the page was loaded. */
  withFile: string[];
}

type Step = (walk: Walk, walker: Walker) => Promise<void>;

class Walk {
  readonly #world: World;
  readonly #isShared: boolean;
  #walkers: Walker[] = [];
  #uncaught: string[] = [];
  #conversations: readonly number[] = [];
  #own!: Account;
  #other!: Account;
  #isServerUp = true;
  #isOffline = false;
  /** What was composed, by its text: in which conversation. */
  readonly #composed = new Map<string, number>();
  /** Of that, what a tab was told to delete, whether or not it came to that. */
  readonly #takenBack = new Set<string>();
  #changed = 0;
  #written = 0;

  constructor(world: World) {
    this.#world = world;
    this.#isShared = world.seed % 2 === 0;
  }

  async play(): Promise<Report> {
    const {backend, proxy, random, faults, scaled, say} = this.#world;
    this.#own = await backend.signIn('ali@example.com');
    this.#other = await backend.signIn('vali@example.com');
    this.#conversations = backend.addConversations(CONVERSATIONS, [this.#own, this.#other]);
    for (let count = 0; count < TABS; count += 1) await this.open();
    proxy.setRates({lostAnswers: faults.has('lost-answers') ? 0.1 : 0, drop: faults.has('drop') ? 0.05 : 0});
    const steps = scaled(STEPS);
    for (let count = 1; count <= steps; count += 1) {
      await draw(STEP_SHARES, random)(this, this.pick(this.#walkers));
      if (count % 20 === 0)
        say(`walk: ${count} of ${steps} steps, ${this.#composed.size} composed, ${this.#walkers.length} tabs`);
      await pause(random() * 100);
    }
    await this.#mend();
    return this.#report();
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#world.random() * items.length)] as Item;
  }

  async open(): Promise<void> {
    if (!this.#canLoad) return;
    const tab = await this.#world.openTab();
    const walker = {tab, conversationId: this.pick(this.#conversations), isDisconnected: false, isOut: false, withFile: []};
    this.#walkers.push(walker);
    await this.#visit(walker);
  }

  async reload(walker: Walker): Promise<void> {
    if (!this.#canLoad) return;
    await this.#visit(walker);
    Object.assign(walker, {isDisconnected: false, isOut: false, withFile: []});
  }

  /** Another one takes over what was not sent. The last one stays. */
  async close(walker: Walker): Promise<void> {
    if (this.#walkers.length === 1) return;
    this.#walkers = this.#walkers.filter((other) => other !== walker);
    this.#uncaught.push(...walker.tab.uncaught);
    await walker.tab.close();
  }

  /** Shows another conversation beside the first one, or no longer. In a shadow root, where nothing else looks for it. */
  async toggleTwin({tab}: Walker): Promise<void> {
    await tab.page.evaluate((id) => {
      const former = document.querySelector('.twin');
      if (former) return former.remove();
      const host = Object.assign(document.createElement('div'), {className: 'twin'});
      const twin = document.createElement('chat-conversation');
      twin.setAttribute('conversation-id', String(id));
      host.attachShadow({mode: 'open'}).append(twin);
      document.querySelector('chat-connection')?.append(host);
    }, this.pick(this.#conversations));
  }

  async write({tab, conversationId, isOut}: Walker): Promise<void> {
    if (isOut) return;
    const count = this.#world.random() < 0.2 ? 5 : 1;
    const texts = Array.from({length: count}, (_, index) => `Text ${this.#composed.size + index + 1} in ${conversationId}`);
    for (const text of texts) this.#composed.set(text, conversationId);
    await compose(tab, conversationId, texts, 'method');
  }

  /** Writes something with a file, which ends with the page. */
  async attach(walker: Walker): Promise<void> {
    if (walker.isOut) return;
    const {tab, conversationId} = walker;
    const text = `Text ${this.#composed.size + 1} in ${conversationId} with a file`;
    this.#composed.set(text, conversationId);
    walker.withFile.push(text);
    await show(tab, conversationId);
    await tab.page.evaluate(async (content) => {
      const widget = document.querySelector('chat-conversation');
      await widget?.updateComplete;
      void widget?.send(content, {files: [new File([content], `${content}.txt`, {type: 'text/plain'})]});
    }, text);
  }

  /** Changes a stored message of the conversation that is shown, as its menu does. Without a network, and as chance has it, that fails. */
  async change({tab, conversationId}: Walker): Promise<void> {
    const {backend, random} = this.#world;
    const rows = backend.storedMessages([conversationId]).filter(({content}) => content !== '');
    const own = rows.filter(({senderId}) => senderId === this.#own.id);
    if (own.length === 0) return;
    const way = random();
    const {id, content} = this.pick(way < 0.6 ? own : rows);
    const text = textOf(content);
    if (way < 0.2) this.#takenBack.add(text);
    const how = way < 0.2 ? 'remove' : way < 0.6 ? 'edit' : way < 0.85 ? 'react' : 'unreact';
    await tab.page.evaluate(
      ([where, which, method, value]) => {
        const conversation = document.querySelector('chat-connection')?.client?.conversation(where);
        // Not waited for: the answer may come after what is done next, or never.
        conversation?.[method](which, value).catch(() => undefined);
      },
      [conversationId, id, how, how === 'edit' ? `${text}${EDITED}${(this.#changed += 1)}` : '🎉'] as const,
    );
  }

  async show(walker: Walker): Promise<void> {
    if (walker.isOut) return;
    walker.conversationId = this.pick(this.#conversations);
    await show(walker.tab, walker.conversationId);
  }

  async scroll({tab}: Walker): Promise<void> {
    await tab.page.evaluate((share) => {
      const list = document.querySelector('chat-conversation')?.shadowRoot?.querySelector('chat-message-list');
      const scroller = list?.shadowRoot?.querySelector('.scroller');
      if (scroller) scroller.scrollTop = scroller.scrollHeight * share;
    }, this.#world.random());
  }

  async jump({tab, conversationId}: Walker): Promise<void> {
    const rows = this.#world.backend.storedMessages([conversationId]);
    if (rows.length === 0) return;
    await tab.page.evaluate((id) => {
      // Whether it gets there before something else happens does not matter here.
      void document.querySelector('chat-conversation')?.scrollToMessage(id);
    }, this.pick(rows).id);
  }

  async takeOut(walker: Walker): Promise<void> {
    walker.isOut = !walker.isOut;
    await walker.tab.page.evaluate(() => {
      const kept = window as {widget?: Element};
      const widget = document.querySelector('chat-conversation');
      if (!widget) document.querySelector('chat-connection')?.append(kept.widget ?? '');
      else {
        kept.widget = widget;
        widget.remove();
      }
    }, null);
  }

  async move({tab}: Walker): Promise<void> {
    await tab.page.evaluate(() => {
      const connection = document.querySelector('chat-connection');
      connection?.parentElement?.append(connection);
    }, null);
  }

  /** Takes the network from all tabs, or gives it back. */
  async toggleNetwork(): Promise<void> {
    this.#isOffline = !this.#isOffline;
    for (const {tab} of this.#walkers) await tab.page.setOffline(this.#isOffline);
  }

  async hangUp(walker: Walker): Promise<void> {
    walker.isDisconnected = !walker.isDisconnected;
    await walker.tab.page.evaluate((isDisconnected) => {
      const connection = document.querySelector('chat-connection');
      if (isDisconnected) connection?.disconnect();
      else connection?.retry();
    }, walker.isDisconnected);
  }

  async breakLinks({tab}: Walker): Promise<void> {
    // A tab that shares the socket of another one has none to break.
    if (this.#isShared || !this.#canLoad || !this.#world.faults.has('disconnect')) return;
    const isConnected = await tab.page.evaluate(() => document.querySelector('chat-connection')?.state === 'connected', null);
    if (isConnected) await disconnect(this.#world, tab);
  }

  async toggleServer(): Promise<void> {
    const {backend} = this.#world;
    await (this.#isServerUp ? backend.stopSockets() : backend.startSockets());
    this.#isServerUp = !this.#isServerUp;
  }

  /** What the other person does, past the proxy. */
  async answer(): Promise<void> {
    if (!this.#isServerUp) return;
    const {backend, random} = this.#world;
    const rows = backend.storedMessages(this.#conversations);
    const left = rows.filter(({content}) => content !== '');
    const theirs = left.filter(({senderId}) => senderId === this.#other.id);
    const way = random();
    if (way < 0.6 || theirs.length === 0) {
      await backend.write(this.#other, String(this.pick(this.#conversations)), `Theirs ${(this.#written += 1)}`);
    } else if (way < 0.75) await backend.edit(this.#other, this.pick(theirs).id, `Edited ${(this.#written += 1)}`);
    else if (way < 0.85) await backend.remove(this.#other, this.pick(theirs).id);
    else await backend.react(this.#other, this.pick(left).id, '👍');
  }

  /** Whether a page can be loaded. The demo page signs in before it shows anything. */
  get #canLoad(): boolean {
    return this.#isServerUp && !this.#isOffline;
  }

  async #visit({tab, conversationId}: Walker): Promise<void> {
    await tab.visit({conversationId, isShared: this.#isShared});
    await tab.page.until('there is a client', () => document.querySelector('chat-connection')?.client !== undefined, null);
    await tab.page.evaluate(() => void document.querySelector('chat-connection')?.client?.conversations.load(), null);
  }

  /** Nothing goes wrong any more. */
  async #mend(): Promise<void> {
    this.#world.proxy.heal();
    if (!this.#isServerUp) await this.toggleServer();
    if (this.#isOffline) await this.toggleNetwork();
    for (const walker of this.#walkers) {
      if (walker.isOut) await this.takeOut(walker);
      await walker.tab.page.evaluate(() => {
        document.querySelector('.twin')?.remove();
        document.querySelector('chat-connection')?.retry();
      }, null);
    }
  }

  async #report(): Promise<Report> {
    const {backend, say} = this.#world;
    const walked = this.#walkers.map(({tab}) => tab);
    await this.open();
    const fresh = this.#walkers.at(-1)?.tab as Tab;
    const unsent: string[] = [];
    const differences: string[] = [];
    for (const tab of walked) await lookAt(tab);
    for (const conversationId of this.#conversations) {
      for (const {tab} of this.#walkers) await show(tab, conversationId);
      const left = await afterwards(async () => {
        await retryFailed(walked, conversationId);
        return (await Promise.all(walked.map((tab) => findUnsent(tab, [conversationId])))).flat();
      });
      const different = await afterwards(() => this.#findDifferences(walked, fresh));
      for (const one of [...left, ...different]) say(`walk: ${one}`);
      unsent.push(...left);
      differences.push(...different);
    }
    const rows = backend.storedMessages(this.#conversations).filter(({senderId}) => senderId === this.#own.id);
    const left = rows.filter(({content}) => content !== '');
    const stored = new Map(left.map(({content, conversationId}) => [textOf(content), conversationId]));
    const lost = [...this.#composed.keys()].filter((text) => !stored.has(text) && !this.#takenBack.has(text)).length;
    const astray = [...stored].filter(([text, conversationId]) => this.#composed.get(text) !== conversationId).length;
    const doubled = left.length - stored.size;
    const stuck = unsent.length;
    const files = new Map(left.map(({content, files: count}) => [textOf(content), count]));
    // Of what was written in a page that has not gone since.
    const withFile = this.#walkers.flatMap((walker) => walker.withFile).filter((text) => files.has(text));
    const bare = withFile.filter((text) => files.get(text) === 0).length;
    const tooMany = [...files.values()].filter((count) => count > 1).length;
    const uncaught = [...this.#uncaught, ...this.#walkers.flatMap(({tab}) => tab.uncaught)].length;
    return {
      figures: {...NO_FIGURES, sent: this.#composed.size, lost, doubled, stuck, uncaught},
      goals: [
        exactly('rows in the database', rows.length, this.#composed.size),
        atMost('lost', lost, 0),
        atMost('doubled', doubled, 0),
        atMost('in another conversation than composed in', astray, 0),
        atMost('left unsent', stuck, 0),
        atMost('without the file that was sent with it', bare, 0),
        atMost('with a file more than was sent', tooMany, 0),
        atMost('differences between the tabs and a new one', differences.length, 0),
        atMost('errors that nobody caught', uncaught, 0),
      ],
    };
  }

  /** In what these tabs differ from a new one where all show the same conversation. */
  async #findDifferences(walked: readonly Tab[], fresh: Tab): Promise<readonly string[]> {
    const found: string[] = [];
    // In front, what is at the end is read.
    await fresh.page.front();
    const wanted = await takePicture(fresh);
    for (const [index, tab] of walked.entries()) {
      await tab.page.front();
      found.push(...compare(await takePicture(tab), wanted).map((one) => `tab ${index}: ${one}`));
    }
    return found;
  }
}

/** Somebody comes back to a tab. Without a screen all tabs are visible all the time, so the browser tells none of them. */
async function lookAt({page}: Tab): Promise<void> {
  await page.front();
  await page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')), null);
}

/** What is found again and again, until that is nothing, or nobody would wait any longer. */
async function afterwards(find: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await find();
    if (found.length === 0 || Date.now() > end) return found;
    await pause(500);
  }
}

/** What was composed, of what it has become. */
function textOf(content: string): string {
  return content.split(EDITED)[0] ?? '';
}

/** Each step with its share. */
const STEP_SHARES: readonly (readonly [number, Step])[] = [
  [35, (walk, walker) => walk.write(walker)],
  [6, (walk, walker) => walk.attach(walker)],
  [20, (walk) => walk.answer()],
  [10, (walk, walker) => walk.change(walker)],
  [12, (walk, walker) => walk.show(walker)],
  [8, (walk, walker) => walk.scroll(walker)],
  [4, (walk, walker) => walk.jump(walker)],
  [5, (walk, walker) => walk.reload(walker)],
  [4, (walk, walker) => walk.takeOut(walker)],
  [3, (walk, walker) => walk.move(walker)],
  [5, (walk) => walk.toggleNetwork()],
  [4, (walk, walker) => walk.hangUp(walker)],
  [4, (walk, walker) => walk.breakLinks(walker)],
  [3, (walk) => walk.toggleServer()],
  [3, (walk, walker) => walk.close(walker)],
  [4, (walk) => walk.open()],
  [3, (walk, walker) => walk.toggleTwin(walker)],
];
