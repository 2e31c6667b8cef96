import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ConversationContext} from '../../src/client/conversation-context.js';
import {ConversationSync} from '../../src/client/conversation-sync.js';
import {Logger} from '../../src/logging/index.js';
import {ApiError, MessageHintEvent, type Id, type Message} from '../../src/model/index.js';
import type {ChangesPage, MessagesPage} from '../../src/store/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {stored} from '../support/messages.js';
import {contextOf} from './context.js';

interface Question {
  readonly what: 'messages' | 'changes';
  /** What came after the id of the conversation, without the signal. */
  readonly query: object;
  readonly signal: AbortSignal;
  answer(page: object): void;
  fail(error: unknown): void;
}

/** Conversation 7, each fetch of which waits until it is answered here. */
class Scene {
  readonly clock = new VirtualClock();
  readonly questions: Question[] = [];
  /** What the conversation was told, in order. */
  readonly told: string[] = [];
  readonly api = {listMessages: this.#asker('messages'), listChanges: this.#asker('changes')};
  readonly context: ConversationContext;
  readonly sync: ConversationSync;

  constructor(random = 0) {
    this.context = contextOf({clock: this.clock, random: () => random, api: this.api});
    this.sync = new ConversationSync(this.context, {
      stateChanged: (state) => this.told.push(state),
      took: ({added}, live) => {
        if (added.length > 0) this.told.push(`${live ? 'live' : 'fetched'} ${added.map(({id}) => id).join(' ')}`);
      },
      recovered: () => this.told.push('recovered'),
      failed: ({code}) => this.told.push(`failed: ${code}`),
    });
  }

  #asker(what: Question['what']) {
    return (_: Id, {signal, ...query}: {signal: AbortSignal}): Promise<object> =>
      new Promise((resolve, reject) => {
        this.questions.push({what, query, signal, answer: resolve, fail: reject});
      });
  }

  get last(): Question {
    const last = this.questions.at(-1);
    assert.ok(last, 'nothing was asked');
    return last;
  }

  /** Answers the last question, and waits for what follows. */
  async answer(page: Partial<MessagesPage> | Partial<ChangesPage>): Promise<void> {
    this.last.answer({
      messages: [],
      hasMoreBefore: false,
      hasMoreAfter: false,
      hasMore: false,
      reset: false,
      revision: null,
      ...page,
    });
    await this.clock.advance(0);
  }

  async fail(error: ApiError): Promise<void> {
    this.last.fail(error);
    await this.clock.advance(0);
  }

  /** Opens it with the messages 1 and 2, while the channels are up, and forgets how. It has looked once more since. */
  async open(revision: number | null = 2): Promise<void> {
    const page = {messages: [message(1), message(2)], revision};
    this.sync.recovery.linkUp();
    await this.answer(page);
    await this.clock.advance(15_000);
    await this.answer(page);
    this.questions.length = 0;
    this.told.length = 0;
  }

  /** Everything that was missed while the channels were down is asked for. */
  comeBack(): void {
    this.sync.recovery.linkDown();
    this.sync.recovery.linkUp();
  }
}

const message = (position: number): Message => stored(position, {conversationId: 7});
const range = (from: number, to: number): Message[] => Array.from({length: to - from + 1}, (_, index) => message(from + index));
const busy = (retryAfter: number | null = null): ApiError => new ApiError('server', 'Busy.', {status: 503, retryAfter});
const refusal = (status: number): ApiError => new ApiError('invalid', 'No.', {status});

/** A peer says that there is this message. */
function whisperOf(messageId: Id): MessageHintEvent {
  const origin = {name: 'client-message', channel: 'presence-conversation.7'};
  return new MessageHintEvent(origin, {conversationId: 7, messageId, revision: null});
}

describe('ConversationSync', () => {
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
    Logger.enable('ConversationStore');
    Logger.setSink(({level, message: text}) => level === 'warn' && warnings.push(text));
  });

  afterEach(() => {
    Logger.disable();
    Logger.setSink(null);
  });

  it('fetches the newest 50 first, and then up to 200 changes at a time', async () => {
    const scene = new Scene();
    scene.sync.recovery.linkUp();
    await scene.answer({messages: [message(1), message(2)], revision: 2});
    scene.comeBack();
    await scene.answer({messages: [message(3)], revision: 3, hasMore: true});
    await scene.answer({messages: [message(4)], revision: 4});
    assert.deepEqual(
      scene.questions.map(({what, query}) => [what, query]),
      [
        ['messages', {after: undefined, limit: 50}],
        ['changes', {since: 2, limit: 200}],
        ['changes', {since: 3, limit: 200}],
      ],
    );
    assert.deepEqual(scene.told, [
      'catching-up',
      'fetched 1 2',
      'live',
      'recovered',
      'off',
      'catching-up',
      'fetched 3',
      'fetched 4',
      'live',
      'recovered',
    ]);
  });

  it('fetches 200 messages at a time after the last one known, where the backend counts no changes', async () => {
    const scene = new Scene();
    scene.sync.recovery.linkUp();
    await scene.answer({messages: range(1, 50)});
    scene.comeBack();
    await scene.answer({messages: range(100, 149), hasMoreBefore: true});
    // What came in at the end may have been stored out of order.
    assert.deepEqual(scene.last.query, {after: 31, limit: 200});
    await scene.answer({messages: range(32, 99)});
    assert.deepEqual(scene.told.slice(-2), ['live', 'recovered']);
  });

  it('begins anew at the newest page where the message to fetch after is gone, as no tombstone was left', async () => {
    const scene = new Scene();
    scene.sync.recovery.linkUp();
    await scene.answer({messages: range(1, 50), hasMoreBefore: true});
    scene.comeBack();
    await scene.answer({messages: range(61, 110), hasMoreBefore: true});
    scene.told.length = 0;
    await scene.fail(new ApiError('not-found', 'No such message.', {status: 404}));
    assert.deepEqual(scene.last.query, {after: undefined, limit: 50});
    await scene.answer({messages: range(61, 110), hasMoreBefore: true});
    assert.deepEqual(scene.told, ['live', 'recovered']);
    const {log} = scene.context.store;
    assert.deepEqual([log.oldest?.id, log.size], [61, 50]);
  });

  it('looks for each message that a peer speaks of during the pause, also where a later one has arrived', async () => {
    const scene = new Scene();
    await scene.open(null);
    for (const messageId of ['nothing', 3, 4]) scene.sync.hint(whisperOf(messageId));
    await scene.answer({messages: [message(1), message(2)]});
    scene.sync.recovery.take(message(4));
    scene.questions.length = 0;
    await scene.clock.advance(1500);
    assert.equal(scene.questions.length, 1);
  });

  it('says once that a backend counts no changes', async () => {
    const scene = new Scene();
    await scene.open(null);
    scene.comeBack();
    await scene.answer({messages: [message(2)]});
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /counts no changes: messages carry no revision/u);
  });

  it('fetches messages where an API of the page leaves out the revision, as the guide allows', async () => {
    const scene = new Scene();
    scene.sync.recovery.linkUp();
    await scene.answer({messages: [message(1)], revision: undefined as never});
    scene.comeBack();
    assert.equal(scene.last.what, 'messages');
    assert.match(warnings[0] ?? '', /counts no changes: messages carry no revision/u);
  });

  it('says nothing of that where it counts them', async () => {
    await new Scene().open();
    assert.deepEqual(warnings, []);
  });

  for (const status of [404, 405, 501]) {
    it(`fetches messages where the route for changes answers ${status}`, async () => {
      const scene = new Scene();
      await scene.open();
      scene.comeBack();
      await scene.fail(refusal(status));
      assert.match(warnings.join(), /counts no changes: there is no route for changes/u);
      assert.equal(scene.last.what, 'messages');
      await scene.answer({messages: [message(2), message(3)]});
      assert.deepEqual(scene.told, ['off', 'catching-up', 'fetched 3', 'live', 'recovered']);
    });
  }

  it('fetches messages where an API of the page does not know about changes, and throws at once', async () => {
    const scene = new Scene();
    await scene.open();
    scene.api.listChanges = () => {
      throw new ApiError('not-found', 'None.');
    };
    scene.comeBack();
    await scene.clock.advance(0);
    await scene.answer({messages: [message(2), message(3)]});
    assert.deepEqual(scene.told, ['off', 'catching-up', 'fetched 3', 'live', 'recovered']);
  });

  it('takes the same answer of the route for messages as a refusal', async () => {
    const scene = new Scene();
    scene.sync.recovery.linkUp();
    await scene.fail(refusal(404));
    assert.deepEqual(scene.told, ['catching-up', 'failed: invalid']);
    assert.deepEqual([scene.questions.length, warnings], [1, []]);
  });

  describe('after a failure that may pass', () => {
    it('asks again, after a wait that grows by chance, or as long as the server says', async () => {
      for (const [random, retryAfter, waits] of [
        [0, null, [500, 500, 500]],
        [1, null, [1_500, 2_500, 4_500]],
        [1, 9_000, [9_000, 9_000]],
      ] as const) {
        const scene = new Scene(random);
        scene.sync.recovery.linkUp();
        for (const [tries, wait] of waits.entries()) {
          await scene.fail(busy(retryAfter));
          await scene.clock.advance(wait - 1);
          assert.equal(scene.questions.length, tries + 1);
          await scene.clock.advance(1);
          assert.equal(scene.questions.length, tries + 2);
        }
      }
    });

    it('asks again for the same messages, and does not begin anew at the newest page', async () => {
      const scene = new Scene();
      scene.sync.recovery.linkUp();
      await scene.answer({messages: range(1, 50)});
      scene.comeBack();
      await scene.answer({messages: range(100, 149), hasMoreBefore: true});
      const asked = scene.last.query;
      await scene.fail(busy());
      await scene.clock.advance(500);
      assert.equal(scene.questions.length, 4);
      assert.deepEqual(scene.last.query, asked);
    });

    it('asks at once when the page is back, and not again when the wait would have been over', async () => {
      const scene = new Scene();
      scene.sync.recovery.linkUp();
      await scene.fail(busy());
      scene.sync.recovery.wake();
      assert.equal(scene.questions.length, 2);
      await scene.clock.advance(60_000);
      assert.equal(scene.questions.length, 2);
    });

    it('says so only before the first page', async () => {
      const scene = new Scene();
      scene.sync.recovery.linkUp();
      await scene.fail(busy());
      assert.deepEqual(scene.told, ['catching-up', 'failed: server']);
      await scene.clock.advance(500);
      await scene.answer({messages: [message(1), message(2)], revision: 2});
      scene.told.length = 0;
      scene.comeBack();
      await scene.fail(busy());
      assert.deepEqual(scene.told, ['off', 'catching-up']);
    });

    it('says after two in a row that it may be behind', async () => {
      const scene = new Scene();
      await scene.open();
      scene.comeBack();
      await scene.fail(busy());
      await scene.clock.advance(500);
      await scene.fail(busy());
      assert.deepEqual(scene.told, ['off', 'catching-up', 'degraded']);
    });
  });

  it('says that the server refuses, and does not ask again by itself', async () => {
    const scene = new Scene();
    await scene.open();
    scene.comeBack();
    await scene.fail(refusal(403));
    assert.deepEqual(scene.told, ['off', 'catching-up', 'degraded', 'failed: invalid']);
    await scene.clock.advance(200_000);
    assert.equal(scene.questions.length, 1);
  });

  it('drops an answer that belongs to an earlier connection', async () => {
    const scene = new Scene();
    await scene.open();
    scene.comeBack();
    const late = scene.last;
    scene.comeBack();
    late.answer({messages: [message(3)], revision: 99, hasMore: false, reset: false});
    await scene.clock.advance(0);
    assert.deepEqual([scene.questions.length, scene.sync.recovery.cursor], [2, 2]);
  });

  describe('when it is stopped', () => {
    it('gives up what is being fetched, whatever becomes of it', async () => {
      for (const end of ['answer', 'fail'] as const) {
        const scene = new Scene();
        scene.sync.recovery.linkUp();
        scene.sync.stop();
        assert.equal(scene.last.signal.aborted, true);
        await (end === 'answer' ? scene.answer({messages: [message(1)]}) : scene.fail(refusal(403)));
        assert.deepEqual(scene.told, ['catching-up', 'off']);
        assert.equal(scene.clock.pending, 0);
      }
    });

    it('gives up the changes that are being fetched', async () => {
      const scene = new Scene();
      await scene.open();
      scene.comeBack();
      scene.sync.stop();
      assert.deepEqual([scene.last.what, scene.last.signal.aborted], ['changes', true]);
    });

    it('leaves no timer: none to ask again, none for a gap, none to look', async () => {
      const scene = new Scene();
      scene.sync.recovery.linkUp();
      await scene.fail(busy());
      scene.sync.stop();
      assert.equal(scene.clock.pending, 0);
      await scene.open();
      scene.sync.recovery.take(message(4));
      scene.sync.stop();
      assert.equal(scene.clock.pending, 0);
    });

    it('asks no more for what a peer has spoken of', async () => {
      const scene = new Scene();
      await scene.open();
      for (const messageId of ['nothing', 'nothing else']) scene.sync.hint(whisperOf(messageId));
      scene.sync.stop();
      scene.questions.length = 0;
      await scene.clock.advance(1500);
      assert.deepEqual(scene.questions, []);
      assert.equal(scene.clock.pending, 0);
    });
  });

  describe('a missing change', () => {
    it('is given a second and a half to arrive by itself, from when it was first missed', async () => {
      const scene = new Scene();
      await scene.open();
      scene.sync.recovery.take(message(4));
      await scene.clock.advance(1_000);
      scene.sync.recovery.take(message(5));
      await scene.clock.advance(499);
      assert.deepEqual(scene.questions, []);
      await scene.clock.advance(1);
      assert.deepEqual(scene.last.query, {since: 2, limit: 200});
    });

    it('is not fetched if it arrived', async () => {
      const scene = new Scene();
      await scene.open();
      scene.sync.recovery.take(message(4));
      scene.sync.recovery.take(message(3));
      await scene.clock.advance(1_500);
      assert.deepEqual([scene.questions, scene.told], [[], ['live 3 4']]);
    });

    it('is asked for every 15 seconds once the server has twice not had it', async () => {
      const scene = new Scene();
      await scene.open();
      scene.sync.recovery.take(message(4));
      for (const [tries, wait] of [1_500, 1_500, 15_000, 15_000].entries()) {
        await scene.clock.advance(wait - 1);
        assert.equal(scene.questions.length, tries);
        await scene.clock.advance(1);
        assert.equal(scene.questions.length, tries + 1);
        await scene.answer({revision: 2});
      }
      assert.deepEqual(scene.told.slice(0, 2), ['degraded', 'live 4']);
    });
  });

  describe('while all seems well', () => {
    it('looks every five minutes', async () => {
      const scene = new Scene();
      await scene.open();
      for (const times of [1, 2]) {
        await scene.clock.advance(299_999);
        assert.equal(scene.questions.length, times - 1);
        await scene.clock.advance(1);
        assert.deepEqual([scene.questions.length, scene.last.query], [times, {since: 2, limit: 200}]);
        await scene.answer({revision: 2});
      }
    });

    it('looks once more 15 seconds after a gap was closed, and then every five minutes', async () => {
      const scene = new Scene();
      await scene.open();
      scene.comeBack();
      await scene.answer({revision: 2});
      for (const wait of [15_000, 300_000]) {
        scene.questions.length = 0;
        await scene.clock.advance(wait - 1);
        assert.deepEqual(scene.questions, []);
        await scene.clock.advance(1);
        await scene.answer({revision: 2});
      }
    });

    it('does not look while the page is hidden, but goes on counting', async () => {
      const scene = new Scene();
      await scene.open();
      const page = {visibilityState: 'hidden'};
      Object.defineProperty(globalThis, 'document', {configurable: true, value: page});
      try {
        await scene.clock.advance(300_000);
        assert.deepEqual(scene.questions, []);
        page.visibilityState = 'visible';
        await scene.clock.advance(300_000);
        assert.equal(scene.questions.length, 1);
      } finally {
        Reflect.deleteProperty(globalThis, 'document');
      }
    });

    it('does not look while the channels are down', async () => {
      const scene = new Scene();
      await scene.open();
      scene.sync.recovery.linkDown();
      await scene.clock.advance(600_000);
      assert.deepEqual([scene.questions, scene.clock.pending], [[], 0]);
    });
  });
});
