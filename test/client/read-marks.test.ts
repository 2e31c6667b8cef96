import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ReadMarks} from '../../src/client/read-marks.js';
import {ApiError, type Id} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {contextOf} from './context.js';

/** Conversation 7; each call waits until it is answered here. */
class Scene {
  readonly clock = new VirtualClock();
  readonly calls: {readonly ids: readonly Id[]; answer(): void; fail(error: unknown): void}[] = [];
  readonly marks: ReadMarks;
  readonly #ending = new AbortController();

  constructor() {
    const markRead = (_: Id, ids: readonly Id[]): Promise<void> =>
      new Promise((resolve, reject) => {
        this.calls.push({ids, answer: resolve, fail: reject});
      });
    this.marks = new ReadMarks(contextOf({clock: this.clock, api: {markRead}}, {signal: this.#ending.signal}));
  }

  get told(): readonly (readonly Id[])[] {
    return this.calls.map(({ids}) => ids);
  }

  /** Ends the newest call, and waits for what follows. */
  async end(error?: ApiError): Promise<void> {
    const last = this.calls.at(-1);
    if (error) last?.fail(error);
    else last?.answer();
    await this.clock.advance(0);
  }

  /** The person changes. */
  leave(): void {
    this.#ending.abort();
  }
}

const busy = (retryAfter: number | null = null) => new ApiError('rate-limited', 'Busy.', {status: 429, retryAfter});

describe('ReadMarks', () => {
  it('tell once of what is seen within a quarter of a second, and of nothing twice', async () => {
    const scene = new Scene();
    scene.marks.add([]);
    await scene.clock.advance(60_000);
    assert.deepEqual(scene.told, []);
    scene.marks.add([1, 2]);
    await scene.clock.advance(249);
    scene.marks.add(['2', 3]);
    assert.deepEqual(scene.told, []);
    await scene.clock.advance(1);
    assert.deepEqual(scene.told, [[1, 2, 3]]);
    await scene.end();
    scene.marks.add([1, 2, 3]);
    await scene.clock.advance(60_000);
    assert.equal(scene.calls.length, 1);
  });

  it('are remembered of the last ten thousand', async () => {
    const scene = new Scene();
    const ids = Array.from({length: 10_001}, (_, i) => i);
    scene.marks.add(ids);
    await scene.clock.advance(250);
    const bundles = Math.ceil(ids.length / 200);
    for (let call = 0; call < bundles; call += 1) {
      await scene.end();
      await scene.clock.advance(250);
    }
    scene.marks.add([0, 1, 2, 10_000]);
    await scene.clock.advance(250);
    assert.deepEqual(scene.told.slice(bundles), [[0]]);
  });

  it('are told in bundles of 200', async () => {
    const scene = new Scene();
    scene.marks.add(Array.from({length: 450}, (_, i) => i + 1));
    for (let i = 0; i < 4; i += 1) {
      await scene.clock.advance(250);
      await scene.end();
    }
    assert.deepEqual(
      scene.told.map(({length}) => length),
      [200, 200, 50],
    );
  });

  it('are told again after a failure: in 5 s, then 10, at most 60, or when the server says', async () => {
    const scene = new Scene();
    scene.marks.add([1]);
    await scene.clock.advance(250);
    for (const [retryAfter, wait] of [
      [null, 5_000],
      [1_000, 10_000],
      [30_000, 30_000],
      [null, 40_000],
      [null, 60_000],
      [null, 60_000],
    ] as const) {
      const calls = scene.calls.length;
      await scene.end(busy(retryAfter));
      await scene.clock.advance(wait - 1);
      assert.equal(scene.calls.length, calls, `before ${wait}`);
      await scene.clock.advance(1);
      assert.equal(scene.calls.length, calls + 1, `after ${wait}`);
    }
    assert.deepEqual(scene.told.at(-1), [1]);
    await scene.end();
    scene.marks.add([2]);
    await scene.clock.advance(250);
    await scene.end(busy());
    await scene.clock.advance(5_000);
    assert.deepEqual(scene.told.at(-1), [2], 'five seconds again after a success');
  });

  it('wait for the pause also where others were seen while the call that failed was under way', async () => {
    const scene = new Scene();
    scene.marks.add([1]);
    await scene.clock.advance(250);
    scene.marks.add([2]);
    await scene.end(busy(30_000));
    scene.marks.add([3]);
    await scene.clock.advance(29_999);
    assert.deepEqual(scene.told, [[1]]);
    await scene.clock.advance(1);
    assert.deepEqual(scene.told, [[1], [1, 2, 3]]);
  });

  it('are told again once the person has signed in, and not after any other refusal', async () => {
    const scene = new Scene();
    scene.marks.add([1]);
    await scene.clock.advance(250);
    await scene.end(new ApiError('unauthorized', 'Who?', {status: 401}));
    await scene.clock.advance(5_000);
    assert.deepEqual(scene.told, [[1], [1]]);
    await scene.end(new ApiError('forbidden', 'Not yours.', {status: 403}));
    await scene.clock.advance(120_000);
    assert.equal(scene.calls.length, 2);
  });

  it('are of no interest once the person has changed', async () => {
    const waiting = new Scene();
    waiting.marks.add([1]);
    waiting.leave();
    await waiting.clock.advance(60_000);
    assert.deepEqual(waiting.told, []);
    const asking = new Scene();
    asking.marks.add([1]);
    await asking.clock.advance(250);
    asking.leave();
    await asking.end(busy());
    await asking.clock.advance(60_000);
    assert.deepEqual(asking.told, [[1]]);
  });
});
