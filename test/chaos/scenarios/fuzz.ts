/** Frames and answers that no server should send, by the thousand: the page goes on, and shows the next good message. */
import {atMost, exactly, NO_FIGURES, percentile} from '../figures.js';
import type {Answer} from '../http-relay.js';
import {Fuzzer, goodFrames} from '../lab/fuzz.js';
import {Lab} from '../lab/lab.js';
import type {Report, Scenario, World} from '../scenario.js';

const FRAMES = 50_000;
const ANSWERS = 5_000;
/** After so many comes a good message. */
const FRAMES_A_ROUND = 500;
const ANSWERS_A_ROUND = 100;
/** So long (ms) the page may take until it shows that. */
const PATIENCE = 30_000;

const WIDGET = 'widget';
const STATUSES = [
  200, 200, 200, 200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 409, 410, 413, 419, 422, 429, 500, 502, 503, 504,
];
const HUGE = 3 * 1024 * 1024;

export const run: Scenario['run'] = async (world) => {
  const target = await Target.open(world);
  const frames = await throwFrames(world, target);
  const answers = await throwAnswers(world, target);
  const marks = await target.lab.marks();
  const {uncaught} = target.lab;
  await target.close();
  return report(target, {frames, answers, marks, uncaught});
};

/** The page that has to bear it. */
class Target {
  readonly lab: Lab;
  readonly conversationId: number;
  readonly userId: number;
  /** How long (ms) each good message took; `null` for those that did not come. */
  readonly good: (number | null)[] = [];
  /** What a call of the API rejected with that is none of our errors. */
  readonly strange: string[] = [];
  readonly #write: (content: string) => Promise<number>;

  private constructor(
    lab: Lab,
    ids: {readonly userId: number; readonly conversationId: number},
    write: (content: string) => Promise<number>,
  ) {
    this.lab = lab;
    this.userId = ids.userId;
    this.conversationId = ids.conversationId;
    this.#write = write;
  }

  static async open(world: World): Promise<Target> {
    const {backend, proxy} = world;
    const [ali, vali] = [await backend.signIn('ali@example.com'), await backend.signIn('vali@example.com')];
    const conversationId = await backend.sharedConversation(ali, vali);
    const lab = await Lab.open(world);
    const socket = {host: '127.0.0.1', port: proxy.port};
    await lab.mount([
      {name: WIDGET, socket, server: proxy.url, token: ali.token, userId: ali.id, conversationId: Number(conversationId)},
    ]);
    await lab.live(WIDGET);
    const ids = {userId: ali.id, conversationId: Number(conversationId)};
    return new Target(lab, ids, (content) => backend.write(vali, conversationId, content));
  }

  /** Writes a message, and waits until it is shown. */
  async tryGoodOne(): Promise<void> {
    const content = `good ${this.good.length}`;
    const id = await this.#write(content);
    const written = performance.now();
    const isShown = await this.lab.finds(WIDGET, id, content, PATIENCE);
    this.good.push(isShown ? performance.now() - written : null);
  }

  async ask(): Promise<void> {
    this.strange.push(...(await this.lab.ask(WIDGET, this.conversationId, 1)));
  }

  close(): Promise<void> {
    return this.lab.close();
  }
}

/** Returns how many frames were sent. */
async function throwFrames({proxy, random, scaled}: World, target: Target): Promise<number> {
  const fuzzer = new Fuzzer(random);
  const templates = goodFrames(`private-user.${target.userId}`, target.userId, target.conversationId);
  const count = scaled(FRAMES);
  for (let sent = 0; sent < count; sent += 1) {
    proxy.inject(fuzzer.spoil(fuzzer.pick(templates)));
    if (sent % FRAMES_A_ROUND === FRAMES_A_ROUND - 1 || sent === count - 1) await target.tryGoodOne();
  }
  return count;
}

/** Returns how many answers were spoilt. */
async function throwAnswers(world: World, target: Target): Promise<number> {
  const {proxy, random, scaled} = world;
  const fuzzer = new Fuzzer(random);
  const count = scaled(ANSWERS);
  let spoilt = 0;
  for (let round = ANSWERS_A_ROUND; spoilt < count; round += ANSWERS_A_ROUND) {
    proxy.spoil = (answer) => {
      spoilt += 1;
      return spoilAnswer(fuzzer, answer);
    };
    // A new link asks to be authorized, and for what was missed.
    proxy.breakSockets('cut');
    while (spoilt < Math.min(round, count)) await target.ask();
    proxy.spoil = null;
    // A person would press the button: the server may have been said to refuse us for good.
    await target.lab.retry(WIDGET);
    await target.tryGoodOne();
    if (target.good.at(-1) === null)
      world.say(
        JSON.stringify([
          await target.lab.status(WIDGET),
          await target.lab.channel(WIDGET),
          await target.lab.sync(WIDGET, target.conversationId),
        ]),
      );
  }
  return spoilt;
}

function spoilAnswer(fuzzer: Fuzzer, {headers, body}: Answer): Answer {
  const json = body === '' ? '{"data":[]}' : body;
  const status = fuzzer.pick(STATUSES);
  const retryAfter = fuzzer.chance(0.3)
    ? {'Retry-After': fuzzer.pick(['1', '-1', '1e9', 'soon', '0', 'Fri, 31 Dec 1999 23:59:59 GMT'])}
    : {};
  const location =
    status > 300 && status < 304 ? {Location: fuzzer.pick(['/login', '/api/conversations', 'http://127.0.0.1:9/', ''])} : {};
  const all = {...headers, ...retryAfter, ...location};
  if (fuzzer.chance(0.1))
    return {status, headers: {...all, 'Content-Type': 'text/html'}, body: '<!doctype html><title>Sign in</title>'};
  if (fuzzer.chance(0.01)) return {status, headers: all, body: `{"data":"${'x'.repeat(HUGE)}"}`};
  if (fuzzer.chance(0.05)) return {status, headers: {...all, 'Content-Length': String(json.length + 9)}, body: json, cut: true};
  if (fuzzer.chance(0.05)) return {status, headers: {...all, 'Content-Encoding': 'gzip'}, body: json};
  return {status, headers: all, body: fuzzer.spoil(json)};
}

interface Outcome {
  readonly frames: number;
  readonly answers: number;
  readonly marks: readonly string[];
  readonly uncaught: readonly string[];
}

function report({good, strange}: Target, {frames, answers, marks, uncaught}: Outcome): Report {
  const shown = good.filter((time) => time !== null);
  const first = (list: readonly string[]): string => (list.length === 0 ? '' : ` (${list.slice(0, 3).join('; ')})`);
  return {
    figures: {
      ...NO_FIGURES,
      sent: good.length,
      shown: shown.length,
      lost: good.length - shown.length,
      recoveryMedian: percentile(shown, 0.5),
      recoveryP95: percentile(shown, 0.95),
      uncaught: uncaught.length,
    },
    goals: [
      atMost(`errors nobody caught, of ${frames} frames and ${answers} answers${first(uncaught)}`, uncaught.length, 0),
      exactly('good messages shown in between', shown.length, good.length),
      atMost(`calls that reject with something else than an ApiError${first(strange)}`, strange.length, 0),
      atMost(`traces in the page${first(marks)}`, marks.length, 0),
    ],
  };
}
