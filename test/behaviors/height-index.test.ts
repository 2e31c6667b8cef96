import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {HeightIndex} from '../../src/behaviors/height-index.js';

/** The same thing as a plain array, slow and obvious. */
class PlainHeights {
  rows: (number | undefined)[] = [];
  estimate = 10;

  height(index: number): number {
    return this.rows[index] ?? this.estimate;
  }

  offsetOf(index: number): number {
    let sum = 0;
    for (let i = 0; i < Math.max(0, Math.min(index, this.rows.length)); i++) sum += this.height(i);
    return sum;
  }

  indexAt(offset: number): number {
    if (this.rows.length === 0) return -1;
    let end = 0;
    for (let i = 0; i < this.rows.length; i++) {
      end += this.height(i);
      if (end > Math.max(0, offset)) return i;
    }
    return this.rows.length - 1;
  }
}

type Command =
  | {readonly type: 'insert'; readonly at: number; readonly count: number}
  | {readonly type: 'remove'; readonly at: number; readonly count: number}
  | {readonly type: 'set'; readonly at: number; readonly height: number | undefined}
  | {readonly type: 'estimate'; readonly height: number}
  | {readonly type: 'reset'; readonly size: number};

const fraction = fc.double({min: 0, max: 1, noNaN: true});
const height = fc.integer({min: 1, max: 400});
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({type: fc.constant('insert' as const), at: fraction, count: fc.integer({min: 0, max: 90})}),
  fc.record({type: fc.constant('remove' as const), at: fraction, count: fc.integer({min: 0, max: 40})}),
  fc.record({type: fc.constant('set' as const), at: fraction, height: fc.option(height, {nil: undefined})}),
  fc.record({type: fc.constant('estimate' as const), height}),
  fc.record({type: fc.constant('reset' as const), size: fc.integer({min: 0, max: 60})}),
);

function apply(index: HeightIndex, plain: PlainHeights, {type, ...rest}: Command): void {
  const at = 'at' in rest ? Math.floor(rest.at * plain.rows.length) : 0;
  if (type === 'insert' && 'count' in rest) {
    index.insert(at, rest.count);
    plain.rows.splice(at, 0, ...new Array<undefined>(rest.count));
  } else if (type === 'remove' && 'count' in rest) {
    index.remove(at, rest.count);
    plain.rows.splice(at, rest.count);
  } else if (type === 'set' && 'height' in rest) {
    index.set(at, rest.height);
    if (at < plain.rows.length) plain.rows[at] = rest.height;
  } else if (type === 'estimate' && 'height' in rest && rest.height !== undefined) {
    index.estimate = rest.height;
    plain.estimate = rest.height;
  } else if ('size' in rest) {
    index.reset(rest.size);
    plain.rows = new Array<undefined>(rest.size).fill(undefined);
  }
}

describe('HeightIndex', () => {
  it('agrees with a plain array after any sequence of changes', () => {
    fc.assert(
      fc.property(fc.array(command, {maxLength: 40}), fraction, (commands, where) => {
        const index = new HeightIndex(10);
        const plain = new PlainHeights();
        for (const step of commands) {
          apply(index, plain, step);
          expect(index.size).to.equal(plain.rows.length);
          expect(index.total).to.equal(plain.offsetOf(plain.rows.length));
          const row = Math.floor(where * plain.rows.length);
          expect(index.offsetOf(row)).to.equal(plain.offsetOf(row));
          expect(index.get(row)).to.equal(plain.rows[row]);
          const offset = Math.floor(where * 1.1 * index.total);
          expect(index.indexAt(offset)).to.equal(plain.indexAt(offset));
        }
        expect(index.measured.count).to.equal(plain.rows.filter((value) => value !== undefined).length);
        expect(index.measured.sum).to.equal(plain.rows.reduce<number>((sum, value) => sum + (value ?? 0), 0));
      }),
      {numRuns: 300},
    );
  });

  it('answers for rows outside the list', () => {
    const index = new HeightIndex(20);
    expect(index.indexAt(5)).to.equal(-1);
    index.insert(0, 3);
    index.set(7, 100);
    index.set(-1, 100);
    expect(index.total).to.equal(60);
    expect(index.get(-1)).to.equal(undefined);
    expect(index.get(3)).to.equal(undefined);
    expect(index.indexAt(-50)).to.equal(0);
    expect(index.indexAt(5000)).to.equal(2);
    expect(index.offsetOf(99)).to.equal(60);
  });

  it('takes a new estimate for all rows at once', () => {
    const index = new HeightIndex(20);
    index.insert(0, 100_000);
    index.set(99_999, 5);
    index.estimate = 30;
    expect(index.total).to.equal(99_999 * 30 + 5);
  });
});
