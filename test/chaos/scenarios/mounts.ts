/** Elements that come and go, as the pages of an application do: what they opened is closed, and what they took is given back. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {Holdings} from '../browser/driver.js';
import {atMost, exactly, NO_FIGURES} from '../figures.js';
import type {Held} from '../lab/counters.js';
import {Lab} from '../lab/lab.js';
import type {Visit} from '../lab/page.js';
import type {Page} from '../page.js';
import type {Goal, Scenario, World} from '../scenario.js';

/** Heap after garbage collection may have grown by so much (bytes). Everything else, by nothing. */
const HEAP_GOAL = 1024 * 1024;

const MOUNTS = 1_000;
/** Connections that are used one after the other. Each is at rest when its turn comes again, and so has to connect anew. */
const CONNECTIONS = 50;
const AT_ONCE = 5;
/** A connection outlives its last element by 2 s, in case that is only moved; and a moment for goodbyes (ms). */
const REST = 3_000;
/** All but the last few are disposed of when they are at rest, and what they share with others is kept for 2 s more (ms). */
const DISPOSED = REST + 2_000;
/** Unmounted while connecting: somewhere in this time (ms) from the beginning of the attempt. */
const LONGEST_STAY = 12;

export const needs: Scenario['needs'] = {flags: {embedded: ['--limit', 'socketsPerAddress=500']}};

export const run: Scenario['run'] = async (world) => {
  const tab = await world.openTab();
  const lab = await Lab.openIn(tab);
  const mounts = Math.max(CONNECTIONS, Math.round(world.scaled(MOUNTS) / CONNECTIONS) * CONNECTIONS);
  const createVisit = await visitsOf(world);
  // What is made once and kept, the code that is compiled too, is there after that.
  await play(lab, CONNECTIONS, createVisit);
  const before = await measure(lab, tab.page);
  const openedBefore = await lab.opened();
  const asMeant = await play(lab, mounts, createVisit);
  const after = await measure(lab, tab.page);
  const opened = (await lab.opened()) - openedBefore;
  const subscribed = await world.backend.channels();
  const {uncaught} = lab;
  await lab.close();
  world.say(`heap ${before.engine?.heap ?? '?'} → ${after.engine?.heap ?? '?'}, ${opened} sockets opened`);
  return {
    figures: {...NO_FIGURES, sent: mounts, shown: asMeant, stuck: mounts - asMeant, uncaught: uncaught.length},
    goals: [
      exactly('mounts that connected, and half of them came to be live', asMeant, mounts),
      // Otherwise it was one connection all the time, and nothing was tried.
      exactly('sockets opened for them', opened, mounts),
      ...(['sockets', 'timers', 'channels'] as const).map((what) => atMost(`growth of ${what}`, after[what] - before[what], 0)),
      ...engineGoals(before.engine, after.engine, mounts),
      atMost('sockets left', after.sockets, 0),
      atMost('channels the server still counts', subscribed.length, 0),
      atMost('errors nobody caught', uncaught.length, 0),
    ],
  };
};

function engineGoals(before: Holdings | null, after: Holdings | null, mounts: number): Goal[] {
  if (!before || !after) return [];
  return [
    atMost('growth of the heap after collection (bytes)', after.heap - before.heap, HEAP_GOAL),
    ...(['listeners', 'documents'] as const).map((what) => atMost(`growth of ${what}`, after[what] - before[what], 0)),
    // The browser keeps a handful for a while, of whatever was there last. A leak is at least one a mount.
    atMost('growth of nodes', after.nodes - before.nodes, Math.floor(mounts / 10)),
  ];
}

type CreateVisit = (number: number) => Visit;

async function visitsOf({backend, random}: World): Promise<CreateVisit> {
  const [ali, vali] = [await backend.signIn('ali@example.com'), await backend.signIn('vali@example.com')];
  const conversationId = Number(await backend.sharedConversation(ali, vali));
  const socket = {host: '127.0.0.1', port: backend.socketPort};
  const settings = {socket, server: backend.url, token: ali.token, userId: ali.id, conversationId};
  return (number) => ({
    settings: {name: `connection-${number % CONNECTIONS}`, ...settings},
    stay: number % 2 === 0 ? null : random() * LONGEST_STAY,
  });
}

/** Mounts and unmounts so many, a few at a time. Returns how many came as far as they were meant to. */
async function play(lab: Lab, mounts: number, createVisit: CreateVisit): Promise<number> {
  let asMeant = 0;
  for (let first = 0; first < mounts; first += AT_ONCE) {
    if (first > 0 && first % CONNECTIONS === 0) await sleep(REST);
    asMeant += await lab.visit(Array.from({length: AT_ONCE}, (_, index) => createVisit(first + index)));
  }
  return asMeant;
}

/** `engine`: what that one holds for the page; `null` where it does not tell. */
interface Measured extends Held {
  readonly engine: Holdings | null;
}

async function measure(lab: Lab, page: Page): Promise<Measured> {
  await sleep(DISPOSED);
  const engine = await page.measure();
  return {...(await lab.held()), engine};
}
