import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EMPTY_SNAPSHOT} from '../../src/client/snapshot.js';
import type {ConversationSnapshot} from '../../src/client/types.js';
import {Unread} from '../../src/client/unread.js';
import type {Conversation, Id, Message} from '../../src/model/index.js';
import {ConversationStore, MessageLog, Observable} from '../../src/store/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {stored, unsent} from '../support/messages.js';
import {contextOf} from './context.js';

/** Conversation 1 as person 1 has it open. The revision of each message is its id. */
class Scene {
  readonly clock = new VirtualClock();
  readonly store = new ConversationStore(new MessageLog(), 1, 1);
  readonly state = new Observable<ConversationSnapshot>({...EMPTY_SNAPSHOT, phase: 'ready', conversation: conversation(0, null)});
  /** How far the person has read, as the server tells it with the next count. */
  lastReadId: Id | null = null;
  /** What the server was told. */
  readonly told: (readonly Id[])[] = [];
  readonly unread: Unread;

  constructor(...messages: readonly Message[]) {
    this.store.rebase({messages, hasMoreBefore: true, hasMoreAfter: false, revision: null});
    const api = {
      markRead: (_: Id, ids: readonly Id[]) => {
        this.told.push(ids);
        return Promise.resolve();
      },
    };
    this.unread = new Unread(contextOf({clock: this.clock, api, userId: 1}, {id: 1, store: this.store, state: this.state}));
  }

  get count(): number {
    return this.state.state.unreadCount;
  }

  get first(): Id | null {
    return this.state.state.firstUnreadId;
  }

  get away(): number {
    return this.state.state.newWhileAway;
  }

  /** The server says how many are unread. */
  counts(unreadCount: number, revision: number | null): void {
    const self = {id: 1, name: 'Ali Karimov', email: null, avatarUrl: null, lastReadMessageId: this.lastReadId};
    const now = {...conversation(unreadCount, revision), participants: [self]};
    this.state.set({conversation: now});
    this.unread.take(now);
  }

  /** Messages of others come in. */
  arrive(messages: readonly Message[], missed = false): void {
    this.store.take(messages);
    this.unread.add(messages, missed);
  }

  /** A page from elsewhere is shown. */
  jump(...messages: readonly Message[]): void {
    this.store.takeAround(this.store.expect(), {messages, hasMoreBefore: true, hasMoreAfter: true, revision: null});
  }

  /** An older page is loaded. */
  prepend(...messages: readonly Message[]): void {
    this.store.takeOlder(this.store.expect(), {messages, hasMoreBefore: true, hasMoreAfter: true, revision: null});
    this.unread.findFirst();
  }
}

function conversation(unreadCount: number, revision: number | null): Conversation {
  return {id: 1, title: '', avatarUrl: null, participants: [], lastMessage: null, unreadCount, revision, features: []};
}

const own = (position: number): Message => stored(position, {sender: {id: 1, name: 'Ali Karimov'}});

describe('Unread counts', () => {
  it('by the newest word of the server, whatever comes in between', () => {
    const scene = new Scene(stored(1), stored(2), stored(3));
    scene.counts(3, 5);
    scene.counts(2, 4);
    assert.equal(scene.count, 3, 'an older answer came later');
    scene.counts(1, 5);
    assert.equal(scene.count, 1, 'the same revision: read elsewhere');
    scene.counts(2, 6);
    assert.equal(scene.count, 2);
  });

  it('by every word of a server that does not count', () => {
    const scene = new Scene(stored(1), stored(2), stored(3));
    scene.counts(3, 5);
    scene.counts(2, null);
    assert.equal(scene.count, 2);
    scene.counts(1, 4);
    assert.equal(scene.count, 1);
  });

  it('no message twice that the server has counted', () => {
    const scene = new Scene(stored(1));
    scene.counts(2, 3);
    scene.arrive([stored(2), stored(3)]);
    assert.equal(scene.count, 2);
    scene.arrive([stored(4), stored(5, {revision: null})]);
    assert.equal(scene.count, 4);
    scene.arrive([stored(6, {position: null}), stored(7, {position: null, revision: null})]);
    assert.equal(scene.count, 6, 'of a server that says where a message stands by its revision, or not at all');
  });

  it('as new while away what was unread before and what came in since, and no more than the server says', () => {
    const scene = new Scene(stored(1));
    scene.counts(1, 1);
    scene.arrive([stored(2), stored(3)], true);
    scene.counts(3, 3);
    assert.equal(scene.away, 3, 'one was unread before');
    scene.counts(1, 3);
    assert.equal(scene.away, 1, 'read elsewhere meanwhile');
    const present = new Scene(stored(1), stored(2));
    present.counts(2, 2);
    present.unread.takeRead([1]);
    assert.deepEqual([present.count, present.away], [1, 1], 'one was read elsewhere');
    present.arrive([stored(3)]);
    assert.deepEqual([present.count, present.away], [2, 1], 'it came while somebody was there');
  });

  it('by when a message was stored, whatever was changed in it since', () => {
    const scene = new Scene(stored(1), stored(2), stored(3, {revision: 5}), stored(4, {revision: 6, deletedAt: new Date(0)}));
    scene.counts(1, 2);
    assert.equal(scene.count, 2, 'the answer was on its way for so long');
    scene.counts(4, 8);
    scene.arrive([stored(7, {revision: 9}), stored(10, {revision: 11})]);
    assert.equal(scene.count, 5, 'the first of them was counted');
  });

  it('what the server has counted before it came, once it comes, though everything else was seen', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.unread.markRead([2], false);
    scene.counts(1, 3);
    assert.equal(scene.count, 0);
    scene.arrive([stored(3)]);
    assert.equal(scene.count, 1);
    scene.counts(2, 4);
    scene.unread.markRead([3], false);
    assert.equal(scene.count, 0);
    scene.arrive([stored(4)]);
    assert.equal(scene.count, 1);
  });

  it('what comes in before the server has said anything', () => {
    const scene = new Scene();
    scene.arrive([stored(1)]);
    assert.equal(scene.count, 1);
  });

  it('no more than what stands behind the last one that was seen', () => {
    const scene = new Scene(stored(1), stored(2), own(3), stored(4));
    scene.counts(3, 4);
    scene.unread.markRead([2], false);
    assert.equal(scene.count, 1, 'one’s own does not count');
    scene.counts(3, 5);
    assert.equal(scene.count, 1, 'the server does not know yet what was seen');
    scene.unread.markRead([1], false);
    assert.equal(scene.count, 1, 'what was seen stays so');
    scene.counts(3, 6);
    assert.equal(scene.count, 1);
    scene.unread.markRead([4], false);
    scene.counts(3, 7);
    assert.equal(scene.count, 0);
  });

  it('less where the server knows better', () => {
    const scene = new Scene(stored(1), stored(2), stored(3));
    scene.unread.markRead([1], false);
    scene.counts(0, 4);
    assert.equal(scene.count, 0);
  });

  it('the first message as seen, too', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.unread.markRead([1], false);
    scene.counts(2, 2);
    assert.equal(scene.count, 1);
  });

  it('as the server does once the last one that was seen is gone', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.unread.markRead([1], false);
    scene.store.replace({messages: [stored(2)], hasMoreBefore: false, hasMoreAfter: false, revision: 3}, new Set());
    scene.counts(2, 3);
    assert.equal(scene.count, 2);
  });

  it('what was read in another tab or on another device', () => {
    const scene = new Scene(stored(1), stored(2), stored(3));
    scene.counts(5, 3);
    scene.unread.takeRead([99]);
    assert.equal(scene.count, 5, 'a message that is not loaded');
    scene.unread.takeRead([2, 1]);
    assert.equal(scene.count, 1);
    assert.deepEqual(scene.told, [], 'who read it has told the server');
  });
});

describe('What came after the server’s last word', () => {
  it('counts from the first message on, in spite of what is not sent yet', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.store.head.merge([unsent('a')]);
    scene.counts(0, 0);
    assert.equal(scene.count, 2);
  });

  it('does not count where it is one’s own, or an old one that was edited', () => {
    const scene = new Scene(stored(2), stored(3, {revision: 5}), stored(6), own(7));
    scene.counts(1, 4);
    assert.equal(scene.count, 2);
  });
});

describe('What was missed while away', () => {
  it('is counted until it is seen, and marked where it begins', () => {
    const scene = new Scene(stored(1));
    scene.counts(0, 1);
    assert.equal(scene.first, null);
    scene.arrive([stored(2)]);
    assert.deepEqual([scene.count, scene.away, scene.first], [1, 0, null]);
    scene.unread.markRead([2], false);
    scene.arrive([stored(3), stored(4)], true);
    assert.deepEqual([scene.count, scene.away, scene.first], [2, 2, 3]);
    scene.arrive([stored(5)]);
    scene.unread.markRead([3], false);
    assert.deepEqual([scene.count, scene.away], [2, 0], 'what follows is below it');
    scene.unread.markRead([4], false);
    assert.deepEqual([scene.count, scene.away, scene.first], [1, 0, 3]);
  });

  it('is told of until its beginning has been seen, though the end was seen at once', () => {
    const scene = new Scene(stored(1));
    scene.counts(0, 1);
    scene.arrive([stored(2), stored(3), stored(4)], true);
    scene.unread.markRead([3, 4], false);
    assert.deepEqual([scene.count, scene.away, scene.first], [0, 3, 2]);
    scene.unread.takeRead([3, 4]);
    scene.counts(0, 4);
    assert.equal(scene.away, 3, 'the server repeats what it was told');
    scene.counts(1, 5);
    scene.arrive([stored(5)]);
    scene.unread.markRead([5], false);
    assert.equal(scene.away, 3, 'the talk goes on');
    scene.unread.markRead([2], false);
    assert.equal(scene.away, 0);
  });

  it('is told of anew after the next gap, by what was not seen at all', () => {
    const scene = new Scene(stored(1));
    scene.counts(0, 1);
    scene.arrive([stored(2), stored(3)], true);
    scene.unread.markRead([3], false);
    scene.arrive([stored(4), stored(5)], true);
    assert.deepEqual([scene.away, scene.first], [2, 4]);
  });

  it('is told of no longer than it is unread, where its beginning is not known', () => {
    const scene = new Scene(stored(5));
    scene.counts(3, 5);
    scene.arrive([stored(6), stored(7)], true);
    assert.deepEqual([scene.away, scene.first], [5, null]);
    scene.unread.markRead([7], false);
    assert.equal(scene.away, 0);
  });

  it('is told of from the opening on, until the first of what was unread has been seen', () => {
    const scene = new Scene(stored(1), stored(2), stored(3), stored(4));
    scene.counts(3, 4);
    assert.deepEqual([scene.away, scene.first], [3, 2]);
    scene.unread.markRead([3, 4], false);
    assert.deepEqual([scene.count, scene.away], [0, 3], 'the end was seen');
    scene.unread.markRead([2], false);
    assert.equal(scene.away, 0);
  });

  it('is told of from the opening on, and found by what was read last, where its beginning is not loaded', () => {
    const scene = new Scene(stored(8), stored(9));
    scene.lastReadId = 3;
    scene.counts(5, 9);
    assert.deepEqual([scene.away, scene.first, scene.state.state.lastReadId], [5, null, 3]);
    scene.unread.markRead([8, 9], false);
    scene.lastReadId = 9;
    scene.counts(0, 9);
    assert.deepEqual([scene.away, scene.state.state.lastReadId], [5, 3], 'the end was seen');
    scene.jump(stored(2), stored(3), own(4), stored(5, {deletedAt: new Date(0)}), stored(6));
    scene.unread.findFirst();
    assert.equal(scene.first, 6);
    scene.unread.markRead([6], false);
    assert.equal(scene.away, 0, 'though it is not among the newest');
  });

  it('leads to nothing of before, where what was missed next begins further up than what is loaded', () => {
    const scene = new Scene(stored(8), stored(9));
    scene.counts(1, 9);
    assert.equal(scene.first, 9);
    scene.lastReadId = 5;
    scene.counts(4, 9);
    scene.arrive([stored(10)], true);
    assert.deepEqual([scene.first, scene.state.state.lastReadId], [null, 5]);
  });

  it('has no beginning where nothing was missed', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.counts(1, 2);
    assert.equal(scene.first, 2);
    scene.unread.markRead([2], false);
    scene.arrive([stored(3)]);
    scene.arrive([], true);
    assert.equal(scene.first, 2);
  });

  it('has a beginning where it is one message', () => {
    const scene = new Scene(stored(1));
    scene.counts(0, 1);
    scene.arrive([stored(2)], true);
    assert.equal(scene.first, 2);
  });
});

describe('The first unread message', () => {
  it('is looked for among those of others, over as many pages as it takes', () => {
    const scene = new Scene(stored(8), own(9), stored(10));
    scene.counts(4, 10);
    assert.equal(scene.first, null);
    scene.prepend(stored(5), own(6), stored(7));
    assert.equal(scene.first, 5);
    scene.prepend(stored(3), stored(4));
    assert.equal(scene.first, 5);
  });

  it('is looked for above what was deleted, which no server counts', () => {
    const scene = new Scene(stored(1), stored(2), stored(3, {deletedAt: new Date(3)}), stored(4));
    scene.counts(2, 4);
    assert.equal(scene.first, 2);
    scene.unread.markRead([2], false);
    assert.equal(scene.count, 1);
  });

  it('is looked for among the newest, whatever else is shown', () => {
    const scene = new Scene(stored(21), stored(22));
    scene.jump(stored(1), stored(2));
    scene.counts(1, 22);
    assert.equal(scene.first, 22);
  });

  it('is looked for no further among messages from elsewhere, and again once it is shown what was looked through', () => {
    const scene = new Scene(stored(21), stored(22));
    scene.counts(3, 22);
    scene.jump(stored(1), stored(2));
    scene.unread.findFirst();
    scene.prepend(stored(0));
    assert.equal(scene.first, null);
    scene.store.showLatest();
    scene.prepend(stored(19), stored(20));
    assert.equal(scene.first, 20);
  });

  it('is looked for further up when so much is loaded that the newest are kept apart', () => {
    const scene = new Scene(...Array.from({length: 600}, (_, index) => stored(401 + index)));
    scene.counts(650, 1_000);
    scene.store.trim(500, [401]);
    assert.equal(scene.store.reachesEnd, false);
    scene.prepend(...Array.from({length: 100}, (_, index) => stored(301 + index)));
    assert.equal(scene.first, 351);
  });

  it('stays when the count changes or more comes in', () => {
    const scene = new Scene(stored(1), stored(2), stored(3));
    scene.counts(2, 3);
    assert.equal(scene.first, 2);
    scene.arrive([stored(4)]);
    scene.counts(1, 5);
    assert.equal(scene.first, 2);
  });

  it('is not counted from messages that came while its page was loaded', () => {
    const scene = new Scene(stored(3), stored(4));
    scene.counts(3, 4);
    scene.arrive([stored(5)]);
    scene.prepend(stored(1), stored(2));
    assert.equal(scene.first, 2);
  });

  it('is looked for once the messages are there', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.state.set({phase: 'loading'});
    scene.counts(1, 2);
    assert.equal(scene.first, null);
    scene.state.set({phase: 'ready'});
    scene.unread.findFirst();
    assert.equal(scene.first, 2);
  });

  it('is looked for once the conversation is there', () => {
    const scene = new Scene(stored(1), stored(2));
    scene.state.set({conversation: null});
    scene.unread.findFirst();
    scene.counts(1, 2);
    assert.equal(scene.first, 2);
  });
});

describe('The server is told', () => {
  it('of messages of others that it has, and of no others', async () => {
    const scene = new Scene(stored(1), own(2));
    scene.store.head.merge([unsent('a')]);
    scene.unread.markRead([1, 2, 'a', 99], false);
    scene.unread.markRead([2, 'a', 99], false);
    await scene.clock.advance(1_000);
    assert.deepEqual(scene.told, [[1]]);
  });

  it('of none that is not sent, where nobody knows whose it is', async () => {
    const scene = new Scene(stored(1));
    scene.store.head.merge([unsent('a', {sender: {id: '', name: ''}})]);
    scene.unread.markRead([1, 'a'], false);
    await scene.clock.advance(1_000);
    assert.deepEqual(scene.told, [[1]]);
  });

  it('of messages that are not loaded, where the page has a list of its own', async () => {
    const scene = new Scene(stored(1), own(2));
    scene.unread.markRead([1, 2, 99], true);
    await scene.clock.advance(1_000);
    assert.deepEqual(scene.told, [[1, 99]]);
  });
});
