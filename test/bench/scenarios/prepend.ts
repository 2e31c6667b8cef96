import type {Scenario} from '../scenario.js';

const COST = {atMost: 20};
const DRIFT = {atMost: 1};

/** 50 older messages come in above what somebody reads. */
export const prepend: Scenario = {
  name: 'prepend',
  title: '50 older messages',
  sizes: [1_000, 100_000],
  figures: {
    top: {title: 'at the top', unit: 'ms', goal: COST},
    topDrift: {title: 'at the top, what is read moves by', unit: 'px', goal: DRIFT},
    middle: {title: 'in the middle', unit: 'ms', goal: COST},
    middleDrift: {title: 'in the middle, what is read moves by', unit: 'px', goal: DRIFT},
  },
  async measure(tab, {size}) {
    await tab.call('openAndRest', size);
    const middle = await tab.call('prepend', 50, 0.5);
    const top = await tab.call('prepend', 50, 0);
    return {top: top.cost, topDrift: top.drift, middle: middle.cost, middleDrift: middle.drift};
  },
};
