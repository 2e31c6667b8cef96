import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fieldsOf, parseJson} from '../../src/model/json.js';

describe('JSON of somebody else', () => {
  it('is read where it can be', () => {
    assert.deepEqual(parseJson('{"a":[1,null]}'), {a: [1, null]});
    for (const text of ['', '{', '<html>', 'undefined']) assert.equal(parseJson(text), undefined, text);
  });

  it('has fields only where it is an object', () => {
    assert.equal(fieldsOf({a: 1})['a'], 1);
    for (const value of [null, undefined, 'length', 5, true]) assert.deepEqual(fieldsOf(value), {}, String(value));
  });
});
