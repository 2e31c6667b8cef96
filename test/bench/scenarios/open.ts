import type {Scenario} from '../scenario.js';

/** A conversation is opened in a page that has shown none before, and then once more. */
export const open: Scenario = {
  name: 'open',
  title: 'Open a conversation',
  sizes: [100, 1_000, 10_000, 100_000],
  figures: {
    paint: {title: 'first paint of the newest', unit: 'ms', goal: {ratio: 1.5}},
    settled: {title: 'nothing moves any more', unit: 'ms', goal: {ratio: 1.5}},
    work: {title: 'main thread until then', unit: 'ms'},
    again: {title: 'first paint, opened again', unit: 'ms', goal: {ratio: 1.5}},
    workAgain: {title: 'main thread, opened again', unit: 'ms'},
  },
  forOthers: true,
  async measure(tab, {size}) {
    await tab.call('prepare', size);
    const before = await tab.work();
    const first = await tab.call('open');
    const work = (await tab.work()) - before;
    for (let i = 0; i < 3; i++) {
      await tab.call('close');
      await tab.call('prepare', size);
      await tab.call('open');
    }
    await tab.call('close');
    await tab.call('prepare', size);
    const beforeAgain = await tab.work();
    const again = await tab.call('open');
    return {...first, work, again: again.paint, workAgain: (await tab.work()) - beforeAgain};
  },
};
