import type {Scenario} from '../scenario.js';
import {median} from '../statistics.js';

/** A thousand messages in one call. */
export const batch: Scenario = {
  name: 'batch',
  title: 'A batch of 1,000',
  sizes: [1_000, 100_000],
  figures: {
    first: {title: 'the first one', unit: 'ms', goal: {ratio: 1.5}},
    cost: {title: 'each of five more', unit: 'ms', goal: {ratio: 1.5}},
  },
  forOthers: true,
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    const first = await tab.call('appendBatch', 1000);
    const costs: number[] = [];
    for (let i = 0; i < pick(5, 1); i++) costs.push(await tab.call('appendBatch', 1000));
    return {first, cost: median(costs)};
  },
};
