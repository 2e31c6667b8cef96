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

/** After how many disconnects in a hundred the browser says that it has found a network; after the others the client is left to its patience. */
const HINTED = 85;

/** Ends the connection in a way that chance decides, and resolves when the page has noticed. */
export async function disconnect(world: World, tab: Tab): Promise<void> {
  let drawn = world.random() * 100;
  const [, way] = WAYS.find(([share]) => (drawn -= share) < 0) ?? [0, cut];
  const noticed = tab.page.waitForFunction(() => document.querySelector('chat-connection')?.state !== 'connected');
  await way(world, tab);
  await noticed;
  if (world.random() * 100 < HINTED) await tab.page.evaluate(() => dispatchEvent(new Event('online')));
}

/** From one network to another: for a moment there is none, and the old socket is dead, though nobody says so. */
async function changeNetwork({proxy}: World, tab: Tab): Promise<void> {
  const context = tab.page.context();
  await context.setOffline(true);
  proxy.breakSockets('blackhole');
  await context.setOffline(false);
}
