import type {Scenario} from '../scenario.js';
import {percentile} from '../statistics.js';

/** 5,000 messages a second for ten seconds, each by a call of its own. */
export const flood: Scenario = {
  name: 'flood',
  title: '5,000 messages a second',
  sizes: [1_000],
  figures: {
    p95: {title: 'frame p95', unit: 'ms'},
    longest: {title: 'longest frame', unit: 'ms', goal: {atMost: 50}},
    busy: {title: 'main thread busy', unit: '%'},
    wrong: {title: 'lists that were not exact at the end', unit: '', goal: {atMost: 0}},
  },
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    const seconds = pick(10, 1);
    const before = await tab.work();
    const {frames, isExact} = await tab.call('flood', pick(5_000, 1_000), seconds);
    const work = (await tab.work()) - before;
    return {
      p95: percentile(frames, 0.95),
      longest: Math.max(...frames),
      busy: work / seconds / 10,
      wrong: isExact ? 0 : 1,
    };
  },
};
