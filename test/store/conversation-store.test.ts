import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ConversationStore, MessageLog} from '../../src/store/index.js';
import {stored, unsent} from '../support/messages.js';

describe('ConversationStore', () => {
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
});
