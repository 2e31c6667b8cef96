/** Everybody is dropped at once, by a server that goes away for a while: they come back without running it over. */
import {setTimeout as sleep} from 'node:timers/promises';
import {WebSocket as NodeWebSocket} from 'ws';
import {createChatClient} from '../../../src/client/create-chat-client.js';
import type {ChatClient} from '../../../src/client/types.js';
import {seededRandom} from '../../../src/testing/random.js';
import type {Account} from '../../e2e/backend/backend.js';
import {atMost, closest, mostWithin, NO_FIGURES, percentile, timed} from '../figures.js';
import type {Report, Scenario, World} from '../scenario.js';

const GOALS = {
  /** Two attempts of one client are not closer together (ms)… */
  gap: 1000,
  /** …but for what two timers of a busy process differ. */
  jitter: 15,
  /** Of all clients, in one second, in percent… */
  busiest: 15,
  /** …once the first seconds (ms) are over, in which nobody can know that the server stays away. */
  from: 5_000,
  /** All are back, from the drop (ms). */
  back: 45_000,
};

/** Fewer would not be a herd: the share of a second would be a matter of luck. */
const CLIENTS = 500;
/** How long the server is away (ms). */
const AWAY = 10_000;
/** A connection that lasted so long (ms) counts as a good one; those who are dropped sooner know that something is wrong. */
const STABLE = 10_500;
/** How many sign on in a second. */
const PER_SECOND = 100;

export const needs: Scenario['needs'] = {flags: {embedded: ['--limit', 'sockets=5000', '--limit', 'socketsPerAddress=5000']}};

export const run: Scenario['run'] = async (world) => {
  const [ali, vali] = [await world.backend.signIn('ali@example.com'), await world.backend.signIn('vali@example.com')];
  const conversationId = await world.backend.sharedConversation(ali, vali);
  const startUp = await measureStart(world);
  const crowd = new Crowd(world, ali, conversationId);
  await crowd.gather();
  await sleep(STABLE);
  const dropped = crowd.drop();
  await world.backend.stop();
  await sleep(Math.max(0, dropped + AWAY - startUp - performance.now()));
  await world.backend.start();
  world.say(`The server was away for ${((performance.now() - dropped) / 1000).toFixed(1)} s.`);
  await crowd.return(dropped + GOALS.back);
  const content = `after the storm ${world.seed}`;
  await world.backend.write(vali, conversationId, content);
  const stuck = await crowd.countWithout(content);
  crowd.dispose();
  return report(crowd, dropped, stuck);
};

/** How long (ms) the server takes from being started to its first answer. */
async function measureStart({backend}: World): Promise<number> {
  await backend.stop();
  const started = performance.now();
  await backend.start();
  return performance.now() - started;
}

/** Clients of the package's core, with real sockets. */
class Crowd {
  /** When each one opened a socket, since the drop. */
  readonly attempts: {readonly client: number; readonly at: number}[] = [];
  /** When each one was welcomed again. */
  readonly back = new Map<number, number>();
  readonly #world: World;
  readonly #clients: readonly ChatClient[];
  readonly #conversationId: string;
  #noticed: () => void = () => undefined;

  constructor(world: World, account: Account, conversationId: string) {
    this.#world = world;
    this.#conversationId = conversationId;
    this.#clients = Array.from({length: CLIENTS}, (_, number) => this.#create(number, account));
  }

  get size(): number {
    return this.#clients.length;
  }

  /** Signs all of them on, and waits until each follows its conversation. */
  async gather(): Promise<void> {
    for (const [number, client] of this.#clients.entries()) {
      client.conversation(this.#conversationId).open();
      void client.connect();
      if (number % PER_SECOND === PER_SECOND - 1) await sleep(1000);
    }
    await this.#until(
      () => this.#clients.every((client) => isFollowing(client, this.#conversationId)),
      performance.now() + 60_000,
    );
  }

  /** From here on it counts. Returns the time. */
  drop(): number {
    this.attempts.length = 0;
    this.back.clear();
    return performance.now();
  }

  /** Waits until all are back, or it is too late. */
  async return(deadline: number): Promise<void> {
    await this.#until(() => this.back.size === this.size, deadline);
  }

  /** How many do not get this message. They may catch up first. */
  async countWithout(content: string): Promise<number> {
    const has = (client: ChatClient): boolean => {
      const {messages} = client.conversation(this.#conversationId);
      return messages.slice(0, messages.size).some((message) => message.content === content);
    };
    await this.#until(() => this.#clients.every(has), performance.now() + 30_000);
    return this.#clients.filter((client) => !has(client)).length;
  }

  dispose(): void {
    for (const client of this.#clients) client.dispose();
  }

  #create(number: number, {id, token}: Account): ChatClient {
    const {url, socketPort} = this.#world.backend;
    const client = createChatClient({
      appKey: 'demo-key',
      wsHost: '127.0.0.1',
      wsPort: socketPort,
      scheme: 'http',
      apiBase: `${url}/api`,
      authEndpoint: `${url}/broadcasting/auth`,
      userId: id,
      token,
      environment: {
        random: seededRandom(this.#world.seed * CLIENTS + number),
        createWebSocket: (address) => {
          this.attempts.push({client: number, at: performance.now()});
          return new NodeWebSocket(address, {perMessageDeflate: false}) as unknown as WebSocket;
        },
        locks: null,
        openBroadcast: null,
        storage: 'memory',
      },
    });
    client.onStateChange(({state}) => {
      if (state === 'connected') this.back.set(number, performance.now());
      this.#noticed();
    });
    return client;
  }

  async #until(condition: () => boolean, deadline: number): Promise<void> {
    while (!condition() && performance.now() < deadline) {
      await Promise.race([sleep(200), new Promise<void>((resolve) => (this.#noticed = resolve))]);
    }
  }
}

function isFollowing(client: ChatClient, conversationId: string): boolean {
  return client.isConnected && client.conversation(conversationId).snapshot().sync === 'live';
}

function report({attempts, back, size}: Crowd, dropped: number, stuck: number): Report {
  const times = Array.from({length: size}, (_, number) => attempts.filter(({client}) => client === number).map(({at}) => at));
  const shortest = Math.min(...times.map(closest));
  const late = perSecond(attempts.map(({at}) => at - dropped)).slice(GOALS.from / 1000);
  const busiest = (Math.max(...late) / size) * 100;
  const recovery = [...back.values()].map((at) => at - dropped);
  const missing = size - back.size;
  return {
    figures: {
      ...NO_FIGURES,
      stuck: missing + stuck,
      attemptsPerMinute: Math.max(...times.map((all) => mostWithin(all, 60_000))),
      recoveryMedian: percentile(recovery, 0.5),
      recoveryP95: percentile(recovery, 0.95),
    },
    goals: [
      timed({
        what: `shortest time between two attempts of one of ${size} clients (ms)`,
        measured: Math.round(shortest),
        wanted: `at least ${GOALS.gap}`,
        met: shortest >= GOALS.gap - GOALS.jitter,
      }),
      timed(
        atMost('clients that try in the busiest second after the first five (%)', Math.round(busiest * 10) / 10, GOALS.busiest),
      ),
      timed(atMost('clients that are not back within 45 s', missing, 0)),
      timed(atMost('the last one back (ms)', Math.round(Math.max(...recovery)), GOALS.back)),
      atMost('clients that miss what is written then', stuck, 0),
    ],
  };
}

/** How many of these times (ms) lie in each second. */
function perSecond(times: readonly number[]): readonly number[] {
  const counts: number[] = [];
  for (const time of times) {
    const second = Math.floor(time / 1000);
    while (counts.length <= second) counts.push(0);
    counts[second]! += 1;
  }
  return counts;
}
