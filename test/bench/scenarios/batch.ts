import type {Scenario} from '../scenario.js';
import {median} from '../statistics.js';

/** After so long, in ms, no further one is begun: with some of the others one takes a minute. */
const PATIENCE = 20_000;

/** A thousand messages in one call. */
export const batch: Scenario = {
  name: 'batch',
  title: 'A batch of 1,000',
  sizes: [1_000, 100_000],
  figures: {
    first: {title: 'the first one', unit: 'ms', goal: {ratio: 1.5}},
    cost: {title: 'each of up to five more', unit: 'ms', goal: {ratio: 1.5}},
  },
  forOthers: true,
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    const began = performance.now();
    const first = await tab.call('appendBatch', 1000);
    const costs: number[] = [];
    do costs.push(await tab.call('appendBatch', 1000));
    while (costs.length < pick(5, 1) && performance.now() - began < PATIENCE);
    return {first, cost: median(costs)};
  },
};
