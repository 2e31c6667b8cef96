import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {SortedList} from '../../src/store/sorted-list.js';

const ascending = (a: number, b: number): number => a - b;

/** What is done to a list, `at` being a share of its size. */
const step = fc.oneof(
  fc.record({type: fc.constant('add' as const), value: fc.integer({min: 0, max: 1_000_000})}),
  fc.record({type: fc.constant('append' as const), count: fc.integer({min: 1, max: 3_000})}),
  fc.record({type: fc.constant('remove' as const), at: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true})}),
  fc.record({type: fc.constant('reset' as const), count: fc.integer({min: 0, max: 5_000})}),
);

describe('SortedList', () => {
  it('is what an array would be that is sorted again after each change', () => {
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), (steps) => {
        const list = new SortedList(ascending);
        let model: number[] = [];
        for (const now of steps) {
          const last = model.at(-1) ?? 0;
          if (now.type === 'append') {
            const items = Array.from({length: now.count}, (_, i) => last + 1 + 2 * i);
            list.insert(list.rank(items[0]!), items);
            model.push(...items);
          } else if (now.type === 'add' && !model.includes(now.value)) {
            list.insert(list.rank(now.value), [now.value]);
            model = [...model, now.value].sort(ascending);
          } else if (now.type === 'remove' && model.length > 0) {
            const index = Math.floor(now.at * model.length);
            list.remove(index);
            model.splice(index, 1);
          } else if (now.type === 'reset') {
            model = Array.from({length: now.count}, (_, i) => 3 * i);
            list.reset(model);
          }
          const middle = model.length >> 1;
          assert.equal(list.size, model.length);
          assert.equal(list.at(middle), model[middle]);
          assert.equal(list.rank(model[middle] ?? 0), middle);
        }
        assert.deepEqual(list.slice(0, list.size), model);
        assert.deepEqual(list.slice(-1, 3), model.slice(0, 3));
        for (const index of [-1, model.length]) assert.equal(list.at(index), undefined);
        for (let index = 0; index < model.length; index += 97) {
          assert.equal(list.at(index), model[index]);
          assert.deepEqual(list.slice(index, index + 5), model.slice(index, index + 5));
        }
      }),
      {numRuns: 100},
    );
  });

  it('stays in order through tens of thousands of single insertions all over it', () => {
    const list = new SortedList(ascending);
    // Steps of a number without a common divisor visit each place once, far from the one before.
    const count = 30_000;
    for (let i = 0; i < count; i++) {
      const value = (i * 7_919) % count;
      list.insert(list.rank(value), [value]);
    }
    assert.deepEqual(
      list.slice(0, list.size),
      Array.from({length: count}, (_, i) => i),
    );
    assert.equal(list.rank(17_000), 17_000);
  });

  it('puts an item in the place of another', () => {
    const list = new SortedList<{readonly n: number}>((a, b) => a.n - b.n);
    list.reset([{n: 1}, {n: 2}]);
    const other = {n: 2};
    list.replace(1, other);
    assert.equal(list.at(1), other);
  });
});
