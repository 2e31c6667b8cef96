/** Every code with which a server ends a connection or says that something is wrong, before the handshake is done and after it: nobody is stuck. */
import {setTimeout as sleep} from 'node:timers/promises';
import {atMost, closest, exactly, mostWithin, NO_FIGURES, percentile, timed} from '../figures.js';
import {AILMENTS, type Ailment} from '../lab/ailments.js';
import {Lab} from '../lab/lab.js';
import type {Change, WidgetSettings} from '../lab/page.js';
import {SickServer} from '../lab/sick-server.js';
import type {Goal, Scenario, World} from '../scenario.js';

/** Attempts of one client within a second, as they are made. A timer may come a few ms early, so a little less is looked at (ms). */
const MOST_ATTEMPTS = 1;
const A_SECOND = 985;
/** How long (ms) until the page says what is wrong. Handshakes and answers that never come take up to 10 s to be given up. */
const PATIENCE = 45_000;
/** How long (ms) a server stays sick at least: long enough for a storm. */
const SICK = 12_000;
/** A browser makes sockets more slowly where many fail in one page. */
const PER_PAGE = 20;
/** So many pages at a time: what they show is looked at all the while, and that must not be what slows them. */
const PAGES = 2;
/** Below this size nobody waits a minute for a client that was refused: it is asked to try again. */
const PATIENT_FROM = 1;

interface Outcome {
  readonly name: string;
  /** What was seen in place of what should be; `null` when all was well. */
  readonly wrong: string | null;
  readonly isBack: boolean;
  readonly attemptsPerSecond: number;
  /** The shortest time between two attempts as they were made, and as they came in (ms). */
  readonly gaps: {readonly made: number; readonly arrived: number};
  readonly attemptsPerMinute: number;
  /** From the cure until it is live (ms). */
  readonly recovery: number | null;
}

export const run: Scenario['run'] = async (world) => {
  const chosen = choose(world);
  const isPatient = chosen.length >= AILMENTS.length * PATIENT_FROM;
  const settings = await settingsOf(world);
  // Those who stay away longest in the same pages, so that the others need not wait for them.
  const sorted = [...chosen].sort((a, b) => a.expected.pause - b.expected.pause);
  const results: Ward[] = [];
  for (let first = 0; first < sorted.length; first += PER_PAGE * PAGES) {
    const wards = [...Array(PAGES).keys()].map((page) => sorted.slice(first + page * PER_PAGE, first + (page + 1) * PER_PAGE));
    const treated = wards.filter(({length}) => length > 0).map((ailments) => treat(world, ailments, settings, isPatient));
    results.push(...(await Promise.all(treated)));
    world.say(`${results.reduce((sum, {outcomes}) => sum + outcomes.length, 0)} of ${sorted.length}`);
  }
  const outcomes = results.flatMap((result) => result.outcomes);
  const uncaught = results.flatMap((result) => result.uncaught);
  const shortest = (which: 'made' | 'arrived'): number => Math.round(Math.min(...outcomes.map(({gaps}) => gaps[which])));
  // A browser holds back the sockets of a page in which many fail, each for another time: the server sees other gaps than were kept.
  world.say(
    `Two attempts of one client: made at least ${shortest('made')} ms apart, come in at least ${shortest('arrived')} ms apart.`,
  );
  const stuck = outcomes.filter(({isBack}) => !isBack);
  const recoveries = outcomes.flatMap(({recovery}) => (recovery === null ? [] : [recovery]));
  return {
    figures: {
      ...NO_FIGURES,
      sent: outcomes.length,
      shown: outcomes.length - stuck.length,
      stuck: stuck.length,
      attemptsPerMinute: Math.max(...outcomes.map(({attemptsPerMinute}) => attemptsPerMinute)),
      recoveryMedian: percentile(recoveries, 0.5),
      recoveryP95: percentile(recoveries, 0.95),
      uncaught: uncaught.length,
    },
    goals: [
      named(
        'clients stuck',
        stuck.map(({name}) => name),
      ),
      named(
        'states other than those that are documented',
        outcomes.flatMap(({name, wrong}) => (wrong === null ? [] : [`${name}: ${wrong}`])),
      ),
      timed(
        atMost(
          'attempts of one client within a second',
          Math.max(...outcomes.map(({attemptsPerSecond}) => attemptsPerSecond)),
          MOST_ATTEMPTS,
        ),
      ),
      atMost('errors nobody caught', uncaught.length, 0),
    ],
  };
};

/** All, or as many as the size of the run asks for, spread over all kinds; another seed takes others. */
function choose({seed, scaled}: World): readonly Ailment[] {
  const stride = Math.max(1, Math.round(AILMENTS.length / scaled(AILMENTS.length)));
  return AILMENTS.filter((_, index) => index % stride === seed % stride);
}

async function settingsOf({backend}: World): Promise<Omit<WidgetSettings, 'name' | 'socket' | 'authEndpoint'>> {
  const [ali, vali] = [await backend.signIn('ali@example.com'), await backend.signIn('vali@example.com')];
  const conversationId = Number(await backend.sharedConversation(ali, vali));
  return {server: backend.url, token: ali.token, userId: ali.id, conversationId};
}

/** What came of the widgets of one page. */
interface Ward {
  readonly outcomes: readonly Outcome[];
  readonly uncaught: readonly string[];
}

type Shared = Awaited<ReturnType<typeof settingsOf>>;

/** One page with a widget for each of these, and a server for each widget. */
async function treat(world: World, ailments: readonly Ailment[], shared: Shared, isPatient: boolean): Promise<Ward> {
  const lab = await Lab.open(world);
  const servers = await Promise.all(ailments.map(({sickness}) => SickServer.start(sickness)));
  try {
    await lab.mount(
      ailments.map(({name}, index) => {
        const {port, authEndpoint} = servers[index]!;
        return {...shared, name, socket: {host: '127.0.0.1', port}, authEndpoint};
      }),
    );
    const outcomes = await Promise.all(ailments.map((ailment, index) => follow(lab, ailment, servers[index]!, isPatient)));
    return {outcomes, uncaught: [...lab.uncaught]};
  } finally {
    await lab.close();
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** Looks on while the server is sick, heals it, and looks whether the client comes back. */
async function follow(lab: Lab, {name, expected}: Ailment, server: SickServer, isPatient: boolean): Promise<Outcome> {
  const [wrong] = await Promise.all([examine(lab, name, expected), sleep(SICK)]);
  server.heal();
  const healed = Date.now();
  const comesBackIn = isPatient || expected.pause === 0 ? expected.return : null;
  if (comesBackIn === null) await lab.retry(name);
  const isBack = await lab.becomesLive(name, comesBackIn ?? PATIENCE);
  const recovery = isBack ? Date.now() - healed : null;
  const attempts = await lab.attempts(name);
  return {
    name,
    wrong,
    isBack,
    attemptsPerSecond: mostWithin(attempts, A_SECOND),
    attemptsPerMinute: mostWithin(attempts, 60_000),
    gaps: {made: closest(attempts), arrived: closest(server.attempts)},
    recovery,
  };
}

/** What is wrong with what is to be seen; `null` when it is as it should be. */
async function examine(lab: Lab, name: string, expected: Ailment['expected']): Promise<string | null> {
  const {states, channel, cause, pause} = expected;
  const seen = await lab.becomes(name, {states, channel: channel ?? null, cause: cause ?? null}, PATIENCE);
  if (seen === null) return `${describe(await lab.status(name))}, its channel ${await lab.channel(name)}`;
  if (seen.retryAt !== null && seen.retryAt - seen.at < pause) return `tries again after ${seen.retryAt - seen.at} ms`;
  if (states.includes('connected')) return null;
  // Whatever is wrong is said to the person who looks at it.
  return (await lab.says(name, PATIENCE)) ? null : `${describe(seen)}, and says nothing`;
}

function describe({state, cause, code, retryAt}: Change): string {
  return `${state} (${cause}, ${code}${retryAt === null ? ', no attempt planned' : ''})`;
}

/** A goal of none at all, and those that miss it by name. */
function named(what: string, names: readonly string[]): Goal {
  const goal = exactly(what, names.length, 0);
  return names.length === 0 ? goal : {...goal, measured: `${names.length}: ${names.slice(0, 12).join('; ')}`};
}
