import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {keyOf} from '../../src/model/key-of.js';

describe('keyOf', () => {
  it('is the same for equal contents, whatever the order of the fields', () => {
    assert.equal(keyOf({a: 1, b: {c: [1, 2], d: null}}), keyOf({b: {d: null, c: [1, 2]}, a: 1}));
    assert.equal(keyOf({b: 1, a: 1, c: 1}), keyOf({c: 1, b: 1, a: 1}));
    assert.equal(keyOf({a: 1, b: undefined}), keyOf({a: 1}));
  });

  it('differs with a value, its type, its place and its order in an array', () => {
    const values = [{a: 1}, {a: '1'}, {b: 1}, {a: [1, 2]}, {a: [2, 1]}, {a: {b: 1}}, {a: null}, {}, [], null, 'a'];
    assert.equal(new Set(values.map(keyOf)).size, values.length);
  });

  it('tells functions and other objects apart by identity, and knows each again', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const [ask, askAgain] = [() => 1, () => 1];
    const values = [one, other, ask, askAgain, new Map(), new Map()];
    assert.equal(new Set(values.map((value) => keyOf({value}))).size, values.length);
    for (const value of [one, other, ask, askAgain]) assert.equal(keyOf({value}), keyOf({value}));
  });
});
