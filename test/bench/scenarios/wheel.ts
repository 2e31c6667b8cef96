import type {Scenario} from '../scenario.js';
import {percentile} from '../statistics.js';

/** 60 frames a second, with what the clock of the browser is off by. */
const FRAME = 17;

/** Somebody turns the wheel, at 7,200 px/s, from the newest message upwards. */
export const wheel: Scenario = {
  name: 'wheel',
  title: 'Reading by wheel, 7,200 px/s',
  sizes: [10_000],
  figures: {
    p95: {title: 'frame p95', unit: 'ms', goal: {atMost: FRAME}},
    longest: {title: 'longest frame', unit: 'ms', goal: {atMost: 50}},
    blank: {title: 'scrolls that showed a blank', unit: '%', goal: {atMost: 0}},
    busy: {title: 'main thread busy', unit: '%'},
  },
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    const seconds = pick(4, 1);
    const before = await tab.work();
    await tab.call('watch');
    await tab.wheel(7_200 * seconds, 7_200);
    const {frames, looks, blank} = await tab.call('unwatch');
    const busy = ((await tab.work()) - before) / seconds / 10;
    return {p95: percentile(frames, 0.95), longest: Math.max(...frames), blank: (100 * blank) / looks, busy};
  },
};

/** Somebody drags the scroll bar over all messages in three seconds. */
export const fling: Scenario = {
  name: 'fling',
  title: 'All of it in 3 s',
  sizes: [10_000],
  figures: {
    p95: {title: 'frame p95', unit: 'ms', goal: {atMost: FRAME}},
    longest: {title: 'longest frame', unit: 'ms'},
    blank: {title: 'scrolls that showed a blank', unit: '%', goal: {atMost: 0}},
    rowsAfter: {title: 'rows after the end', unit: 'ms', goal: {atMost: 100}},
  },
  async measure(tab, {size, pick}) {
    await tab.call('openAndRest', size);
    const {frames, looks, blank, rowsAfter} = await tab.call('fling', pick(3, 0.5));
    return {p95: percentile(frames, 0.95), longest: Math.max(...frames), blank: (100 * blank) / looks, rowsAfter};
  },
};
