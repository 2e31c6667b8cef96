import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isId, sameId} from '../../src/model/id.js';

describe('an id', () => {
  it('is a text or a number', () => {
    for (const value of ['', '01J9-uuid', 0, -1, 2 ** 53]) assert.equal(isId(value), true, String(value));
    for (const value of [Number.NaN, Infinity, 1n, true, null, undefined, {}, ['1']])
      assert.equal(isId(value), false, typeof value);
  });

  it('is the same as a number and as a text', () => {
    assert.equal(sameId(1, '1'), true);
    assert.equal(sameId('a', 'a'), true);
    assert.equal(sameId(1, 2), false);
    assert.equal(sameId('1', '01'), false);
  });

  it('is never the same as none, and two that are missing are not the same', () => {
    for (const none of [null, undefined]) {
      assert.equal(sameId(none, none), false);
      assert.equal(sameId(String(none), none), false);
      assert.equal(sameId(none, String(none)), false);
    }
  });
});
