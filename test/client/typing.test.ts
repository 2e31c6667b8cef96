import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EMPTY_SNAPSHOT} from '../../src/client/snapshot.js';
import {Typing} from '../../src/client/typing.js';
import type {ConversationSnapshot} from '../../src/client/types.js';
import {ApiError, Person, type Conversation, type Id} from '../../src/model/index.js';
import {Observable} from '../../src/store/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {contextOf} from './context.js';

const ALI = {id: 1, name: 'Ali Karimov', email: 'ali@example.com', avatarUrl: null};
const conversation: Conversation = {
  id: 7,
  title: '',
  avatarUrl: null,
  participants: [{...ALI, lastReadMessageId: null}],
  lastMessage: null,
  unreadCount: 0,
  revision: null,
  features: [],
};

/** Conversation 7 as person 1 has it open. */
class Scene {
  readonly clock = new VirtualClock();
  readonly state = new Observable<ConversationSnapshot>({...EMPTY_SNAPSHOT, conversation});
  /** What was told: over the socket as data, or by REST as the id of the conversation. */
  readonly told: unknown[] = [];
  /** How many times something was shown. */
  shows = 0;
  canWhisper: boolean;
  readonly typing: Typing;

  /** What the calls by REST are answered with; without it, each is refused. */
  answer: Promise<void> | null = null;

  constructor(canWhisper = false, refusal: Error = new Error('no network')) {
    this.canWhisper = canWhisper;
    const session = {
      clock: this.clock,
      userId: 1,
      whisper: (id: Id, event: string, data: unknown) => this.canWhisper && this.told.push([id, event, data]) > 0,
      api: {
        // As an object of the page may do it: not even asynchronously.
        sendTyping: (id: Id) => {
          this.told.push(id);
          if (this.answer) return this.answer;
          throw refusal;
        },
      },
    };
    this.typing = new Typing(contextOf(session, {state: this.state}));
    this.state.subscribe(() => (this.shows += 1));
  }

  get shown(): readonly Id[] {
    return this.state.state.typing.map(({id}) => id);
  }
}

const person = (id: Id, name = `Person ${id}`): Person => new Person({id, name});

describe('Typing', () => {
  describe('of the person', () => {
    it('is told by REST where nothing can be whispered, and a failure harms nothing', async () => {
      const {typing, told} = new Scene();
      typing.tell();
      await Promise.resolve();
      assert.deepEqual(told, [7]);
    });

    it('is whispered with no more than id and name, and then not told by REST', () => {
      const {typing, told} = new Scene(true);
      typing.tell();
      const data = {conversation_id: 7, user: {id: 1, name: 'Ali Karimov'}};
      assert.deepEqual(told, [[7, 'client-typing', {type: 'typing', data}]]);
    });

    it('is told by REST while the name is not known', () => {
      const {typing, told, state} = new Scene(true);
      state.set({conversation: null});
      typing.tell();
      assert.deepEqual(told, [7]);
    });

    it('is told again a second later, and at once after the clock was set back', async () => {
      const {typing, told, clock} = new Scene();
      typing.tell();
      await clock.advance(999);
      typing.tell();
      assert.equal(told.length, 1);
      await clock.advance(1);
      typing.tell();
      assert.equal(told.length, 2);
      clock.jump(-3_600_000);
      typing.tell();
      assert.equal(told.length, 3);
    });
  });

  describe('of the person, where the server does not take it', () => {
    const tellEverySecond = async ({typing, clock}: Scene, seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second += 1) {
        typing.tell();
        await clock.advance(1_000);
      }
    };

    it('is not told before the time that it asks for, and then as often as ever', async () => {
      const scene = new Scene(false, new ApiError('rate-limited', 'Too many.', {status: 429, retryAfter: 20_000}));
      await tellEverySecond(scene, 20);
      assert.equal(scene.told.length, 1);
      await tellEverySecond(scene, 1);
      assert.equal(scene.told.length, 2);
    });

    it('is told at once after the clock was set back, whatever time that was', async () => {
      const scene = new Scene(false, new ApiError('rate-limited', 'Too many.', {status: 429, retryAfter: 20_000}));
      scene.typing.tell();
      await scene.clock.advance(60_000);
      scene.clock.jump(-3_600_000);
      scene.typing.tell();
      assert.equal(scene.told.length, 2);
    });

    it('is told no more where there is no such route, but still whispered once it can be', async () => {
      const scene = new Scene(false, new ApiError('not-found', 'No such route.', {status: 404}));
      await tellEverySecond(scene, 60);
      assert.deepEqual(scene.told, [7]);
      scene.canWhisper = true;
      scene.typing.tell();
      assert.equal(scene.told.length, 2);
    });

    it('is not told again while the call before has no answer: messages would wait behind such calls', async () => {
      const scene = new Scene();
      let answer = (): void => undefined;
      scene.answer = new Promise((resolve) => (answer = resolve));
      await tellEverySecond(scene, 10);
      assert.equal(scene.told.length, 1);
      answer();
      await scene.answer;
      await tellEverySecond(scene, 1);
      assert.equal(scene.told.length, 2);
    });

    it('is told at most once a second, however soon it may be', async () => {
      const scene = new Scene(false, new ApiError('rate-limited', 'Too many.', {status: 429, retryAfter: 10}));
      scene.typing.tell();
      await scene.clock.advance(999);
      scene.typing.tell();
      assert.equal(scene.told.length, 1);
    });
  });

  describe('of others', () => {
    it('ends six seconds after the last sign, and is shown once', async () => {
      const scene = new Scene();
      scene.typing.start(person(2));
      await scene.clock.advance(5_999);
      scene.typing.start(person('2', 'Another name'));
      assert.equal(scene.shows, 1);
      await scene.clock.advance(5_999);
      assert.deepEqual(scene.shown, [2]);
      assert.equal(scene.state.state.typing[0]?.name, 'Person 2', 'that of the first sign');
      await scene.clock.advance(1);
      assert.deepEqual(scene.shown, []);
      assert.equal(scene.shows, 2);
    });

    it('ends with a message, and a later sign lasts as long as any', async () => {
      const scene = new Scene();
      scene.typing.start(person(2));
      await scene.clock.advance(5_000);
      scene.typing.stop('2');
      scene.typing.stop(2);
      assert.equal(scene.shows, 2, 'the second time there is nothing to end');
      scene.typing.start(person(2));
      await scene.clock.advance(5_000);
      assert.deepEqual(scene.shown, [2]);
    });

    it('is not that of the person in another tab', () => {
      const scene = new Scene();
      scene.typing.start(person('1'));
      assert.deepEqual([scene.shown, scene.shows], [[], 0]);
    });

    it('is remembered of fifty people, whatever a peer claims, and renewed of these', async () => {
      const scene = new Scene();
      for (let id = 2; id < 100; id += 1) scene.typing.start(person(id));
      assert.equal(scene.shown.length, 50);
      await scene.clock.advance(5_000);
      scene.typing.start(person(2));
      await scene.clock.advance(5_000);
      assert.deepEqual(scene.shown, [2]);
    });

    it('is forgotten when the conversation is left', () => {
      const scene = new Scene();
      scene.typing.start(person(2));
      scene.typing.start(person(3));
      scene.typing.clear();
      assert.deepEqual(scene.shown, []);
    });
  });
});
