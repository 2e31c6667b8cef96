import {expect} from '@open-wc/testing';
import {LoadMore} from '../../src/elements/list-load-more.js';
import {idKey} from '../../src/model/index.js';

const [FAR, BETWEEN, NEAR] = [1_300, 900, 100];
const [first, second] = [1, 2].map(idKey);

describe('what decides when a list wants more messages', () => {
  it('wants them near an end, once for each message there', () => {
    const more = new LoadMore();
    expect(more.wants('older', BETWEEN, first, true)).to.equal(false);
    expect(more.wants('older', NEAR, first, true)).to.equal(true);
    expect(more.wants('older', NEAR, first, true)).to.equal(false);
    expect(more.wants('newer', NEAR, first, true), 'at the other end').to.equal(true);
    expect(more.wants('older', NEAR, second, true)).to.equal(true);
  });

  it('wants them again after scrolling away and back, but not for a small step', () => {
    const more = new LoadMore();
    more.wants('older', NEAR, first, true);
    more.wants('older', BETWEEN, first, true);
    expect(more.wants('older', NEAR, first, true)).to.equal(false);
    more.wants('older', FAR, first, true);
    expect(more.wants('older', NEAR, first, true)).to.equal(true);
    more.reset();
    expect(more.wants('older', NEAR, first, true)).to.equal(true);
  });

  it('wants none while there can be none, nor of an empty list, and then asks', () => {
    const more = new LoadMore();
    expect(more.wants('older', NEAR, first, false)).to.equal(false);
    expect(more.wants('older', NEAR, undefined, true)).to.equal(false);
    expect(more.wants('older', NEAR, first, true)).to.equal(true);
    expect(more.wants('older', NEAR, undefined, true)).to.equal(false);
  });
});
