import type {Scenario} from '../scenario.js';
import {median, percentile} from '../statistics.js';

const TEXT = 'the quick brown fox jumps over the lazy dog ';

/** Somebody writes while 20 messages a second come in. */
export const typing: Scenario = {
  name: 'typing',
  title: 'Writing while 20 messages a second come in',
  sizes: [100_000],
  figures: {
    p98: {title: 'key to frame, p98', unit: 'ms', goal: {ratio: 1.2}},
    median: {title: 'key to frame, median', unit: 'ms'},
  },
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    await tab.call('startTyping', 20);
    const text = TEXT.repeat(pick(4, 1));
    // An odd distance, so that the keys fall on all parts of a frame.
    await tab.page.keyboard.type(text, {delay: pick(47, 11)});
    const keys = await tab.call('stopTyping');
    return {p98: percentile(keys, 0.98), median: median(keys)};
  },
};
