import {expect} from '@open-wc/testing';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {eachFrame} from '../support/each-frame.js';
import {pictureOf} from '../support/picture.js';
import {ids, listWith, rows, scroller, settled} from './list-scene.js';
import {frames, messages, variedText} from './messages.js';

const MANY = messages(1, 10_000, (n) => ({content: variedText(n), sender: {id: 1 + (n % 3), name: 'Ana'}}));

describe('<chat-message-list>, flung', function () {
  this.timeout(60_000);

  const spaces = (list: ChatMessageListElement): readonly HTMLElement[] => [
    ...list.shadowRoot!.querySelectorAll<HTMLElement>('.before, .after'),
  ];
  /** How much of the view, in CSS pixels, shows neither rows nor what is painted in their place. */
  const blank = (list: ChatMessageListElement): number => {
    const {top, bottom} = scroller(list).getBoundingClientRect();
    const painted = spaces(list).filter((space) => getComputedStyle(space, '::before').backgroundImage.includes('gradient'));
    const covered = [...rows(list), ...painted].map((element) => {
      const rect = element.getBoundingClientRect();
      return Math.max(0, Math.min(rect.bottom, bottom) - Math.max(rect.top, top));
    });
    return bottom - top - covered.reduce((sum, height) => sum + height, 0);
  };
  /** What of the view the rows fill, from 0 to 1. */
  const filled = (list: ChatMessageListElement): number => {
    const {top, bottom} = scroller(list).getBoundingClientRect();
    const [first, last] = [rows(list)[0]!.getBoundingClientRect(), rows(list).at(-1)!.getBoundingClientRect()];
    return Math.max(0, Math.min(last.bottom, bottom) - Math.max(first.top, top)) / (bottom - top);
  };

  it('is never blank, and has its rows two frames after it has come to rest', async () => {
    const list = await listWith(MANY);
    const watch = eachFrame(() => ({blank: blank(list), rows: rows(list).length}));
    const way = scroller(list).scrollTop / 60;
    for (let i = 0; i < 60; i++) {
      scroller(list).scrollTop -= way;
      await frames(1);
    }
    await frames(3);
    // But for the room above the first one.
    expect(filled(list), 'filled with rows').to.be.greaterThan(0.95);
    const seen = watch.stop();
    expect(seen.length).to.be.greaterThan(59);
    // Nothing but the room that the list leaves above its first row.
    const room = parseFloat(getComputedStyle(scroller(list)).paddingBlockStart);
    expect(Math.max(...seen.map((frame) => frame.blank))).to.be.at.most(room + 1);
    expect(Math.max(...seen.map((frame) => frame.rows))).to.be.at.most(40);
  });

  it('renders nothing of what flies by', async () => {
    const list = await listWith(MANY);
    const seen = new Set<unknown>();
    for (let i = 0; i < 30; i++) {
      scroller(list).scrollTop -= 8000;
      await frames(1);
      for (const id of ids(list)) seen.add(id);
    }
    await settled(list);
    // Where it began, where it went with the first step, as nobody can know that more will follow, and the step behind it.
    expect(seen.size).to.be.lessThan(120);
    expect(filled(list)).to.be.greaterThan(0.99);
  });

  it('shows rows alone to who reads, at 7,200 pixels a second', async () => {
    const list = await listWith(MANY);
    const watch = eachFrame(() => filled(list));
    for (let i = 0; i < 90; i++) {
      scroller(list).scrollTop -= 120;
      await frames(1);
    }
    expect(Math.min(...watch.stop())).to.be.greaterThan(0.99);
  });

  it('has at most 40 rows of one line in the page, and renders most of them ahead of who scrolls', async () => {
    const list = await listWith(messages(1, 2000, () => ({content: 'x', createdAt: new Date(2026, 1, 1)})));
    list.style.blockSize = '900px';
    await settled(list);
    const watch = eachFrame(() => rows(list).length);
    for (let i = 0; i < 20; i++) {
      scroller(list).scrollTop -= 150;
      await frames(1);
    }
    const {top, bottom} = scroller(list).getBoundingClientRect();
    const ahead = top - rows(list)[0]!.getBoundingClientRect().top;
    const behind = rows(list).at(-1)!.getBoundingClientRect().bottom - bottom;
    expect(ahead).to.be.greaterThan(behind);
    expect(Math.max(...watch.stop())).to.be.at.most(40);
  });

  it('paints bubbles of both colours where there are no rows, also from right to left', async () => {
    const list = await listWith(MANY, (el) => {
      el.style.setProperty('--chat-message-list-placeholder-color', '#ff0000');
      el.style.setProperty('--chat-message-list-own-placeholder-color', '#0000ff');
    });
    // As if the page had no time for the list.
    list.shadowRoot!.addEventListener('scroll', (event) => event.stopImmediatePropagation(), true);
    for (const direction of ['ltr', 'rtl']) {
      list.dir = direction;
      await settled(list);
      scroller(list).scrollTop = direction === 'ltr' ? 40_000 : 200_000;
      const colours = await pictureOf(scroller(list));
      expect(colours.get(0xff0000), `theirs, ${direction}`).to.be.greaterThan(5000);
      expect(colours.get(0x0000ff), `own, ${direction}`).to.be.greaterThan(3000);
    }
  });
});
