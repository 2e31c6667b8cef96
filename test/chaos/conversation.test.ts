import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ChatClient, LiveConversation} from '../../src/client/types.js';
import type {Message} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {seededRandom} from '../../src/testing/random.js';

/** How many seeds are tried, and from which on. `CHAOS_SEEDS=1 CHAOS_SEED=17` replays one. */
const SEEDS = Number(process.env['CHAOS_SEEDS'] ?? 40);
const FIRST_SEED = Number(process.env['CHAOS_SEED'] ?? 1);

/** What may go wrong, one after the other and all at once. */
type Fault = (server: FakeServer, random: () => number) => void;

const CLOSES = [1000, 1001, 1006, 1009, 1011, 1012, 1013, 4000, 4100, 4200, 4201, 4301];

/** An event that never comes, and of which nothing tells where nothing is counted. */
const lose: Fault = (server) => void server.faults.events({drop: true, share: 0.1});

const FAULTS: readonly Fault[] = [
  (server, random) => server.closeAll(CLOSES[Math.floor(random() * CLOSES.length)] ?? 1006),
  (server) => server.silence(),
  (server) => server.stop('sockets'),
  (server) => server.stop(),
  (server) => server.start(),
  (server) => server.start(),
  (server) => void server.faults.events({duplicate: true, share: 0.1}),
  (server) => void server.faults.events({shuffle: 20, share: 0.3}),
  (server) => void server.faults.auth({status: 500, share: 0.3}),
  (server) => void server.faults.auth({hang: true, times: 1}),
  (server) => void server.faults.rest({status: 503, share: 0.1}),
  (server) => void server.faults.rest({lost: true, share: 0.3, match: /POST .*messages/}),
  (server) => void server.faults.rest({html: true, share: 0.05}),
  (server) => void server.faults.sockets({neverWelcome: true, times: 1}),
  (server) => void server.faults.sockets({error: {code: 4004}, times: 1}),
  (server) => server.faults.clear(),
  (server) => server.expireTokens(),
  (server) => server.rawFrame('{"event":7}'),
];

/** Messages of the past: so many that most of them are not loaded. */
const HISTORY = 700;

/** What a person may do with what is shown, whatever else goes on. */
const MOVES: readonly ((side: Side, server: FakeServer, random: () => number) => void)[] = [
  ({conversation}, server, random) => {
    const rows = server.messages(10);
    conversation.loadAround(rows[Math.floor(random() * rows.length)]?.id ?? 0).catch(() => undefined);
  },
  ({conversation}) => void conversation.loadOlder(),
  ({conversation}) => void conversation.loadNewer(),
  ({conversation}) => conversation.loadLatest(),
];

interface Side {
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
  readonly received: Map<string, number>;
}

function join(server: FakeServer, userId: number): Side {
  const client = server.client({userId, maxMessages: 500});
  const conversation = client.conversation(10);
  const received = new Map<string, number>();
  conversation.onMessage((news) => {
    if (news.type === 'received') received.set(news.message.content, (received.get(news.message.content) ?? 0) + 1);
  });
  conversation.open();
  void client.connect();
  return {client, conversation, received};
}

/** `counts`: whether the backend has revisions. Without them edits further up may be missed, but no message. */
async function runChaos(seed: number, counts: boolean): Promise<void> {
  const faults = counts ? [lose, ...FAULTS] : FAULTS;
  const random = seededRandom(seed);
  const server = createFakeServer({
    seed,
    revisions: counts,
    users: [
      {id: 1, name: 'Ali'},
      {id: 2, name: 'Vali'},
    ],
    conversations: [{id: 10, messages: HISTORY}],
  });
  const sides = [join(server, 1), join(server, 2)];
  await server.advance(2_000);
  const written: string[][] = [[], []];
  for (let step = 0; step < 40; step += 1) {
    const who = random() < 0.5 ? 0 : 1;
    const text = `s${who}-${step}`;
    written[who]?.push(text);
    void sides[who]?.conversation.send(text);
    if (random() < 0.5) faults[Math.floor(random() * faults.length)]?.(server, random);
    if (random() < 0.1) server.edit(server.messages(10).at(-1)?.id ?? 0, `edited ${step}`);
    if (random() < 0.3) server.edit(server.messages(10)[Math.floor(random() * HISTORY)]?.id ?? 0, `edited ${step}`);
    if (random() < 0.05) server.forgetChanges(10);
    for (const side of sides) if (random() < 0.5) MOVES[Math.floor(random() * MOVES.length)]?.(side, server, random);
    await server.advance(random() * 4_000);
  }
  server.faults.clear();
  server.start();
  await server.advance(60_000);
  for (const {client} of sides) client.retry();
  await server.advance(340_000);
  check(server, sides, {written, counts});
  server.dispose();
  await server.settle();
  assert.equal(server.clock.pending, 0, 'no timer is left');
}

interface Expected {
  readonly written: readonly string[][];
  readonly counts: boolean;
}

function check(server: FakeServer, sides: readonly Side[], {written, counts}: Expected): void {
  const rows = server.messages(10).slice(HISTORY);
  written.forEach((texts, who) => {
    const ids = rows.filter(({sender}) => Number(sender.id) === who + 1).map(({content}) => content);
    const plain = ids.filter((content) => !content.startsWith('edited'));
    assert.equal(ids.length, texts.length, 'each message is stored exactly once');
    assert.deepEqual(
      plain,
      texts.filter((text) => plain.includes(text)),
      'in the order of writing',
    );
  });
  for (const {client, conversation} of sides) {
    assert.equal(client.state, 'connected');
    // First what somebody jumped to or scrolled to, then the newest messages, which were kept meanwhile.
    checkShown(server, conversation, counts);
    conversation.loadLatest();
    const shown = checkShown(server, conversation, counts);
    assert.equal(Number(shown.at(-1)?.id), server.messages(10).at(-1)?.id, 'the end is the end');
    assert.ok(
      shown.every(({status}) => status === 'sent' || status === 'read'),
      'nothing is left sending',
    );
    assert.equal(conversation.snapshot().sync, 'live');
  }
  for (const {received} of sides) for (const [text, times] of received) assert.equal(times, 1, `${text} was announced once`);
}

/** What is shown is a stretch of what the server has, without a hole. */
function checkShown(server: FakeServer, {messages}: LiveConversation, counts: boolean): readonly Message[] {
  const shown = messages.slice(0, messages.size);
  const rows = server.messages(10).map(({id, content}) => [id, counts && content]);
  const from = rows.findIndex(([id]) => id === Number(shown[0]?.id));
  assert.deepEqual(
    shown.map(({id, content}) => [Number(id), counts && content]),
    rows.slice(from, from + shown.length),
    'the list equals the server’s',
  );
  return shown;
}

describe('a conversation in chaos', () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    it(`loses and doubles nothing, and comes to rest (seed ${seed})`, () => runChaos(seed, true));
    if (seed % 2 > 0)
      it(`loses and doubles no message where the backend does not count (seed ${seed})`, () => runChaos(seed, false));
  }
});
