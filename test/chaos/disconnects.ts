import {draw} from './draw.js';
import type {World} from './scenario.js';
import type {Tab} from './tab.js';

/** Codes with which servers close, all of them for reasons that pass. */
const CODES = [1000, 1001, 1011, 1012, 1013, 4100, 4200, 4201, 4202];

type Way = (world: World, tab: Tab) => Promise<void> | void;

const cut: Way = ({proxy}) => void proxy.breakSockets('cut');

/** Each with its share; they add up to 100. */
const WAYS: readonly (readonly [number, Way])[] = [
  [35, cut],
  [25, ({proxy, random}) => void proxy.closeSockets(CODES[Math.floor(random() * CODES.length)] ?? 1001)],
  [15, ({proxy}) => void proxy.breakSockets('half-close')],
  [15, ({proxy}) => void proxy.breakSockets('truncate')],
  [10, changeNetwork],
];

/** With more than one node there is more that can end. */
const SCALED_WAYS: typeof WAYS = [[15, rollNodes], [10, loseRedis], ...WAYS.map(([share, way]) => [share * 0.75, way] as const)];

/** After how many disconnects in a hundred the browser says that it has found a network; after the others the client is left to its patience. */
const HINTED = 85;

/** Ends the connection in a way that chance decides, and resolves when the page has noticed, with the id of the socket that is no more. */
export async function disconnect(world: World, tab: Tab): Promise<string | null> {
  const way = draw(world.isScaled ? SCALED_WAYS : WAYS, world.random);
  const broken = await tab.page.evaluate(() => document.querySelector('chat-connection')?.client?.socketId ?? null, null);
  const noticed = tab.page.until(
    'the page notices',
    () => document.querySelector('chat-connection')?.state !== 'connected',
    null,
    {
      // It may be back in no time.
      polling: 10,
    },
  );
  await Promise.all([noticed, way(world, tab)]);
  if (world.random() * 100 < HINTED) await tab.page.evaluate(() => dispatchEvent(new Event('online')), null);
  return broken;
}

/** From one network to another: for a moment there is none, and the old socket is dead, though nobody says so. */
async function changeNetwork({proxy}: World, {page}: Tab): Promise<void> {
  await page.setOffline(true);
  proxy.breakSockets('blackhole');
  await page.setOffline(false);
}

/** One node after the other ends without a word and comes back, as in a deployment that went badly. */
async function rollNodes({backend, say}: World): Promise<void> {
  say('both nodes are killed, one after the other');
  for (const node of [1, 2]) {
    await backend.ask(`kill node ${node}`, /^node \d+ killed/u);
    await backend.ask(`start node ${node}`, /^node \d+ listening/u);
  }
}

/** The client comes back while the nodes do not hear each other; what is broadcast meanwhile may reach nobody. */
async function loseRedis(world: World, tab: Tab): Promise<void> {
  world.say('Redis is killed');
  await world.backend.ask('kill redis', /^redis killed/u);
  await cut(world, tab);
  await world.backend.ask('start redis', /^redis listening/u);
}
