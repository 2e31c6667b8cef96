import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Details} from '../../src/client/details.js';
import {ApiError, type Conversation, type Id} from '../../src/model/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {contextOf} from './context.js';

/** Conversation 7, whose details are asked for; each question waits until it is answered here. */
class Scene {
  readonly clock = new VirtualClock();
  readonly taken: Conversation[] = [];
  readonly errors: unknown[] = [];
  readonly asked: {readonly signal: AbortSignal; answer(title: string): void; fail(error: unknown): void}[] = [];
  readonly details: Details;

  constructor() {
    const getConversation = (_: Id, {signal}: {readonly signal: AbortSignal}): Promise<Conversation> =>
      new Promise((resolve, reject) => {
        this.asked.push({signal, answer: (title) => resolve({id: 7, title} as Conversation), fail: reject});
      });
    this.details = new Details(
      contextOf({clock: this.clock, api: {getConversation}}, {reportError: (error) => this.errors.push(error)}),
      (conversation) => this.taken.push(conversation),
    );
  }

  /** Ends the question that was asked last, and waits for what follows. */
  async end(how: string | ApiError): Promise<void> {
    const last = this.asked.at(-1);
    if (typeof how === 'string') last?.answer(how);
    else last?.fail(how);
    await this.clock.advance(0);
  }
}

const busy = (retryAfter: number | null) => new ApiError('server', 'Busy.', {status: 503, retryAfter});

describe('Details of a conversation', () => {
  it('are those of the newest question, however late an older answer comes', async () => {
    const scene = new Scene();
    void scene.details.load();
    void scene.details.load();
    await scene.end('New');
    assert.equal(scene.asked[0]?.signal.aborted, true, 'nobody waits for it');
    scene.asked[0].answer('Old');
    await scene.clock.advance(0);
    assert.deepEqual(
      scene.taken.map(({title}) => title),
      ['New'],
    );
  });

  it('are those of an older question until the newest is answered', async () => {
    const scene = new Scene();
    void scene.details.load();
    void scene.details.load();
    void scene.details.load();
    for (const title of ['First', 'Second', 'Third']) {
      scene.asked[scene.taken.length]?.answer(title);
      await scene.clock.advance(0);
    }
    assert.deepEqual(
      scene.taken.map(({title}) => title),
      ['First', 'Second', 'Third'],
    );
  });

  it('fail with the newest question alone', async () => {
    const scene = new Scene();
    const refusal = new ApiError('forbidden', 'Not yours.', {status: 403});
    void scene.details.load();
    void scene.details.load();
    scene.asked[0]?.fail(refusal);
    await scene.clock.advance(60_000);
    assert.deepEqual([scene.asked.length, scene.errors], [2, []]);
    await scene.end(refusal);
    assert.deepEqual(scene.errors, [refusal]);
  });

  it('are no longer asked for by an older question once the newest has failed', async () => {
    const scene = new Scene();
    void scene.details.load();
    void scene.details.load();
    await scene.end(busy(null));
    scene.details.stop();
    scene.asked[0]?.answer('Of whoever was signed in before');
    await scene.clock.advance(60_000);
    assert.deepEqual([scene.asked[0]?.signal.aborted, scene.taken], [true, []]);
  });

  it('leave no question behind that nobody waits for', async () => {
    const scene = new Scene();
    void scene.details.load();
    void scene.details.load();
    void scene.details.load();
    scene.details.stop();
    await scene.clock.advance(0);
    assert.deepEqual(
      scene.asked.map(({signal}) => signal.aborted),
      [true, true, true],
    );
  });

  it('are asked for again five seconds after a failure that may pass, or when the server says', async () => {
    for (const [retryAfter, wait] of [
      [null, 5_000],
      [1_000, 5_000],
      [30_000, 30_000],
    ] as const) {
      const scene = new Scene();
      void scene.details.load();
      await scene.end(busy(retryAfter));
      await scene.clock.advance(wait - 1);
      assert.equal(scene.asked.length, 1, String(retryAfter));
      await scene.clock.advance(1);
      assert.equal(scene.asked.length, 2, String(retryAfter));
      assert.deepEqual(scene.errors, []);
    }
  });

  it('are not asked for again after a refusal, which is reported', async () => {
    const scene = new Scene();
    void scene.details.load();
    const refusal = new ApiError('forbidden', 'Not yours.', {status: 403});
    await scene.end(refusal);
    await scene.clock.advance(60_000);
    assert.deepEqual([scene.asked.length, scene.errors], [1, [refusal]]);
  });

  it('are of no interest once the conversation is left, and neither is a failure', async () => {
    const scene = new Scene();
    void scene.details.load();
    scene.details.stop();
    assert.equal(scene.asked[0]?.signal.aborted, true);
    await scene.end(new ApiError('forbidden', 'Not yours.', {status: 403}));
    void scene.details.load();
    await scene.end(busy(null));
    scene.details.stop();
    await scene.clock.advance(60_000);
    assert.deepEqual([scene.asked.length, scene.taken, scene.errors], [2, [], []]);
  });

  it('are asked for once if somebody asks while a failure waits to be tried again', async () => {
    const scene = new Scene();
    void scene.details.load();
    await scene.end(busy(null));
    void scene.details.load();
    await scene.end('There');
    await scene.clock.advance(60_000);
    assert.equal(scene.asked.length, 2);
  });
});
