import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {BlockList} from '../../src/store/block-list.js';

const byNumber = (a: number, b: number): number => a - b;

describe('BlockList', () => {
  it('behaves as a sorted array does, whatever is done to it', () => {
    const command = fc.oneof(
      fc.record({do: fc.constant('add' as const), value: fc.integer({min: 0, max: 5_000})}),
      fc.record({
        do: fc.constant('run' as const),
        value: fc.integer({min: 0, max: 5_000}),
        count: fc.integer({min: 1, max: 1_500}),
      }),
      fc.record({do: fc.constant('remove' as const), value: fc.integer({min: 0, max: 5_000})}),
    );
    fc.assert(
      fc.property(fc.array(command, {maxLength: 40}), (commands) => {
        const list = new BlockList<number>(byNumber);
        let model: number[] = [];
        for (const step of commands) {
          if (step.do === 'remove') {
            assert.equal(list.remove(step.value), model.indexOf(step.value));
            model = model.filter((value) => value !== step.value);
            continue;
          }
          const next = model.find((value) => value >= step.value) ?? Number.POSITIVE_INFINITY;
          const wanted =
            step.do === 'run' ? Array.from({length: step.count}, (_, index) => step.value + index / 10_000) : [step.value];
          const run = wanted.filter((value) => value < next);
          if (run.length === 0) continue;
          const index = list.insertRun(run);
          model = [...model, ...run].sort(byNumber);
          assert.equal(index, model.indexOf(run[0] ?? -1));
        }
        assert.equal(list.size, model.length);
        assert.deepEqual(list.slice(0, list.size), model);
        for (let index = 0; index < model.length; index += 97) assert.equal(list.at(index), model[index]);
        for (let index = 0; index < model.length; index += 53) assert.equal(list.rank(model[index] ?? -1), index);
      }),
      {numRuns: 300},
    );
  });

  it('gives nothing outside its ends', () => {
    const list = new BlockList<number>(byNumber);
    list.insertRun([1, 2, 3]);
    assert.equal(list.at(-1), undefined);
    assert.equal(list.at(3), undefined);
    assert.deepEqual(list.slice(-5, 2), [1, 2]);
    assert.deepEqual(list.slice(2, 99), [3]);
    assert.equal(list.remove(9), -1);
  });
});
