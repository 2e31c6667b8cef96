import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {difference, RecoveryWorld} from './recovery-world.js';

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
    const shown = world.shown().map(([id]) => Number(id));
    assert.deepEqual(
      shown,
      [...shown].sort((a, b) => a - b),
      'the list is always in order',
    );
    assert.equal(new Set(shown).size, shown.length, 'and holds nothing twice');
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
  choice.map((n) => new Step(`deliver ${n}`, (world) => world.deliver(n, false))),
  choice.map((n) => new Step(`look ${n}`, (world) => world.look(n))),
  choice.map((n) => new Step(`answer ${n}`, (world) => world.answer(n))),
  fc.constant(new Step('load', (world) => world.recovery.load())),
  fc.constant(new Step('link up', (world) => world.linkUp())),
  fc.constant(new Step('link down', (world) => world.linkDown())),
  choice.map((n) => new Step(`deliver ${n} twice`, (world) => world.deliver(n, true))),
  choice.map((n) => new Step(`fail ${n}`, (world) => world.fail(n))),
  fc.constant(new Step('retry', (world) => world.retry())),
  fc.constant(new Step('gap', (world) => world.gap())),
  fc.constant(new Step('check', (world) => world.recovery.check())),
  fc.constant(new Step('wake', (world) => world.recovery.wake())),
  fc.constant(new Step('hint', (world) => world.recovery.hint(world.revision))),
];

/** How many sequences each property tries. `CHAT_MODEL_RUNS` overrides it, as for a long run by hand. */
const numRuns = Number(process.env['CHAT_MODEL_RUNS'] ?? 3_000);

describe('Recovery', () => {
  it('ends with what the server has, in order, each once, through any loss, doubling, shuffling and failure', () => {
    fc.assert(
      fc.property(fc.commands([...steps, lose], {maxCommands: 60, size: '+1'}), (commands) => {
        const world = new RecoveryWorld(true);
        fc.modelRun(() => ({model: {}, real: world}), commands);
        world.settle();
        const expected = [...world.rows.values()].map(({id, content, deletedAt}) => [id, content, deletedAt !== null]);
        const shown = world.shown();
        assert.deepEqual(shown, expected.slice(expected.length - shown.length), 'the log is the end of what the server has');
        assert.deepEqual(difference(world), {lost: [], invented: []});
        assert.equal(world.recovery.cursor, world.revision);
        assert.equal(world.recovery.state, 'live');
      }),
      {numRuns},
    );
  });

  it('loses no new message where the backend does not count', () => {
    fc.assert(
      fc.property(fc.commands(steps, {maxCommands: 60, size: '+1'}), (commands) => {
        const world = new RecoveryWorld(false);
        fc.modelRun(() => ({model: {}, real: world}), commands);
        world.settle();
        assert.deepEqual(difference(world), {lost: [], invented: []});
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

  it('asks for a missing change only after the gap timer', () => {
    const world = new RecoveryWorld(true);
    world.linkUp();
    world.answer(0);
    world.insert();
    world.insert();
    world.lose(0);
    world.deliver(0, false);
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

  it('loads the newest page afresh when the backend no longer knows what changed', () => {
    const world = new RecoveryWorld(true);
    for (let count = 0; count < 9; count += 1) world.insert();
    world.linkUp();
    world.answer(0);
    world.linkDown();
    world.insert();
    world.linkUp();
    const fetch = world.fetches.pop();
    assert.ok(fetch);
    world.recovery.tookChanges(fetch.request.run, {messages: [], revision: 0, hasMore: false, reset: true});
    world.answer(0);
    assert.deepEqual(
      world.shown().map(([id]) => id),
      [6, 7, 8, 9, 10],
    );
  });

  it('drops an answer that belongs to an earlier connection', () => {
    const world = new RecoveryWorld(true);
    world.linkUp();
    const late = world.fetches[0];
    assert.ok(late);
    world.answer(0);
    world.linkDown();
    world.linkUp();
    world.recovery.tookChanges(late.request.run, {messages: [], revision: 99, hasMore: false, reset: false});
    assert.equal(world.recovery.cursor, 0);
  });
});
