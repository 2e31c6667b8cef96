import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {Run} from '../../src/store/index.js';
import {RecoveryWorld} from './recovery-world.js';

type Model = Record<string, never>;
type Command = fc.Command<Model, RecoveryWorld>;

/** What may happen, each at any time. */
class Step implements Command {
  readonly #name: string;
  readonly #run: (world: RecoveryWorld) => void;

  constructor(name: string, run: (world: RecoveryWorld) => void) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  run(_model: Model, world: RecoveryWorld): void {
    this.#run(world);
    world.checkRanges();
  }

  toString(): string {
    return this.#name;
  }
}

const choice = fc.nat({max: 30});
const lose = choice.map((n) => new Step(`lose ${n}`, (world) => world.lose(n)));
const steps: fc.Arbitrary<Command>[] = [
  fc.constant(new Step('insert', (world) => world.insert())),
  fc.constant(new Step('insert', (world) => world.insert())),
  fc
    .tuple(choice, fc.boolean())
    .map(([n, deleted]) => new Step(`edit ${n}${deleted ? ' (delete)' : ''}`, (world) => world.edit(n, deleted))),
  fc
    .tuple(choice, fc.boolean())
    .map(([n, deleted]) => new Step(`edit near ${n}${deleted ? ' (delete)' : ''}`, (world) => world.editNear(n, deleted))),
  choice.map((n) => new Step(`deliver ${n}`, (world) => world.deliver(n, false))),
  choice.map((n) => new Step(`look ${n}`, (world) => world.look(n))),
  choice.map((n) => new Step(`answer ${n}`, (world) => world.answer(n))),
  fc.constant(new Step('load', (world) => world.recovery.load())),
  fc.constant(new Step('link up', (world) => world.linkUp())),
  fc.constant(new Step('link down', (world) => world.linkDown())),
  choice.map((n) => new Step(`deliver ${n} twice`, (world) => world.deliver(n, true))),
  choice.map((n) => new Step(`fail ${n}`, (world) => world.fail(n))),
  choice.map((n) => new Step(`refuse ${n}`, (world) => world.refuse(n))),
  fc.constant(new Step('retry', (world) => world.retry())),
  fc.constant(new Step('gap', (world) => world.gap())),
  fc.constant(new Step('check', (world) => world.recovery.check())),
  fc.constant(new Step('wake', (world) => world.recovery.wake())),
  fc.constant(new Step('hint', (world) => world.recovery.hint(world.revision))),
  fc.constant(new Step('write', (world) => world.write())),
  fc.constant(new Step('post', (world) => world.post())),
  fc.constant(new Step('confirm', (world) => world.confirm())),
  fc.constant(new Step('older', (world) => world.page('older'))),
  fc.constant(new Step('newer', (world) => world.page('newer'))),
  choice.map((n) => new Step(`jump ${n}`, (world) => world.jump(n))),
  fc.constant(new Step('back', (world) => world.store.showLatest())),
  choice.map((n) => new Step(`trim around ${n}`, (world) => world.trim(n))),
  fc.constant(new Step('forget', (world) => world.forget())),
];

/** A conversation with so many messages of the past, so that there is something to jump to; `live`: it is loaded, and a jump was made. */
function begin(counts: boolean, {past, live}: {readonly past: number; readonly live: boolean}): RecoveryWorld {
  const world = new RecoveryWorld(counts);
  for (let count = 0; count < past; count += 1) world.insert();
  if (!live) return world;
  world.settle();
  world.jump(past >> 1);
  world.answer(0);
  return world;
}

const beginning = fc.record({past: fc.constantFrom(0, 3, 25), live: fc.boolean()});

/** One in which the first change is lost, and the second is held until that one comes. */
function worldWithHole(): RecoveryWorld {
  const world = new RecoveryWorld(true);
  world.linkUp();
  world.answer(0);
  world.insert();
  world.insert();
  world.lose(0);
  world.deliver(0, false);
  return world;
}

/** Takes the run for which something was asked last, to answer it by hand. */
function takeRun(world: RecoveryWorld): Run {
  const fetch = world.fetches.pop();
  assert.ok(fetch && 'run' in fetch.request);
  return fetch.request.run;
}

/** How many sequences each property tries. `CHAT_MODEL_RUNS` overrides it, as for a long run by hand. */
const numRuns = Number(process.env['CHAT_MODEL_RUNS'] ?? 3_000);

describe('Recovery', () => {
  it('ends with what the server has, in order, each once, through any loss, doubling, shuffling and failure', () => {
    fc.assert(
      fc.property(beginning, fc.commands([...steps, lose], {maxCommands: 80, size: '+1'}), (how, commands) => {
        const world = begin(true, how);
        fc.modelRun(() => ({model: {}, real: world}), commands);
        world.settle();
        // Of what was lost last, nothing tells before that.
        world.checkAgain();
        world.checkRanges();
        world.checkEnd();
        assert.equal(world.recovery.cursor, world.revision);
        assert.equal(world.recovery.state, 'live');
      }),
      {numRuns},
    );
  });

  it('ends so without looking again where the wire loses nothing while the link is up', () => {
    fc.assert(
      fc.property(beginning, fc.commands(steps, {maxCommands: 80, size: '+1'}), (how, commands) => {
        const world = begin(true, how);
        fc.modelRun(() => ({model: {}, real: world}), commands);
        world.settle();
        world.checkEnd();
      }),
      {numRuns},
    );
  });

  it('loses no new message where the backend does not count', () => {
    fc.assert(
      fc.property(beginning, fc.commands(steps, {maxCommands: 80, size: '+1'}), (how, commands) => {
        const world = begin(false, how);
        fc.modelRun(() => ({model: {}, real: world}), commands);
        world.settle();
        world.checkEnd();
      }),
      {numRuns},
    );
  });

  it('adds messages in the order of the server while nothing is lost', () => {
    const world = new RecoveryWorld(true);
    world.recovery.load();
    world.answer(0);
    world.linkUp();
    world.answer(0);
    for (let count = 0; count < 6; count += 1) world.insert();
    for (const from of [5, 3, 0, 2, 0, 0]) world.deliver(from, false);
    assert.deepEqual(world.added, [1, 2, 3, 4, 5, 6]);
  });

  it('says what it is: off without a link, catching up until the gap is closed, then live', () => {
    const world = new RecoveryWorld(true);
    world.recovery.load();
    world.linkUp();
    assert.deepEqual(world.states, ['catching-up']);
    world.answer(0);
    world.answer(0);
    world.linkDown();
    world.linkUp();
    world.answer(0);
    assert.deepEqual(world.states, ['catching-up', 'live', 'off', 'catching-up', 'live']);
    assert.equal(world.recoveries, 1, 'before the first page there is no gap');
    world.recovery.check();
    world.answer(0);
    assert.equal(world.recoveries, 1, 'a look closes none');
  });

  it('goes on with the first page when the link goes down, and with nothing once nobody needs it', () => {
    const world = new RecoveryWorld(true);
    world.insert();
    world.linkUp();
    world.linkDown();
    assert.equal(world.fetches.length, 1);
    world.recovery.stop();
    assert.equal(world.fetches.length, 0);
    assert.equal(world.recovery.state, 'off');
    world.settle();
    world.linkDown();
    world.linkUp();
    world.recovery.stop();
    assert.equal(world.fetches.length, 0);
    assert.equal(world.recovery.state, 'off');
  });

  it('gives up closing a gap when the link goes down again: the next one is closed from the same place', () => {
    const world = new RecoveryWorld(true);
    world.settle();
    world.linkDown();
    world.linkUp();
    world.linkDown();
    assert.equal(world.fetches.length, 0);
  });

  it('lets go of a thousand changes that wait for one before them, and asks for all of them', () => {
    const world = worldWithHole();
    for (let count = 0; count < 1_000; count += 1) {
      world.insert();
      world.deliver(0, false);
    }
    assert.equal(world.fetches.length, 1);
    world.settle();
    world.checkEnd();
  });

  it('lets an answer come however many changes come meanwhile', () => {
    const world = worldWithHole();
    world.recovery.check();
    const [request] = world.fetches;
    for (let count = 0; count < 2_010; count += 1) {
      world.insert();
      world.deliver(0, false);
    }
    assert.equal(world.fetches[0] === request, true);
    world.settle();
    world.checkEnd();
  });

  it('looks again after a run in which something was heard of', () => {
    const world = new RecoveryWorld(true);
    world.settle();
    world.recovery.check();
    world.look(0);
    world.insert();
    world.lose(0);
    world.recovery.hint(world.revision);
    world.answer(0);
    world.answer(0);
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [1],
    );
    assert.equal(world.fetches.length, 0);
  });

  it('asks again for a first page that was asked for before the link was down for a moment', () => {
    const world = new RecoveryWorld(true);
    world.linkUp();
    world.look(0);
    world.linkDown();
    world.insert();
    world.linkUp();
    world.answer(0);
    world.answer(0);
    world.checkEnd();
  });

  it('asks for a first page that was refused only when it is told to load', () => {
    const world = new RecoveryWorld(true);
    world.insert();
    world.linkUp();
    world.refuse(0);
    world.recovery.check();
    world.recovery.hint(1);
    world.recovery.wake();
    assert.equal(world.fetches.length, 0);
    assert.equal(world.recovery.state, 'catching-up');
    world.insert();
    world.deliver(0, false);
    assert.deepEqual(world.shown(), [], 'what comes meanwhile would stand there without what was before it');
    world.recovery.load();
    world.answer(0);
    world.checkEnd();
  });

  it('looks at nothing for a hint at what it has', () => {
    const world = new RecoveryWorld(true);
    world.insert();
    world.settle();
    world.recovery.hint(1);
    assert.equal(world.fetches.length, 0);
    world.recovery.hint(2);
    assert.equal(world.fetches.length, 1);
    world.answer(0);
    world.recovery.hint(null);
    assert.equal(world.fetches.length, 1);
  });

  it('tries at once what waits for its next try when the page is back, and looks otherwise', () => {
    const world = new RecoveryWorld(true);
    world.linkUp();
    world.fail(0);
    assert.equal(world.fetches.length, 0);
    world.recovery.wake();
    assert.equal(world.fetches.length, 1);
    world.answer(0);
    world.recovery.wake();
    assert.equal(world.fetches.length, 1);
    world.recovery.wake();
    assert.equal(world.fetches.length, 1, 'not while one is under way');
  });

  it('asks for a missing change only after the gap timer', () => {
    const world = worldWithHole();
    assert.equal(world.fetches.length, 0);
    assert.equal(world.gapArmed, true);
    assert.deepEqual(world.shown(), []);
    world.gap();
    world.answer(0);
    assert.equal(world.shown().length, 2);
  });

  it('shows what is held when fetching goes on failing, and says that it is degraded', () => {
    const world = new RecoveryWorld(true);
    world.insert();
    world.linkUp();
    world.answer(0);
    world.linkDown();
    world.insert();
    world.linkUp();
    world.insert();
    world.deliver(0, false);
    world.fail(0);
    world.retry();
    world.fail(0);
    assert.equal(world.recovery.state, 'degraded');
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [1, 3],
    );
    world.retry();
    world.answer(0);
    assert.equal(world.recovery.state, 'live');
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [1, 2, 3],
    );
  });

  it('shows what is held when the server refuses for good to close a gap, says that it is degraded, and closes it at the next look', () => {
    const world = new RecoveryWorld(true);
    world.insert();
    world.linkUp();
    world.answer(0);
    world.linkDown();
    world.insert();
    world.linkUp();
    world.insert();
    world.deliver(0, false);
    world.refuse(0);
    assert.equal(world.recovery.state, 'degraded');
    world.insert();
    world.deliver(0, false);
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [1, 3, 4],
    );
    assert.equal(world.gapArmed, false, 'what was refused is not asked for with each message');
    world.recovery.check();
    assert.equal(world.recovery.state, 'catching-up');
    world.answer(0);
    assert.equal(world.recovery.state, 'live');
    world.settle();
    world.checkEnd();
  });

  it('shows what is held when the server refuses a change that the wire lost', () => {
    const world = worldWithHole();
    world.gap();
    world.refuse(0);
    assert.equal(world.recovery.state, 'degraded');
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [2],
    );
  });

  it('loads the newest page afresh after fifty pages of changes', () => {
    const world = new RecoveryWorld(true);
    world.settle();
    world.linkDown();
    for (let count = 0; count < 300; count += 1) world.insert();
    world.linkUp();
    let answers = 0;
    for (; world.fetches.length > 0; answers += 1) world.answer(0);
    assert.equal(answers, 52);
    world.checkEnd();
  });

  it('loads the newest page, and all after what it knew, where the backend has no route for changes', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.settle();
    for (let count = 0; count < 30; count += 1) world.insert();
    world.lose(0);
    while (world.wire.length > 0) world.deliver(0, false);
    world.recovery.check();
    world.recovery.changesUnsupported(takeRun(world));
    assert.equal(world.store.log.size, 5 + 29, 'what was held is shown at once');
    while (world.fetches.length > 0) world.answer(0);
    world.checkEnd();
    assert.equal(world.recovery.state, 'live');
    assert.equal(world.recovery.cursor, null);
  });

  it('asks no more for changes when a page of none claims that there are more', () => {
    const world = new RecoveryWorld(true);
    world.settle();
    world.recovery.check();
    world.recovery.tookChanges(takeRun(world), {messages: [], revision: 0, hasMore: true, reset: false});
    assert.equal(world.fetches.length, 0);
  });

  it('loads the newest page afresh when the backend no longer knows what changed', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.linkUp();
    world.answer(0);
    world.linkDown();
    world.insert();
    world.linkUp();
    const fetch = world.fetches.pop();
    assert.ok(fetch && 'run' in fetch.request);
    world.recovery.tookChanges(fetch.request.run, {messages: [], revision: 0, hasMore: false, reset: true});
    world.answer(0);
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [6, 7, 8, 9, 10],
    );
  });

  it('lets go of what a server that was restored from a backup does not know, and follows it from where it is', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 4; count += 1) world.insert();
    world.settle();
    world.linkDown();
    world.restore(2);
    world.linkUp();
    world.answer(0);
    world.answer(0);
    world.gap();
    world.answer(0);
    world.answer(0);
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [1, 2],
    );
    assert.equal(world.recovery.cursor, 2);
    world.insert('after the backup');
    world.deliver(0, false);
    assert.deepEqual(world.shown().at(-1), [3, 'after the backup', false]);
    world.settle();
    world.checkEnd();
    assert.equal(world.recovery.cursor, 3);
  });

  it('keeps what came over the wire when a replica that lags behind is asked, and asks again in a moment', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 3; count += 1) world.insert();
    world.settle();
    const behind = world.store.log.slice(0, 3);
    world.insert();
    world.deliver(0, false);
    world.recovery.check();
    world.recovery.tookChanges(takeRun(world), {messages: [], revision: 3, hasMore: false, reset: true});
    world.recovery.tookMessages(takeRun(world), {messages: behind, revision: 3, hasMoreBefore: false, hasMoreAfter: false});
    const ids = (): unknown[] => world.shown().map(([id]) => id);
    assert.deepEqual(ids(), [1, 2, 3, 4]);
    assert.equal(world.gapArmed, true);
    world.gap();
    world.answer(0);
    assert.deepEqual(ids(), [1, 2, 3, 4]);
    assert.equal(world.recovery.cursor, 4);
    assert.equal(world.gapArmed, false);
    world.checkEnd();
  });

  it('shows what is held once two looks at a replica that lags behind have not brought the change before it', () => {
    const world = worldWithHole();
    for (const state of ['live', 'degraded']) {
      world.gap();
      world.recovery.tookChanges(takeRun(world), {messages: [], revision: 0, hasMore: false, reset: false});
      assert.equal(world.recovery.state, state);
    }
    const ids = (): unknown[] => world.shown().map(([id]) => id);
    assert.deepEqual(ids(), [2]);
    world.gap();
    assert.equal(world.recovery.state, 'degraded', 'also while it is looked for once more');
    world.answer(0);
    assert.equal(world.recovery.state, 'live');
    assert.deepEqual(ids(), [1, 2]);
    world.checkEnd();
  });

  it('takes an edit that comes while the newest page is loaded afresh, of a message that only that page holds', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.settle();
    world.jump(2);
    world.answer(0);
    world.store.showLatest();
    const missed = world.store.log.oldest;
    world.edit(0, false);
    world.forget();
    world.recovery.check();
    world.answer(0);
    world.look(0);
    world.edit(Number(missed?.id) - 2, true);
    world.deliver(0, false);
    world.deliver(0, false);
    world.settle();
    world.checkEnd();
  });

  it('begins with the newest page after fifty pages of what it missed, too, where the backend does not count', () => {
    const world = begin(false, {past: 25, live: false});
    world.settle();
    world.linkDown();
    for (let count = 0; count < 400; count += 1) world.insert();
    world.settle();
    world.checkEnd();
    world.checkRanges();
  });

  it('keeps a message that comes while a page is on its way that does not hold it yet, where the backend does not count', () => {
    const world = begin(false, {past: 3, live: false});
    world.settle();
    world.recovery.check();
    world.look(0);
    world.insert();
    world.deliver(0, false);
    world.answer(0);
    world.checkEnd();
  });

  it('lets go of such a message once the backend has deleted it without a trace', () => {
    const world = begin(false, {past: 3, live: false});
    world.settle();
    world.recovery.check();
    world.insert();
    world.deliver(0, false);
    world.answer(0);
    world.restore(3);
    world.checkAgain();
    world.checkEnd();
  });

  it('asks once, however often it is told what it knows', () => {
    const world = new RecoveryWorld(true);
    world.recovery.load();
    const [first] = world.fetches;
    world.recovery.load();
    assert.ok(first);
    assert.equal(world.fetches[0], first);
    world.settle();
    world.recovery.load();
    world.recovery.linkUp();
    assert.equal(world.fetches.length, 0);
    world.linkDown();
    world.recovery.check();
    const [look] = world.fetches;
    world.recovery.linkDown();
    assert.ok(look);
    assert.equal(world.fetches[0], look);
  });

  it('closes a gap from a message that the log has let go of, where the backend does not count', () => {
    const world = begin(false, {past: 25, live: false});
    world.settle();
    world.linkDown();
    for (let count = 0; count < 6; count += 1) world.insert();
    world.linkUp();
    world.refuse(0);
    world.jump(2);
    world.answer(0);
    world.insert();
    world.deliver(0, false);
    world.store.showLatest();
    world.settle();
    world.checkEnd();
  });

  it('closes a gap from a message that the server knows, however many are not sent', () => {
    const world = new RecoveryWorld(false);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.settle();
    for (let count = 0; count < 25; count += 1) world.write();
    world.linkDown();
    for (let count = 0; count < 9; count += 1) world.insert();
    world.linkUp();
    world.settle();
    world.checkEnd();
  });

  for (const [what, past] of [
    ['closes a gap from before it', 9],
    ['begins anew after a gap before which there were too few messages', 3],
  ] as const) {
    it(`${what}, however many own messages were stored meanwhile`, () => {
      const world = new RecoveryWorld(false);
      for (let count = 0; count < past; count += 1) world.insert();
      world.settle();
      world.linkDown();
      for (let count = 0; count < 9; count += 1) world.insert();
      for (let count = 0; count < 25; count += 1) {
        world.write();
        world.post();
        world.confirm();
      }
      world.linkUp();
      world.settle();
      world.checkEnd();
    });
  }

  for (const counts of [true, false]) {
    it(`takes no older page over an edit that came while it was fetched, from a backend that ${counts ? 'counts' : 'does not count'}`, () => {
      const world = new RecoveryWorld(counts);
      for (let count = 0; count < 9; count += 1) world.insert();
      world.settle();
      world.page('older');
      world.look(0);
      world.edit(2, false);
      world.deliver(0, false);
      world.answer(0);
      assert.equal(world.store.log.get(3)?.content, world.rows.get(3)?.content);
    });
  }

  it('takes an empty page for the beginning, whatever it claims', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.settle();
    assert.equal(world.store.reachesStart, false);
    const page = {messages: [], hasMoreBefore: true, hasMoreAfter: true, revision: 9};
    assert.equal(world.store.takeOlder(world.store.expect(), page), true);
    assert.equal(world.store.reachesStart, true);
  });

  for (const counts of [true, false]) {
    it(`is degraded where the server refuses what came after the first page, and ${counts ? 'counts' : 'does not count'}`, () => {
      const world = new RecoveryWorld(counts);
      world.recovery.load();
      world.look(0);
      world.insert();
      world.linkUp();
      world.answer(0);
      world.refuse(0);
      assert.equal(world.recovery.state, 'degraded');
      world.settle();
      world.checkEnd();
      assert.equal(world.recovery.state, 'live');
    });
  }

  it('closes no gap from an own message that was stored before the first page came', () => {
    const world = new RecoveryWorld(false);
    world.recovery.load();
    world.look(0);
    world.insert();
    world.write();
    world.post();
    world.linkUp();
    world.confirm();
    world.linkDown();
    for (let count = 0; count < 4; count += 1) world.insert();
    world.settle();
    world.checkEnd();
  });

  it('loses none of more than a thousand messages that come before the first page, where the backend does not count', () => {
    const world = new RecoveryWorld(false);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.linkUp();
    world.look(0);
    for (let count = 0; count < 1_030; count += 1) {
      world.insert();
      world.deliver(0, false);
    }
    while (world.fetches.length > 0) world.answer(0);
    const {log} = world.store;
    const ids = log.slice(0, log.size).map(({id}) => Number(id));
    assert.deepEqual(
      ids.filter((id, index) => index > 0 && id !== (ids[index - 1] ?? 0) + 1),
      [],
    );
  });
});
