import type {Scenario} from '../scenario.js';
import {droppedFrames, median, percentile} from '../statistics.js';

/** One message a frame, 500 times. */
export const append: Scenario = {
  name: 'append',
  title: 'One message a frame',
  sizes: [1_000, 10_000, 100_000],
  figures: {
    work: {title: 'main thread for one', unit: 'ms', goal: {ratio: 1.5, growth: 1.15}},
    cost: {title: 'of it in its frame', unit: 'ms'},
    costP95: {title: 'of it in its frame, p95', unit: 'ms'},
    dropped: {title: 'frames dropped for 100 messages', unit: '', goal: {atMost: 0}},
  },
  forOthers: true,
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    await tab.call('appendOneAFrame', pick(60, 5));
    const before = await tab.work();
    const {costs, frames} = await tab.call('appendOneAFrame', pick(500, 30));
    const work = (await tab.work()) - before;
    return {
      work: work / costs.length,
      cost: median(costs),
      costP95: percentile(costs, 0.95),
      dropped: (100 * droppedFrames(frames)) / costs.length,
    };
  },
};
