import {toMessage, type Message} from '../../../src/model/index.js';
import {MessageLog} from '../../../src/store/message-log.js';
import {messageOf} from '../page/messages.js';
import type {Measured, Scenario, Task} from '../scenario.js';

const SAMPLES = 20_000;
/** Steps of such a length come to each place of a list once, far from the one before. */
const STRIDE = 7_919;

/** The log of messages alone, without a page. Each size is twice the one before, so that what grows with it shows. */
export const store: Scenario = {
  name: 'store',
  title: 'The store alone, in Node',
  sizes: [125_000, 250_000, 500_000, 1_000_000],
  isDoubling: true,
  figures: {
    batch: {title: 'all of them at the end, in one batch', unit: 'ms', goal: {atMost: 1_000}},
    ones: {title: 'all of them at the end, one by one', unit: 'ms'},
    random: {title: 'one more at a random place', unit: 'µs'},
    lookup: {title: 'one found by its id and by its index', unit: 'µs'},
    notices: {title: 'notices of a batch at the end', unit: '', goal: {atMost: 1}},
  },
  measureAlone: ({size, pick}: Task): Measured => {
    const all = Array.from({length: size}, (_, i) => storedAt(2 * i));
    const log = new MessageLog();
    let notices = 0;
    log.subscribe(() => (notices += 1));
    const batch = processorTime(() => {
      log.merge(all);
      // They are entered into the index when the first one is asked for.
      log.get(0);
    });
    const other = new MessageLog();
    const ones = processorTime(() => {
      for (const message of all) other.merge([message]);
    });
    const count = Math.min(pick(SAMPLES, 1_000), size);
    const places = Array.from({length: count}, (_, i) => (i * STRIDE) % size);
    const between = [...new Set(places)].map((place) => storedAt(2 * place + 1));
    const random = processorTime(() => {
      for (const message of between) other.merge([message]);
    });
    const lookup = processorTime(() => {
      for (const place of places) if (log.at(log.indexOf(2 * place)) !== all[place]) throw new Error(`${place} is elsewhere`);
    });
    return {batch, ones, random: (1000 * random) / between.length, lookup: (1000 * lookup) / count, notices};
  },
};

const TEMPLATE = toMessage(messageOf(1));

function storedAt(position: number): Message {
  return {...TEMPLATE, id: position, position, revision: position};
}

/** What it took of the processor, in ms, the collection of garbage included; what else the machine does is left out. */
function processorTime(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}
