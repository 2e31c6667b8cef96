import assert from 'node:assert/strict';
import {beforeEach, describe, it, mock} from 'node:test';
import {forgetWarnings, warnOnce} from '../../src/model/index.js';

describe('warnOnce', () => {
  const warn = mock.method(console, 'warn', () => undefined);
  const lines = (): unknown[] => warn.mock.calls.map((call): unknown => call.arguments[0]);

  beforeEach(() => {
    warn.mock.resetCalls();
    forgetWarnings();
  });

  it('warns once for each key, without the log being on', () => {
    warnOnce('chat-connection:ws-port', 'first');
    warnOnce('chat-connection:ws-port', 'again');
    warnOnce('chat-connection:scheme', 'other');
    assert.deepEqual(lines(), ['[ws-chat] first', '[ws-chat] other']);
  });

  it('counts each scope on its own', () => {
    const [one, two] = [{}, {}];
    for (const element of [one, two, one, two]) warnOnce('id', 'wrong', element);
    assert.equal(lines().length, 2);
  });

  it('falls silent on a page that never stops making new mistakes', () => {
    for (let i = 0; i < 1500; i += 1) warnOnce(`key ${i}`, 'wrong');
    assert.equal(lines().length, 1000);
  });
});
