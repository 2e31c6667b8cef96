import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {idKey} from '../../src/model/index.js';
import {ConversationStore, MessageLog} from '../../src/store/index.js';
import {stored, unsent} from '../support/messages.js';

describe('ConversationStore', () => {
  it('keeps the last message that is sent where more are waiting than are kept', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1, 1);
    store.rebase({messages: [stored(1), stored(2)], hasMoreBefore: true, hasMoreAfter: false, revision: 2});
    store.head.merge(Array.from({length: 9}, (_, index) => unsent(`t${index}`)));
    store.trim(10, ['t5']);
    store.take([stored(3)]);
    const ids = store.log.slice(0, store.log.size).map(({id}) => id);
    assert.deepEqual(ids.slice(0, 2), [2, 3]);
    assert.equal(ids.length, 11);
  });

  it('keeps what is not sent where a listener goes back to the newest while old messages are let go', () => {
    const log = new MessageLog();
    const store = new ConversationStore(log, 1, 1, 1);
    const messages = Array.from({length: 60}, (_, index) => stored(index + 1));
    store.rebase({messages, hasMoreBefore: false, hasMoreAfter: false, revision: 60});
    store.head.merge([unsent('a')]);
    let isFirst = true;
    log.subscribe(({type}) => {
      if (type !== 'removed' || !isFirst) return;
      isFirst = false;
      store.showLatest();
    });
    store.trim(10, [30]);
    assert.equal(store.reachesEnd, true);
    assert.ok(log.get('a'));
  });

  it('tells what others wrote: not what the person wrote elsewhere, what is deleted, or what was known', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const first = [stored(1), stored(2, {sender: {id: 1}}), stored(3, {deletedAt: new Date(3)})];
    store.rebase({messages: first.slice(0, 1), hasMoreBefore: false, hasMoreAfter: false, revision: 1});
    const {added, addedByOthers} = store.take([...first, stored(4)]);
    assert.deepEqual(
      [added, addedByOthers].map((messages) => messages.map(({id}) => id)),
      [[2, 3, 4], [4]],
    );
  });

  it('takes nothing of another conversation, and no temp id of somebody else', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const messages = [
      stored(1, {tempId: 'a'}),
      stored(2, {tempId: 'b', sender: {id: 1}}),
      stored(3, {conversationId: 2}),
      stored(4, {conversationId: '1'}),
    ];
    store.rebase({messages, hasMoreBefore: false, hasMoreAfter: false, revision: 4});
    assert.deepEqual(
      store.log.slice(0, store.log.size).map(({id, tempId}) => [id, tempId]),
      [
        [1, null],
        [2, 'b'],
        [4, null],
      ],
    );
    assert.equal(store.find('a'), undefined);
  });

  it('keeps temp ids where nobody knows who the person is', () => {
    const store = new ConversationStore(new MessageLog(), 1, null);
    store.head.merge([unsent('a', {sender: {id: ''}})]);
    store.take([stored(1, {tempId: 'a', sender: {id: 1}})]);
    assert.equal(store.log.size, 1);
    assert.equal(store.find('a')?.status, 'sent');
  });

  it('finds a message that is shown, and one that is among the newest', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    store.rebase({messages: [stored(90), stored(91)], hasMoreBefore: true, hasMoreAfter: false, revision: 91});
    store.takeAround(store.expect(), {messages: [stored(5)], hasMoreBefore: true, hasMoreAfter: true, revision: 91});
    assert.deepEqual(
      [5, 91, 50].map((id) => store.find(id)?.id),
      [5, 91, undefined],
    );
  });

  it('goes on with what is shown where a page shares one message with it, at either end', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const around = {hasMoreBefore: true, hasMoreAfter: true, revision: 90};
    store.rebase({...around, messages: [stored(90)], hasMoreAfter: false});
    for (const ids of [
      [5, 6],
      [3, 4, 5],
      [6, 7],
    ])
      store.takeAround(store.expect(), {...around, messages: ids.map((id) => stored(id))});
    assert.deepEqual(
      store.log.slice(0, store.log.size).map(({id}) => id),
      [3, 4, 5, 6, 7],
    );
  });

  it('lets go of what is not sent once it is stored, even where that lies before all that is loaded', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    store.rebase({messages: [stored(90)], hasMoreBefore: true, hasMoreAfter: false, revision: 91});
    store.head.merge([unsent('a')]);
    store.take([stored(5, {tempId: 'a', sender: {id: 1}})]);
    assert.deepEqual(
      store.log.slice(0, store.log.size).map(({id}) => id),
      [90],
    );
  });

  it('joins what is shown with the newest once the last page is there, with what came in meanwhile', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    store.rebase({messages: [stored(90)], hasMoreBefore: true, hasMoreAfter: false, revision: 90});
    store.takeAround(store.expect(), {messages: [stored(1)], hasMoreBefore: false, hasMoreAfter: true, revision: 90});
    const ticket = store.expect();
    store.take([stored(91)]);
    store.takeNewer(ticket, {messages: [stored(2), stored(90)], hasMoreBefore: true, hasMoreAfter: false, revision: 90});
    assert.deepEqual(
      store.log.slice(0, store.log.size).map(({id}) => id),
      [1, 2, 90, 91],
    );
    assert.deepEqual([store.reachesStart, store.reachesEnd], [true, true]);
  });

  it('takes no page that was asked for before the newest were loaded again, or for what has missed changes', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const page = {messages: [stored(90)], hasMoreBefore: true, hasMoreAfter: false, revision: 90};
    const older = {...page, messages: [stored(4)], hasMoreAfter: true};
    store.rebase(page);
    const before = store.expect();
    store.replace(page, new Set());
    assert.equal(store.takeOlder(before, older), false);
    store.takeAround(store.expect(), {...page, messages: [stored(5)], hasMoreAfter: true});
    store.replace(page, new Set());
    assert.equal(store.isStale, true);
    assert.equal(store.takeOlder(store.expect(), older), false);
    assert.equal(store.log.size, 1);
  });

  it('collects nothing for a page that will not be taken', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const [forgotten, expected] = [store.expect(), store.expect()];
    store.forget(forgotten);
    store.take([stored(1)]);
    assert.deepEqual([forgotten.passed.length, expected.passed.length], [0, 1]);
  });

  it('keeps of what came in while the newest were loaded again only what is newer', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    const page = {messages: [stored(1)], hasMoreBefore: false, hasMoreAfter: false, revision: 2};
    store.rebase(page);
    store.take([stored(2), stored(3), stored(4)]);
    store.replace(page, new Set([2, 3].map((id) => idKey(id))));
    assert.deepEqual(
      store.log.slice(0, store.log.size).map(({id}) => id),
      [1, 3],
    );
  });

  for (const isTold of [true, false]) {
    it(`marks all before what was read, of which it was told ${isTold ? 'before' : 'after'} the first page, whatever the ids are`, () => {
      const store = new ConversationStore(new MessageLog(), 1, 1);
      const messages = ['f4', '0b', 'c2', '77'].map((id, index) => stored(index + 1, {id, sender: {id: 1}}));
      const participant = {id: 2, name: 'Vali', firstName: 'Vali', email: null, avatarUrl: null, lastReadMessageId: 'c2'};
      const nothing = {title: '', avatarUrl: null, lastMessage: null, unreadCount: 0, revision: 4, features: []};
      const conversation = {...nothing, id: 1, participants: [participant]};
      if (isTold) store.takeConversation(conversation);
      store.rebase({messages, hasMoreBefore: false, hasMoreAfter: false, revision: 4});
      if (!isTold) store.takeConversation(conversation);
      assert.deepEqual(
        store.log.slice(0, 4).map(({status}) => status),
        ['read', 'read', 'read', 'sent'],
      );
    });
  }

  describe('quotes', () => {
    const answerTo = (id: number, position: number) =>
      stored(position, {replyTo: {id, sender: {id: 2, name: 'Vali Yusupov'}, content: `message ${id}`}});
    const gone = (id: number, revision: number) => stored(id, {revision, content: '', deletedAt: new Date(revision)});
    const edited = (id: number, revision: number) =>
      stored(id, {revision, content: `edit ${revision}`, editedAt: new Date(revision)});
    const quotes = ({log, head}: ConversationStore): unknown[] =>
      [log, head].map((messages) => messages.get(60)?.replyTo?.content);

    /** The newest page, from `first` to 60, which quotes message 5. */
    const begin = (first: number): ConversationStore => {
      const store = new ConversationStore(new MessageLog(), 1, 1, 1);
      const before = Array.from({length: 60 - first}, (_, index) => stored(first + index));
      store.rebase({messages: [...before, answerTo(5, 60)], hasMoreBefore: first > 1, hasMoreAfter: false, revision: 60});
      return store;
    };

    for (const [what, first] of [
      ['is loaded', 1],
      ['is not loaded', 40],
    ] as const) {
      it(`no longer show what was deleted, whether it ${what} or not, nor get it back from an older state`, () => {
        const store = begin(first);
        store.take([gone(5, 62)]);
        store.take([edited(5, 61)]);
        assert.deepEqual(quotes(store), ['', '']);
      });
    }

    it('show what was edited as it is now', () => {
      const store = begin(1);
      store.take([edited(5, 61), stored(5, {revision: 60, content: 'older', editedAt: new Date(60)})]);
      assert.deepEqual(quotes(store), ['edit 61', 'edit 61']);
    });

    it('show it no longer among the newest messages either, while others are shown', () => {
      const store = begin(40);
      store.takeAround(store.expect(), {
        messages: [stored(1), stored(5)],
        hasMoreBefore: false,
        hasMoreAfter: true,
        revision: 60,
      });
      store.take([gone(5, 61)]);
      assert.deepEqual(quotes(store), [undefined, '']);
    });

    it('show it no longer either where they come with a page from before', () => {
      const store = begin(40);
      const ticket = store.expect();
      store.take([gone(5, 61)]);
      store.takeOlder(ticket, {messages: [answerTo(5, 39)], hasMoreBefore: true, hasMoreAfter: true, revision: 60});
      assert.equal(store.log.get(39)?.replyTo?.content, '');
    });

    it('are left alone by what changes in other ways, and told of once', () => {
      const store = begin(1);
      const told: unknown[] = [];
      store.log.subscribe((change) => told.push(change));
      const reactions = [{emoji: '👍', count: 1, userIds: [1]}];
      store.take([stored(5, {revision: 61, content: 'a longer text', reactions})]);
      assert.deepEqual(quotes(store), ['message 5', 'message 5']);
      store.take([gone(5, 62)]);
      store.take([gone(5, 62)]);
      assert.deepEqual(told, [
        {type: 'changed', keys: ['5']},
        {type: 'changed', keys: ['5']},
        {type: 'changed', keys: ['60']},
      ]);
    });
  });

  it('still begins with the first message when the newest page is taken in', () => {
    const store = new ConversationStore(new MessageLog(), 1, 1);
    store.rebase({messages: [stored(1), stored(2)], hasMoreBefore: false, hasMoreAfter: false, revision: null});
    store.reload({messages: [stored(2)], hasMoreBefore: true, hasMoreAfter: false, revision: null}, new Set());
    assert.equal(store.reachesStart, true);
    assert.equal(store.log.size, 2);
  });
});
