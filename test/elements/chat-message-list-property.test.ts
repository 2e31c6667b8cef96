/**
 * Whatever was done to a list, and wherever it was scrolled meanwhile, it shows what a list shows that renders all of it.
 * `?runs=N` and `?seed=N` at the end of the page's address, or WTR's `--files` alone, decide how often; the seed is printed.
 */
import {expect, fixtureCleanup} from '@open-wc/testing';
import fc from 'fast-check';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {MessageInput} from '../../src/model/index.js';
import {listWith, rows, scroller, settled} from './list-scene.js';
import {frames, message, variedText} from './messages.js';

type Step =
  | {readonly type: 'append'; readonly count: number}
  | {readonly type: 'prepend'; readonly count: number}
  | {
      readonly type: 'upsert' | 'remove' | 'scroll';
      /** How far from the beginning, as a part of the whole. */
      readonly at: number;
      /** Of the text, in characters. */
      readonly length: number;
    }
  | {readonly type: 'width'; readonly size: number}
  | {readonly type: 'height'; readonly size: number};

const at = fc.double({min: 0, max: 1, noNaN: true});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({type: fc.constantFrom('append' as const, 'prepend' as const), count: fc.integer({min: 1, max: 30})}),
  fc.record({
    type: fc.constantFrom('upsert' as const, 'remove' as const, 'scroll' as const),
    at,
    length: fc.integer({min: 0, max: 40}),
  }),
  fc.record({type: fc.constantFrom('width' as const, 'height' as const), size: fc.integer({min: 220, max: 640})}),
);

/** Groups of three, and a day for each twenty. */
const nth = (n: number, length = Math.abs(n)): MessageInput =>
  message(n, {
    content: variedText(length),
    sender: {id: 1 + (Math.floor(n / 3) & 1), name: 'Ana'},
    createdAt: new Date(2026, 0, 100 + Math.floor(n / 20), 10, ((n % 20) + 20) % 20),
  });

class Model {
  first = 1;
  last = 60;
  readonly list: ChatMessageListElement;

  constructor(list: ChatMessageListElement) {
    this.list = list;
  }

  take(action: Step): void {
    const {list} = this;
    if (action.type === 'append') list.append(this.#more(this.last + 1, (this.last += action.count)));
    else if (action.type === 'prepend') list.prepend(this.#more((this.first -= action.count), this.first + action.count - 1));
    else if (action.type === 'width') list.style.inlineSize = `${action.size}px`;
    else if (action.type === 'height') list.style.blockSize = `${action.size}px`;
    else this.#touch(action);
  }

  #touch({type, at: part, length}: Extract<Step, {at: number}>): void {
    const n = Math.floor(this.first + part * (this.last - this.first));
    if (type === 'scroll') scroller(this.list).scrollTop = part * scroller(this.list).scrollHeight;
    else if (type === 'remove') this.list.remove(n);
    else this.list.upsert({...nth(n, length), editedAt: new Date(2026, 5, 1)});
  }

  #more(from: number, to: number): MessageInput[] {
    return Array.from({length: to - from + 1}, (_, i) => nth(from + i));
  }
}

interface Picture {
  readonly text: string;
  readonly height: number;
}

/** All that is to be seen of the rows in the page: their words, dividers and groups, and how high each is. */
function pictures(list: ChatMessageListElement): ReadonlyMap<unknown, Picture> {
  return new Map(
    rows(list).map((row) => {
      const shown = row.querySelector('chat-message')!;
      const dividers = [...row.querySelectorAll('[part$="divider"]')].map(({textContent}) => textContent);
      const text = [...dividers, shown.shadowRoot!.textContent.replace(/\s+/g, ' ').trim()];
      const marks = ['own', 'grouped', 'continued'].filter((mark) => shown.hasAttribute(mark));
      return [shown.message?.id, {text: [...text, ...marks].join('|'), height: row.getBoundingClientRect().height}];
    }),
  );
}

/** The pictures of all rows, in the order in which somebody comes by them who scrolls from the beginning to the end. */
async function walk(list: ChatMessageListElement): Promise<ReadonlyMap<unknown, Picture>> {
  const seen = new Map<unknown, Picture>();
  scroller(list).scrollTop = 0;
  for (let before = -1; before !== scroller(list).scrollTop;) {
    await list.updateComplete;
    await frames(1);
    for (const [id, picture] of pictures(list)) seen.set(id, picture);
    before = scroller(list).scrollTop;
    scroller(list).scrollTop += scroller(list).clientHeight;
  }
  return seen;
}

const {searchParams} = new URL(location.href);
const RUNS = Number(searchParams.get('runs') ?? 6);
const SEED = Number(searchParams.get('seed') ?? Date.now() & 0xffff);

describe('<chat-message-list>, after anything', function () {
  this.timeout(120_000);

  it(`shows what a list in full shows (seed ${SEED})`, async () => {
    const holds = async (steps: readonly Step[]): Promise<void> => {
      const list = await listWith(
        Array.from({length: 60}, (_, i) => nth(1 + i)),
        (el) => (el.firstUnreadId = 55),
      );
      const model = new Model(list);
      for (const action of steps) {
        model.take(action);
        // Some things come in one frame, and some between two.
        if (action.type !== 'upsert') await frames(1);
      }
      await settled(list);
      const full = await listWith(list.messages, (el) => {
        el.firstUnreadId = 55;
        el.renderAll = true;
        el.style.cssText += `inline-size: ${list.clientWidth}px`;
      });
      const whole = pictures(full);
      const seen = await walk(list);
      expect([...seen.keys()], 'order').to.deep.equal([...whole.keys()]);
      for (const [id, {text, height}] of whole) {
        expect(seen.get(id)!.text, String(id)).to.equal(text);
        expect(seen.get(id)!.height, `height of ${String(id)}`).to.be.closeTo(height, 0.1);
      }
      fixtureCleanup();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, {minLength: 4, maxLength: 14}), holds), {
      numRuns: RUNS,
      seed: SEED,
      // Each run takes a second, and twenty where the engine draws in software; what is told is the seed, and the steps that were taken.
      endOnFailure: true,
      interruptAfterTimeLimit: 60_000,
    });
  });
});
