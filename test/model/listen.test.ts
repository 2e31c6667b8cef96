import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import {Listeners} from '../../src/model/listen.js';

describe('Listeners', () => {
  it('are all told of one thing before any hears of what that led to', () => {
    const listeners = new Listeners<[string]>();
    const told: string[] = [];
    listeners.add((news) => {
      told.push(`first: ${news}`);
      if (news === 'old') listeners.call('new');
    });
    listeners.add((news) => told.push(`second: ${news}`));
    listeners.call('old');
    assert.deepEqual(told, ['first: old', 'second: old', 'first: new', 'second: new']);
    listeners.call('last');
    assert.deepEqual(told.slice(4), ['first: last', 'second: last']);
  });

  it('do not hear of what was before they were added, or after they were removed', () => {
    const listeners = new Listeners<[string]>();
    const told: string[] = [];
    listeners.add((news) => {
      if (news !== 'old') return;
      listeners.call('new');
      leave();
      listeners.add((later) => told.push(`late: ${later}`));
    });
    const leave = listeners.add((news) => told.push(`left: ${news}`));
    listeners.call('old');
    assert.deepEqual(told, []);
    listeners.call('last');
    assert.deepEqual(told, ['late: last']);
  });

  it('are called even if one before them throws, which is reported', (context) => {
    const error = new Error('of the page');
    const report = context.mock.method(console, 'error', () => undefined);
    const listeners = new Listeners<[]>();
    const second = mock.fn();
    listeners.add(() => {
      throw error;
    });
    listeners.add(second);
    listeners.call();
    listeners.call();
    assert.equal(second.mock.callCount(), 2);
    assert.equal(report.mock.calls[0]?.arguments[0], error);
  });

  it('leave nothing on a signal that lives longer', () => {
    const {signal} = new AbortController();
    const remove = mock.method(signal, 'removeEventListener');
    const add = mock.method(signal, 'addEventListener');
    new Listeners<[]>().add(() => undefined, {signal})();
    assert.equal(remove.mock.calls[0]?.arguments[1], add.mock.calls[0]?.arguments[1]);
  });
});
