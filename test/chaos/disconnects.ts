import type {Tab} from './tab.js';
import type {World} from './scenario.js';

/** Codes with which servers close, all of them for reasons that pass. */
const CODES = [1000, 1001, 1011, 1012, 1013, 4100, 4200, 4201, 4202];

type Disconnect = (world: World, tab: Tab) => Promise<void>;

const cut: Disconnect = async ({proxy}) => void proxy.breakSockets('cut');

/** Each with its share; they add up to 100. */
const DISCONNECTS: readonly (readonly [number, Disconnect])[] = [
  [35, cut],
  [25, async ({proxy, random}) => void proxy.closeSockets(CODES[Math.floor(random() * CODES.length)] ?? 1001)],
  [15, async ({proxy}) => void proxy.breakSockets('half-close')],
  [15, async ({proxy}) => void proxy.breakSockets('truncate')],
  // Nothing tells the page of these but the browser's word that there is a network again.
  [5, async ({proxy}, tab) => (proxy.breakSockets('blackhole'), findNetwork(tab))],
  [5, changeNetwork],
];

/** How many disconnects in a hundred are followed by the browser's word that it has found a network; after the others the client is left to its patience. */
const HINTED = 85;

/** Ends the connection, in a way that chance decides. */
export async function disconnect(world: World, tab: Tab): Promise<void> {
  let drawn = world.random() * 100;
  const [, way] = DISCONNECTS.find(([share]) => (drawn -= share) < 0) ?? [0, cut];
  await way(world, tab);
  if (world.random() * 100 < HINTED) await findNetwork(tab);
}

/** From one network to another: for a moment there is none, and the old socket is dead. */
async function changeNetwork({proxy}: World, tab: Tab): Promise<void> {
  const context = tab.page.context();
  await context.setOffline(true);
  proxy.breakSockets('blackhole');
  await context.setOffline(false);
}

/** Says what a browser says when a network is there. */
async function findNetwork(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => dispatchEvent(new Event('online')));
}
