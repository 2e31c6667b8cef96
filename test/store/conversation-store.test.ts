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
});
