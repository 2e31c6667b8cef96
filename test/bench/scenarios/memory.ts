import type {Scenario} from '../scenario.js';

/**
 * So many mounts come first: the engine compiles what is run often and keeps what it compiled, which is no leak. Of ours it is done after
 * some sixty.
 */
const WARM_UP = 60;

/** What a list holds on to while it is there, and after it has gone. */
export const memory: Scenario = {
  name: 'memory',
  title: 'Memory',
  sizes: [1_000, 100_000],
  figures: {
    heap: {title: 'heap, the messages included', unit: 'MB', goal: {ratio: 1.3}},
    own: {title: 'heap, the messages left out', unit: 'MB'},
    nodes: {title: 'DOM nodes', unit: ''},
    rows: {title: 'rows in the document', unit: '', goal: {atMost: 40}},
  },
  forOthers: true,
  async measure(tab, {size}) {
    await tab.call('prepare', size);
    const before = await tab.holdings();
    await tab.call('openAndRest', size);
    const {heap, nodes} = await tab.holdings();
    return {heap: heap / 1e6, own: (heap - before.heap) / 1e6, nodes, rows: await tab.call('countRows')};
  },
};

/** What is left of lists that were opened and closed. */
export const leak: Scenario = {
  name: 'leak',
  title: '50 mounts of 1,000 messages',
  sizes: [1_000],
  figures: {
    heap: {title: 'heap left by each', unit: 'kB', goal: {atMost: 2.5}},
    nodes: {title: 'nodes left by all', unit: '', goal: {atMost: 0}},
    listeners: {title: 'listeners left by all', unit: '', goal: {atMost: 0}},
  },
  forOthers: true,
  async measure(tab, {size, pick}) {
    const mounts = pick(50, 5);
    await tab.call('mountAgain', pick(WARM_UP, 5), size);
    const before = await tab.holdings();
    await tab.call('mountAgain', mounts, size);
    const after = await tab.holdings();
    return {
      heap: (after.heap - before.heap) / mounts / 1000,
      nodes: after.nodes - before.nodes,
      listeners: after.listeners - before.listeners,
    };
  },
};
