import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import {SharedChannels} from '../../src/client/shared-connection/shared-channels.js';

const NAME = 'private-news';

describe('the channels that tabs share', () => {
  let asked: (string | null)[];
  let channels: SharedChannels;

  const hold = (tab: string): void => channels.hold(NAME, tab, {auth: `of ${tab}`});

  beforeEach(() => {
    asked = [];
    channels = new SharedChannels({
      subscribe: (_name, auth) => void asked.push(auth?.auth ?? null),
      unsubscribe: () => void asked.push('left'),
    });
  });

  it('are asked for with the permission of the next tab if the one whose was sent gives up before there is an answer', () => {
    for (const tab of ['first', 'second', 'third']) hold(tab);
    assert.deepEqual(asked, ['of first']);
    channels.giveBack(NAME, 'third');
    assert.deepEqual(asked, ['of first'], 'it had not asked');
    hold('third');
    channels.giveBack(NAME, 'first');
    channels.giveBack(NAME, 'second');
    assert.deepEqual(asked, ['of first', 'of second', 'of third']);
  });

  it('are asked for no more once they are joined, and left with the last tab', () => {
    for (const tab of ['first', 'second']) hold(tab);
    channels.confirm(NAME, null);
    channels.giveBack(NAME, 'first');
    assert.deepEqual(asked, ['of first']);
    channels.giveBack(NAME, 'second');
    assert.deepEqual(asked, ['of first', 'left']);
  });

  it('are left when the server refuses them, and may be asked for anew', () => {
    for (const tab of ['first', 'second']) hold(tab);
    for (let times = 0; times < 2; times += 1) channels.refuse(NAME);
    assert.deepEqual(asked, ['of first', 'left']);
    hold('second');
    assert.deepEqual(asked, ['of first', 'left', 'of second']);
  });
});
