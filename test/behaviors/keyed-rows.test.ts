import {expect} from '@open-wc/testing';
import {KeyedRows} from '../../src/behaviors/keyed-rows.js';

describe('KeyedRows', () => {
  /** Shows a row for each letter; returns which rows were moved or removed for that. */
  function rows(): {readonly parent: Element; readonly show: (keys: string) => string} {
    const parent = document.createElement('div');
    const keyed = new KeyedRows();
    const watch = new MutationObserver(() => undefined);
    watch.observe(parent, {childList: true});
    const show = (keys: string): string => {
      const wanted = keys.split('').map((key) => ({key, attributes: {}, inputs: [], content: () => key}));
      keyed.render(parent, wanted);
      const texts = watch.takeRecords().flatMap(({removedNodes}) => [...removedNodes].map(({textContent}) => textContent));
      return [...new Set(texts)].join('');
    };
    return {parent, show};
  }

  for (const [before, after, moved] of [
    ['ABCD', 'BCDA', 'A'],
    ['ABCD', 'DABC', 'D'],
    ['ABCD', 'XABCDY', ''],
  ] as const) {
    it(`moves ${moved || 'nothing'} from ${before} to ${after}`, () => {
      const {parent, show} = rows();
      show(before);
      expect(show(after)).to.equal(moved);
      expect(parent.textContent).to.equal(after);
    });
  }

  it('has every order, and takes out what is gone', () => {
    const {parent, show} = rows();
    for (const keys of ['ABCD', 'DCBA', 'XDBYCA', 'A', '', 'CAB', 'BCDA', 'ADBC']) {
      show(keys);
      expect(parent.textContent).to.equal(keys);
    }
  });
});
