import {aTimeout, expect, fixture, html, oneEvent} from '@open-wc/testing';
import '../../src/define/chat-message-list.js';
import {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {ChatMessagesVisibleEvent} from '../../src/elements/dom-events.js';
import {forgetWarnings, systemClock, toMessage, type LogChange, type Message, type MessageInput} from '../../src/model/index.js';
import {MessageLog} from '../../src/store/index.js';
import {VirtualClock} from '../../src/testing/virtual-clock.js';
import {frames, message, messages, variedText} from './messages.js';
import {pictureOf} from '../support/picture.js';
import {still} from '../support/still.js';
import {travelTo} from '../support/travel.js';

type Fill = (list: ChatMessageListElement) => void;

describe('<chat-message-list>', function () {
  // Pages of 100,000 messages, in engines that draw in software.
  this.timeout(60_000);

  const scroller = (list: ChatMessageListElement): HTMLElement => list.shadowRoot!.querySelector('[part="scroller"]')!;
  const rows = (list: ChatMessageListElement): HTMLElement[] => [
    ...list.shadowRoot!.querySelectorAll<HTMLElement>('[part="row"]'),
  ];
  const shown = (list: ChatMessageListElement) => [...list.shadowRoot!.querySelectorAll('chat-message')];
  const ids = (list: ChatMessageListElement) => shown(list).map((row) => row.message?.id);
  const rowOf = (list: ChatMessageListElement, id: number) => shown(list).find((row) => row.message?.id === id);
  const jumpButton = (list: ChatMessageListElement) => list.shadowRoot!.querySelector<HTMLElement>('[part="jump-button"]');
  const log = (list: ChatMessageListElement) => list.shadowRoot!.querySelector('[role="log"]')!;

  const fromEnd = (list: ChatMessageListElement): number => {
    const el = scroller(list);
    return el.scrollHeight - el.clientHeight - el.scrollTop;
  };
  const topOf = (list: ChatMessageListElement, id: number): number =>
    rowOf(list, id)!.getBoundingClientRect().top - scroller(list).getBoundingClientRect().top;
  /** The first message that begins within what is visible. */
  const reading = (list: ChatMessageListElement): number =>
    Number(shown(list).find((row) => row.getBoundingClientRect().top >= scroller(list).getBoundingClientRect().top)!.message!.id);

  const settled = async (list: ChatMessageListElement): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      await list.updateComplete;
      await frames(1);
    }
  };
  const listWith = async (all: readonly MessageInput[], fill: Fill = () => undefined): Promise<ChatMessageListElement> => {
    const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
    list.style.blockSize = '400px';
    list.style.inlineSize = '480px';
    fill(list);
    list.messages = all;
    await settled(list);
    return list;
  };
  const scrollTo = async (list: ChatMessageListElement, top: number): Promise<void> => {
    scroller(list).scrollTop = top;
    await settled(list);
  };
  /** A list somebody has scrolled back in. */
  const readingList = async (count = 300): Promise<ChatMessageListElement> => {
    const list = await listWith(messages(1, count, (n) => ({content: variedText(n)})));
    await scrollTo(list, Math.max(0, scroller(list).scrollTop - 3000));
    expect(fromEnd(list)).to.be.greaterThan(500);
    return list;
  };

  describe('the window', () => {
    it('begins at the newest message', async () => {
      const list = await listWith(messages(1, 200, (n) => ({content: variedText(n)})));
      expect(ids(list).at(-1)).to.equal(200);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('begins there, too, where the page makes a block of the list', async () => {
      const list = await listWith(messages(1, 200), (block) => (block.style.display = 'block'));
      expect(scroller(list).clientHeight).to.equal(400);
      expect(ids(list).at(-1)).to.equal(200);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('keeps few rows in the page, however many messages there are', async () => {
      const list = await listWith(messages(1, 100_000));
      expect(rows(list).length).to.be.lessThan(60);
      await scrollTo(list, scroller(list).scrollHeight / 3);
      expect(rows(list).length).to.be.lessThan(60).and.greaterThan(4);
    });

    it('shows the rows of wherever it is scrolled to, without a gap', async () => {
      const list = await listWith(messages(1, 2000, (n) => ({content: variedText(n)})));
      for (const part of [0.1, 0.9, 0.5, 0, 0.3]) {
        await scrollTo(list, scroller(list).scrollHeight * part);
        const box = scroller(list).getBoundingClientRect();
        const first = rows(list)[0]!.getBoundingClientRect();
        const last = rows(list).at(-1)!.getBoundingClientRect();
        expect(first.top, `at ${part}`).to.be.at.most(Math.max(box.top, box.top + 60));
        expect(last.bottom, `at ${part}`).to.be.at.least(box.bottom - 40);
        const numbers = ids(list).map(Number);
        expect(numbers, 'in order').to.deep.equal(numbers.map((_, i) => numbers[0]! + i));
      }
    });

    it('keeps the row of a message while it gets its real id', async () => {
      const list = await listWith(messages(1, 3));
      const unsent = message(4, {id: 't-4', tempId: 't-4', sender: {id: 1}, status: 'sending', position: null});
      list.append([unsent]);
      await settled(list);
      const row = shown(list).at(-1);
      list.upsert({...unsent, id: 't-4', status: 'sent', position: 4});
      await settled(list);
      expect(shown(list).at(-1)).to.equal(row);
    });

    it('shows its messages after being moved, at the place where it was', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      const other = document.createElement('div');
      list.parentElement!.append(other);
      other.append(list);
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('takes every array that it is given', async () => {
      const list = await listWith(messages(3, 4));
      list.append(messages(5, 6), [message(7)]);
      list.prepend([message(1)], [message(2)]);
      await settled(list);
      expect(ids(list)).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    });

    it('is at its end after being hidden and shown', async () => {
      const list = await listWith(messages(1, 300, (n) => ({content: variedText(n)})));
      list.hidden = true;
      await settled(list);
      list.append([message(301)]);
      await settled(list);
      list.hidden = false;
      await settled(list);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      expect(ids(list).at(-1)).to.equal(301);
    });

    it('has nothing in it before the first messages come, which browsers would count as a shift of the layout', async () => {
      const list = await listWith([]);
      const box = list.shadowRoot!.querySelector<HTMLElement>('.rows')!.parentElement!;
      expect(box.offsetHeight).to.equal(0);
      list.messages = messages(1, 3);
      await settled(list);
      expect(box.offsetHeight).to.be.greaterThan(100);
    });

    it('begins at the end of another conversation', async () => {
      const list = await readingList();
      list.messages = messages(5001, 5100, (n) => ({content: variedText(n)}));
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      expect(ids(list).at(-1)).to.equal(5100);
    });
  });

  describe('what somebody reads', () => {
    it('stays where it is when older messages come', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      list.prepend(messages(-60, 0, (n) => ({content: variedText(n + 100)})));
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when older messages come at the very top', async () => {
      const list = await listWith(messages(1, 100, (n) => ({content: variedText(n)})));
      await scrollTo(list, 0);
      const before = topOf(list, 1);
      list.prepend(messages(-60, 0, (n) => ({content: variedText(n + 100)})));
      await settled(list);
      expect(topOf(list, 1)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when new messages come', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      for (let n = 301; n < 320; n++) {
        list.append([message(n)]);
        await list.updateComplete;
      }
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when a row above it grows late', async () => {
      const list = await readingList();
      const id = reading(list);
      const above = rows(list)[2]!;
      expect(Number(shown(list)[2]!.message!.id)).to.be.lessThan(id);
      const before = topOf(list, id);
      above.style.paddingBlockEnd = '173px';
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is while somebody scrolls back through rows nobody has measured', async () => {
      const list = await readingList(2000);
      for (let i = 0; i < 12; i++) {
        const id = reading(list);
        const before = topOf(list, id);
        scroller(list).scrollTop -= 170;
        await settled(list);
        expect(topOf(list, id), `step ${i}`).to.be.closeTo(before + 170, 1.5);
      }
    });

    it('stays on the screen when the list becomes narrower', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      list.style.inlineSize = '300px';
      await settled(list);
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when a message above is removed', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      list.remove(1);
      list.remove(id - 1);
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when a page hands in a new array', async () => {
      const list = await readingList();
      const id = reading(list);
      const before = topOf(list, id);
      list.messages = messages(-20, 305, (n) => ({content: variedText(n + 100)}));
      list.messages = messages(-20, 306, (n) => ({content: variedText(Math.max(1, n))}));
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1.5);
    });

    it('stays where it is when what one has sent gets its real id in a new array', async () => {
      const all = messages(1, 100);
      const unsent = message(101, {id: 't-1', tempId: 't-1', sender: {id: 1}, status: 'sending', position: null});
      const list = await listWith([...all, unsent]);
      const row = rows(list).at(-1);
      await scrollTo(list, scroller(list).scrollTop - 150);
      const before = topOf(list, 100);
      list.messages = [...all, {...unsent, id: 101, status: 'sent'}];
      await settled(list);
      expect(ids(list).at(-1)).to.equal(101);
      expect(rows(list).at(-1) === row, 'the same row').to.equal(true);
      expect(topOf(list, 100)).to.be.closeTo(before, 1.5);
    });
  });

  describe('the end', () => {
    it('is followed while the list stands there', async () => {
      const list = await listWith(messages(1, 50));
      for (let n = 51; n < 60; n++) {
        list.append([message(n, {content: variedText(n)})]);
        await list.updateComplete;
        expect(fromEnd(list)).to.be.lessThan(2);
      }
    });

    it('is followed when the list becomes lower, and when a row grows late', async () => {
      const list = await listWith(messages(1, 50));
      list.style.blockSize = '250px';
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      rows(list).at(-1)!.style.paddingBlockEnd = '90px';
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('is gone to by what one sends', async () => {
      const list = await readingList();
      list.append([message(301, {sender: {id: 1}, status: 'sending', tempId: 'a'})]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('is counted for and led to by a button', async () => {
      const list = await readingList();
      expect(jumpButton(list)).to.exist;
      list.append(messages(301, 303));
      await settled(list);
      expect(jumpButton(list)!.textContent.trim()).to.equal('3');
      expect(jumpButton(list)!.getAttribute('aria-label')).to.contain('3 new messages');
      jumpButton(list)!.click();
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      expect(jumpButton(list)).to.not.exist;
      expect(list.shadowRoot!.activeElement === rows(list).at(-1), 'the keyboard goes along').to.equal(true);
    });

    it('is counted for no longer by what is removed there', async () => {
      const list = await readingList();
      list.append(messages(301, 302));
      list.remove(300);
      await settled(list);
      expect(jumpButton(list)!.textContent.trim(), 'one that is older is gone').to.equal('2');
      list.remove(301);
      await settled(list);
      expect(jumpButton(list)!.textContent.trim()).to.equal('1');
      list.remove(302);
      await settled(list);
      expect(jumpButton(list)!.textContent.trim()).to.equal('');
    });

    it('is counted for by what came in behind a range from elsewhere, too', async () => {
      const list = await listWith(messages(1, 30), (el) => (el.hasNewer = true));
      expect(jumpButton(list), 'at the end of the range').to.exist;
      for (const count of [2, 5]) {
        list.newAfter = count;
        await settled(list);
        expect(jumpButton(list)!.textContent.trim()).to.equal(String(count));
      }
      list.newAfter = 0;
      list.append([message(31)]);
      await settled(list);
      expect(jumpButton(list)!.textContent.trim(), 'what has come is still ahead').to.equal('5');
    });

    it('is reached by End, and the beginning by Home', async () => {
      const list = await readingList();
      list.focus();
      await settled(list);
      scroller(list).dispatchEvent(new KeyboardEvent('keydown', {key: 'Home', bubbles: true, cancelable: true}));
      await settled(list);
      expect(scroller(list).scrollTop).to.equal(0);
      scroller(list).dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true, cancelable: true}));
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });
  });

  describe('scrollToMessage()', () => {
    it('brings a message to the middle', async () => {
      const list = await listWith(messages(1, 5000, (n) => ({content: variedText(n)})));
      for (const id of [2500, 7, 4990]) {
        expect(list.scrollToMessage(id)).to.equal(true);
        await settled(list);
        const row = rowOf(list, id)!.getBoundingClientRect();
        const box = scroller(list).getBoundingClientRect();
        expect(row.top, `${id}`).to.be.at.least(box.top - 1);
        expect(row.bottom, `${id}`).to.be.at.most(box.bottom + 1);
      }
    });

    it('brings a message to the middle that was gone to before the list came into the page', async () => {
      const list = document.createElement('chat-message-list');
      list.style.blockSize = '400px';
      list.messages = messages(1, 500);
      expect(list.scrollToMessage(100)).to.equal(true);
      (await fixture(html`<div></div>`)).append(list);
      await settled(list);
      expect(ids(list)).to.include(100);
      expect(topOf(list, 100)).to.be.within(100, 300);
    });

    it('says so when there is no such message', async () => {
      const list = await listWith(messages(1, 5));
      expect(list.scrollToMessage(77)).to.equal(false);
    });

    it('follows the quote of an answer', async () => {
      const list = await listWith(
        messages(1, 400, (n) => (n === 400 ? {replyTo: {id: 3, sender: {id: 2, name: 'Ana'}, content: 'Message 3'}} : {})),
      );
      rowOf(list, 400)!.shadowRoot!.querySelector<HTMLElement>('[part="quote"]')!.click();
      await settled(list);
      expect(rowOf(list, 3)).to.exist;
      expect(rowOf(list, 3)!.highlighted).to.equal(true);
    });
  });

  it('lights a message up for a moment, and again when it is gone to again', async () => {
    const list = await listWith(messages(1, 400));
    const isLit = (): boolean =>
      getComputedStyle(rowOf(list, 3)!.shadowRoot!.querySelector('[part="bubble"]')!).outlineStyle !== 'none';
    for (const time of ['first', 'second']) {
      list.scrollToMessage(3);
      await settled(list);
      expect(isLit(), `${time} time`).to.equal(true);
      const over = oneEvent(rowOf(list, 3)!, 'animationend');
      for (const animation of rowOf(list, 3)!.getAnimations()) animation.finish();
      await over;
      await settled(list);
      expect(isLit(), `${time} time, a moment later`).to.equal(false);
      expect(rowOf(list, 3)!.highlighted).to.equal(false);
    }
  });

  it('lights a message up all around, also where the next one is close below', async () => {
    const list = await listWith(messages(1, 40, () => ({content: 'All as long', createdAt: new Date(0)})));
    list.style.setProperty('--chat-color-accent-text', '#f0f');
    list.style.setProperty('--chat-message-max-inline-size', '100%');
    list.scrollToMessage(20);
    await settled(list);
    const row = rowOf(list, 20)!;
    const {left, bottom, width} = row.shadowRoot!.querySelector('[part="bubble"]')!.getBoundingClientRect();
    const below = await fixture<HTMLElement>(html`<div style="position: fixed; pointer-events: none"></div>`);
    Object.assign(below.style, {left: `${left + 30}px`, top: `${bottom}px`, width: `${width - 60}px`, height: '6px'});
    // Two lines high; of which one may lie between two pixels, and be mixed with what is around it.
    expect((await pictureOf(below)).get(0xff00ff)).to.be.at.least(Math.floor(width - 60));
  });

  it('lights a message up no more that was scrolled away meanwhile', async () => {
    const list = await listWith(messages(1, 300, (n) => ({content: variedText(n)})));
    list.scrollToMessage(20);
    await settled(list);
    expect(rowOf(list, 20)!.highlighted).to.equal(true);
    const {scrollTop} = scroller(list);
    list.scrollToLatest();
    await settled(list);
    expect(rowOf(list, 20)).to.equal(undefined);
    for (let i = 0; i < 20 && !rowOf(list, 20); i++) await scrollTo(list, scrollTop);
    expect(rowOf(list, 20)!.highlighted).to.equal(false);
  });

  it('lights a message up that is gone to while others are being rendered', async () => {
    const list = await listWith(messages(1, 300, (n) => ({content: variedText(n)})));
    for (let turns = 0; turns < 30; turns++) {
      list.scrollToLatest();
      await settled(list);
      list.upsert(message(300, {content: `edit ${turns}`}));
      for (let i = 0; i < turns; i++) await Promise.resolve();
      list.scrollToMessage(20);
      await settled(list);
      expect(rowOf(list, 20)?.highlighted, `after ${turns}`).to.equal(true);
    }
  });

  describe('asking for more', () => {
    it('asks as ever when a framework has taken hasOlder back', async () => {
      const list = await listWith(messages(1, 300));
      list.hasOlder = false;
      await settled(list);
      list.hasOlder = undefined as never;
      await settled(list);
      const asked = oneEvent(list, 'chat-load-older');
      await scrollTo(list, 0);
      await asked;
    });

    it('asks once for older messages when the beginning is near', async () => {
      const list = await listWith(messages(1, 300));
      let asked = 0;
      list.addEventListener('chat-load-older', () => (asked += 1));
      await scrollTo(list, 300);
      await scrollTo(list, 200);
      await scrollTo(list, 0);
      expect(asked).to.equal(1);
      list.prepend(messages(-50, 0));
      await settled(list);
      await scrollTo(list, 0);
      expect(asked).to.equal(2);
    });

    it('does not ask where there is nothing older, or while it is loading', async () => {
      const list = await listWith(messages(1, 300));
      let asked = 0;
      list.addEventListener('chat-load-older', () => (asked += 1));
      list.hasOlder = false;
      await scrollTo(list, 0);
      list.hasOlder = true;
      list.loadingOlder = true;
      await scrollTo(list, 50);
      expect(asked).to.equal(0);
    });

    it('asks for newer messages at an end that is not the end, and does not stick to it', async () => {
      const list = await listWith(messages(1, 300));
      await scrollTo(list, 100);
      list.hasNewer = true;
      const asked = oneEvent(list, 'chat-load-newer');
      scroller(list).scrollTop = scroller(list).scrollHeight;
      await asked;
      await settled(list);
      const before = topOf(list, 300);
      list.append(messages(301, 350));
      await settled(list);
      expect(topOf(list, 300)).to.be.closeTo(before, 1.5);
    });

    it('asks for newer messages again where there are more of them once more', async () => {
      const list = await listWith(messages(1, 300));
      const asked: string[] = [];
      list.addEventListener('chat-load-newer', ({type}) => asked.push(type));
      for (const hasNewer of [true, false, true]) {
        list.hasNewer = hasNewer;
        await settled(list);
        await scrollTo(list, scroller(list).scrollHeight);
      }
      expect(asked).to.have.length(2);
    });

    it('does not let the line flash that says that older messages are loading', async () => {
      const list = await listWith(messages(1, 30));
      list.loadingOlder = true;
      await settled(list);
      const hint = list.shadowRoot!.querySelector('[part="hint"]')!;
      const {animationName, animationDelay, animationFillMode} = getComputedStyle(hint);
      expect([animationName, animationDelay, animationFillMode]).to.deep.equal(['appear', '0.15s', 'backwards']);
      await Promise.all(hint.getAnimations().map(({finished}) => finished));
      expect(getComputedStyle(hint).opacity, 'of what takes longer').to.equal('1');
    });

    it('does not let the line flash that says how many are new, where they are seen at once', async () => {
      const list = await listWith(messages(1, 5));
      list.newWhileAway = 2;
      await settled(list);
      const hint = list.shadowRoot!.querySelector('[part="hint"]')!;
      const {animationName, animationDelay, animationFillMode} = getComputedStyle(hint);
      expect([animationName, animationDelay, animationFillMode]).to.deep.equal(['appear', '0.6s', 'backwards']);
    });

    it('offers to try again when older messages could not be loaded', async () => {
      const list = await listWith(messages(1, 30));
      const {ApiError} = await import('../../src/model/index.js');
      list.olderError = new ApiError('network', 'no answer');
      await settled(list);
      list.style.inlineSize = '320px';
      const button = list.shadowRoot!.querySelector<HTMLElement>('[part="hint"] button')!;
      const lines = document.createRange();
      lines.selectNodeContents(button);
      expect(lines.getClientRects(), 'on one line, whatever the words beside it need').to.have.length(1);
      const again = oneEvent(list, 'chat-load-older');
      button.click();
      await again;
    });
  });

  describe('what was seen', () => {
    it('tells the messages that are visible, each once', async () => {
      const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
      list.style.blockSize = '400px';
      const seen = oneEvent<ChatMessagesVisibleEvent>(list, 'chat-messages-visible');
      list.messages = messages(1, 100);
      const first = (await seen).detail.ids;
      expect(first).to.include(100).and.not.include(50);
      const next = oneEvent<ChatMessagesVisibleEvent>(list, 'chat-messages-visible');
      list.append([message(101)]);
      expect((await next).detail.ids).to.deep.equal([101]);
    });

    it('counts it as new below no more', async () => {
      const list = await readingList();
      list.append(messages(301, 330));
      await settled(list);
      expect(jumpButton(list)!.textContent.trim()).to.equal('30');
      let last = 0;
      const seen = new Promise<void>((resolve) => {
        list.addEventListener('chat-messages-visible', ({detail}) => {
          last = Math.max(last, ...detail.ids.map(Number));
          if (last >= 310) resolve();
        });
      });
      list.scrollToMessage(310);
      await seen;
      await settled(list);
      expect(jumpButton(list)!.textContent.trim()).to.equal(`${330 - last}`);
    });

    it('tells a message that is far higher than the list', async () => {
      const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
      list.style.blockSize = '200px';
      const seen = oneEvent<ChatMessagesVisibleEvent>(list, 'chat-messages-visible');
      list.messages = [message(1, {content: 'A long word. '.repeat(900)})];
      expect((await seen).detail.ids).to.deep.equal([1]);
    });

    for (const style of ['visibility: hidden', 'opacity: 0']) {
      it(`does not tell what ${style} hides, until it is shown`, async () => {
        const [veil, hidden, other] = (
          await fixture(
            html`<div>
              <div style=${style}><chat-message-list style="block-size: 200px"></chat-message-list></div>
              <chat-message-list style="block-size: 200px"></chat-message-list>
            </div>`,
          )
        ).querySelectorAll<ChatMessageListElement>('*');
        const told: unknown[] = [];
        hidden!.addEventListener('chat-messages-visible', (event) => told.push(...event.detail.ids));
        hidden!.messages = messages(1, 2);
        await settled(hidden!);
        const seen = oneEvent(other!, 'chat-messages-visible');
        other!.messages = messages(1, 2);
        await seen;
        expect(told).to.deep.equal([]);
        const shown = oneEvent(hidden!, 'chat-messages-visible');
        veil!.removeAttribute('style');
        await shown;
        expect(told).to.deep.equal([1, 2]);
      });
    }

    it('does not tell what is outside of what the page shows, or not sent', async () => {
      const far = await fixture<HTMLElement>(html`
        <div style="block-size: 100px; overflow: hidden">
          <div style="block-size: 200px"></div>
          <chat-message-list current-user-id="1" style="block-size: 200px"></chat-message-list>
        </div>
      `);
      const list = far.querySelector('chat-message-list')!;
      const told: unknown[] = [];
      list.addEventListener('chat-messages-visible', (event) => told.push(...event.detail.ids));
      list.messages = messages(1, 3);
      const other = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
      other.style.blockSize = '400px';
      other.addEventListener('chat-messages-visible', (event) => told.push(...event.detail.ids));
      const seen = oneEvent<ChatMessagesVisibleEvent>(other, 'chat-messages-visible');
      other.messages = [message(7), message(8, {id: 't', tempId: 't', status: 'sending', sender: {id: 1}})];
      await seen;
      expect(told).to.deep.equal([7]);
    });
  });

  describe('what a screen reader hears', () => {
    const said = (list: ChatMessageListElement): string[] => [...log(list).querySelectorAll('p')].map((line) => line.textContent);
    const heard = async (list: ChatMessageListElement, act: () => void): Promise<string[]> => {
      const change = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!log(list).querySelector('p')) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(log(list), {childList: true, subtree: true});
      });
      act();
      await change;
      return said(list);
    };

    it('is each arrival, and neither the history nor what one sends oneself', async () => {
      const list = await listWith(messages(1, 20));
      const lines = await heard(list, () => {
        list.prepend(messages(-10, 0));
        list.append([message(21, {sender: {id: 1, name: 'Me'}})]);
        list.append([message(22, {content: 'hello'})]);
      });
      expect(lines).to.deep.equal(['Ana: hello']);
    });

    it('is nothing that was deleted before it is said', async () => {
      const list = await listWith(messages(1, 3));
      const lines = await heard(list, () => {
        list.append([4, 5, 6].map((id) => message(id, {content: `text ${id}`})));
        list.remove(4);
        list.upsert(message(5, {content: '', deletedAt: new Date()}));
      });
      expect(lines).to.deep.equal(['Ana: text 6']);
    });

    it('is each arrival before what waits to be sent, but not what comes in further up', async () => {
      const unsent = message(9, {id: 't', tempId: 't', status: 'failed', sender: {id: 1, name: 'Me'}, position: null});
      const list = await listWith([message(1), message(3), unsent]);
      const lines = await heard(list, () => {
        list.append([message(2, {content: 'late'})]);
        list.append([message(4, {content: 'hello'})]);
      });
      expect(ids(list)).to.deep.equal([1, 2, 3, 4, 't']);
      expect(lines).to.deep.equal(['Ana: hello']);
    });

    it('is nothing of the first messages of a list', async () => {
      const list = await listWith([]);
      list.append(messages(1, 3));
      const lines = await heard(list, () => list.append([message(4, {content: 'hello'})]));
      expect(lines).to.deep.equal(['Ana: hello']);
    });

    it('is the files of who wrote no words, and of who has no name', async () => {
      const list = await listWith(messages(1, 3));
      const attachments = ['a.pdf', 'b.pdf'].map((name) => ({id: name, name})) as unknown as Message['attachments'];
      const lines = await heard(list, () => list.append([message(4, {content: '', sender: {id: 2}, attachments})]));
      expect(lines).to.deep.equal(['Somebody: a.pdf, b.pdf']);
    });

    it('is a number when many arrive at once', async () => {
      const list = await listWith(messages(1, 20));
      const lines = await heard(list, () => list.append(messages(21, 29)));
      expect(lines).to.deep.equal(['9 new messages']);
    });

    it('is what could not be loaded, each time', async () => {
      const {ApiError} = await import('../../src/model/index.js');
      const error = new ApiError('network', 'no answer');
      const list = await listWith(messages(1, 20));
      const [older, newer] = ['Older messages could not be loaded.', 'The messages could not be loaded.'];
      expect(await heard(list, () => (list.olderError = error))).to.deep.equal([older]);
      list.olderError = null;
      await settled(list);
      expect(await heard(list, () => (list.newerError = error))).to.deep.equal([older, newer]);
      expect(await heard(list, () => list.append([message(21, {content: 'hello'})]))).to.deep.equal([older, newer, 'Ana: hello']);
    });

    it('is each arrival where a page makes each message of a long list anew', async () => {
      const list = await listWith(messages(1, 150));
      await scrollTo(list, 1000);
      const lines = await heard(list, () => (list.messages = messages(1, 151)));
      expect(lines).to.deep.equal(['Ana: Message 151']);
      expect(jumpButton(list)!.textContent.trim()).to.equal('1');
      list.messages = messages(-20, 151);
      await settled(list);
      expect(said(list), 'nothing of what is loaded before').to.deep.equal(['Ana: Message 151']);
    });

    it('is nothing of another conversation that a page hands in', async () => {
      const list = await listWith(messages(1, 50));
      await scrollTo(list, 100);
      list.messages = messages(1001, 1050);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      const lines = await heard(list, () => list.append([message(1051)]));
      expect(lines).to.deep.equal(['Ana: Message 1051']);
    });

    it('is not the list itself', async () => {
      const list = await listWith(messages(1, 20));
      expect(scroller(list).closest('[aria-live], [role="log"]')).to.not.exist;
      expect(log(list).textContent.trim()).to.equal('');
    });
  });

  describe('dividers and groups', () => {
    it('puts the day above its first message', async () => {
      const list = await listWith([
        message(1, {createdAt: new Date(2020, 1, 1, 10)}),
        message(2, {createdAt: new Date(2020, 1, 1, 11)}),
        message(3, {createdAt: new Date(2020, 1, 2, 11)}),
      ]);
      expect(list.shadowRoot!.querySelectorAll('[part="date-divider"]')).to.have.length(2);
    });

    it('says another day to who comes back after midnight', async () => {
      const day = (): string => list.shadowRoot!.querySelector('[part="date-divider"]')!.textContent;
      const {now} = Date;
      const list = await listWith([message(1, {createdAt: new Date()})]);
      expect(day()).to.equal('Today');
      try {
        Date.now = () => now() + 24 * 3_600_000;
        document.dispatchEvent(new Event('visibilitychange'));
        await settled(list);
        expect(day()).to.equal('Yesterday');
      } finally {
        Date.now = now;
      }
    });

    it('says another day to who has it before them at midnight, each time', async () => {
      const clock = new VirtualClock({now: new Date(2020, 1, 1, 22).getTime()});
      const {now} = Date;
      ChatMessageListElement.clock = clock;
      const list = document.createElement('chat-message-list');
      const day = (): string => list.shadowRoot!.querySelector('[part="date-divider"]')!.textContent;
      Date.now = () => clock.now();
      try {
        list.messages = [message(1, {createdAt: new Date(2020, 1, 1, 21)})];
        await fixture(list);
        await settled(list);
        expect(day()).to.equal('Today');
        for (const word of ['Yesterday', 'Saturday']) {
          await clock.advance(24 * 3_600_000);
          await settled(list);
          expect(day()).to.equal(word);
        }
        list.remove();
        expect(clock.pending).to.equal(0);
      } finally {
        ChatMessageListElement.clock = systemClock;
        Date.now = now;
      }
    });

    it('says another day and time to who never left, after a night of sleep and in another time zone', async () => {
      const createdAt = new Date(Date.UTC(2026, 4, 20, 10, 7));
      const clock = new VirtualClock({now: createdAt.getTime()});
      const {now} = Date;
      ChatMessageListElement.clock = clock;
      const list = document.createElement('chat-message-list');
      const day = (): string => list.shadowRoot!.querySelector('[part="date-divider"]')!.textContent;
      const time = (): string => shown(list)[0]!.shadowRoot!.querySelector('[part="time"]')!.textContent.trim();
      let leave = travelTo('Asia/Tashkent', createdAt);
      Date.now = () => clock.now();
      try {
        list.messages = [message(1, {createdAt})];
        await fixture(list);
        await settled(list);
        expect(day()).to.equal('Today');
        expect(time()).to.match(/^0?3:07/u);
        leave();
        leave = travelTo('Europe/London', createdAt);
        // Timers stand still while the machine is asleep.
        clock.jump(24 * 3_600_000);
        await clock.advance(600_000);
        await settled(list);
        expect(day()).to.equal('Yesterday');
        expect(time()).to.match(/^11:07/u);
      } finally {
        leave();
        ChatMessageListElement.clock = systemClock;
        Date.now = now;
      }
    });

    it('says another time to who comes back in another time zone', async () => {
      const createdAt = new Date(Date.UTC(2026, 4, 20, 10, 7));
      const time = (): string => shown(list)[0]!.shadowRoot!.querySelector('[part="time"]')!.textContent.trim();
      let leave = travelTo('Asia/Tashkent', createdAt);
      const list = await listWith([message(1, {createdAt})]);
      try {
        expect(time()).to.match(/^0?3:07/u);
        leave();
        leave = travelTo('Europe/London', createdAt);
        document.dispatchEvent(new Event('visibilitychange'));
        await settled(list);
        expect(time()).to.match(/^11:07/u);
      } finally {
        leave();
      }
    });

    it('puts a divider above the first message that was not read', async () => {
      const list = await listWith(messages(1, 5), (el) => (el.firstUnreadId = '4'));
      const divider = list.shadowRoot!.querySelector('[part="unread-divider"]')!;
      expect(divider.parentElement!.querySelector('chat-message')!.message!.id).to.equal(4);
    });

    it('groups what one person writes within five minutes', async () => {
      const at = (minute: number): Date => new Date(2020, 1, 1, 10, minute);
      const list = await listWith([
        message(1, {createdAt: at(0)}),
        message(2, {createdAt: at(3)}),
        message(3, {createdAt: at(9)}),
        message(4, {createdAt: at(10), sender: {id: 3, name: 'Ben'}}),
      ]);
      expect(shown(list).map(({grouped}) => grouped)).to.deep.equal([false, true, false, false]);
      expect(shown(list).map(({continued}) => continued)).to.deep.equal([true, false, false, false]);
    });
  });

  describe('a host page', () => {
    beforeEach(() => forgetWarnings());

    const warnings = async (act: () => Promise<void>): Promise<string[]> => {
      const said: string[] = [];
      const {warn} = console;
      console.warn = (...args: unknown[]) => said.push(args.join(' '));
      try {
        await act();
      } finally {
        console.warn = warn;
      }
      return said;
    };

    it('hears once what is wrong with what it hands in, and sees an empty list', async () => {
      const said = await warnings(async () => {
        const list = await listWith('nonsense' as unknown as MessageInput[]);
        list.messages = 7 as unknown as MessageInput[];
        await settled(list);
        expect(rows(list)).to.have.length(0);
        expect(list.shadowRoot!.textContent).to.contain('No messages yet');
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('<chat-message-list>').and.contain('messages');
    });

    it('may hand in messages before the element is defined', async () => {
      // In a document without a window nothing is defined; it is, once it comes into ours.
      const early = document.implementation.createHTMLDocument().createElement('chat-message-list');
      Object.assign(early, {messages: messages(1, 3)});
      expect(early.shadowRoot).to.equal(null);
      const host = await fixture<HTMLElement>(html`<div></div>`);
      host.append(early);
      await settled(early);
      expect(ids(early)).to.deep.equal([1, 2, 3]);
      early.messages = messages(1, 4);
      await settled(early);
      expect(ids(early)).to.deep.equal([1, 2, 3, 4]);
    });

    it('sees the messages that are all right among those that are not', async () => {
      const said = await warnings(async () => {
        const list = await listWith([null, message(1), {id: 2}, message(3)] as MessageInput[]);
        expect(ids(list)).to.deep.equal([1, 3]);
      });
      expect(said).to.have.length(1);
    });

    it('sees what a message says whose files, reactions or quote are not all right, and hears what they must be', async () => {
      const file = {id: 7, name: 'plan.pdf', url: 'https://files.example.org/plan.pdf'};
      const unsound = [
        {attachments: [null, {}, file]},
        {attachments: 'plan.pdf'},
        {reactions: [null, {emoji: '👍', count: 1}]},
        {reactions: {}},
        {replyTo: {id: 1}},
        {replyTo: {id: 1, sender: {id: 1}}},
        {replyTo: 1},
      ] as unknown as Partial<MessageInput>[];
      const said = await warnings(async () => {
        const list = await listWith(unsound.map((fields, index) => message(index + 1, fields)));
        const texts = rows(list).map((row) => row.querySelector('chat-message')?.shadowRoot?.textContent ?? '');
        texts.forEach((text, index) => expect(text).to.contain(`Message ${index + 1}`));
        expect(texts[0]).to.contain('plan.pdf').and.not.to.contain('NaN');
        expect(texts[2]).to.contain('👍');
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('attachments').and.contain('reactions').and.contain('replyTo');
    });

    it('sees what somebody says whose name is a number', async () => {
      const list = await listWith([message(1, {sender: {id: 2, name: 123 as never}})]);
      expect(shown(list)[0]?.shadowRoot!.textContent).to.contain('123').and.contain('Message 1');
    });

    it('keeps a message that it has handed in twice when it hands in only one of the two', async () => {
      const [first, other] = messages(1, 2) as [MessageInput, MessageInput];
      const written = message(2, {id: 't', tempId: 't', status: 'sending'});
      const stored = {...other, tempId: 't'};
      const list = await listWith([first, written]);
      list.messages = [first, written, stored];
      await settled(list);
      list.messages = [first, stored];
      await settled(list);
      expect(ids(list)).to.deep.equal([1, 2]);

      list.messages = [first, stored, {...stored, content: 'again'}];
      list.messages = [first, stored];
      await settled(list);
      expect(list.messages.map(({content}) => content)).to.deep.equal(['Message 1', 'Message 2']);
      list.messages = [first];
      await settled(list);
      expect(ids(list)).to.deep.equal([1]);
    });

    it('may change a message without counting its revisions', async () => {
      const list = await listWith([message(1, {revision: 5}), message(2, {revision: 6})]);
      list.upsert(message(1, {revision: 5, content: 'edited'}));
      list.upsert(message(2, {content: 'edited, too'}));
      await settled(list);
      expect(shown(list).map((row) => row.message?.content)).to.deep.equal(['edited', 'edited, too']);
    });

    it('sees what it has handed in when it hands that in again, whatever it has changed in between', async () => {
      const all = messages(1, 2);
      const list = await listWith(all);
      for (const change of [
        () => list.append([message(3)]),
        () => list.upsert(message(1, {content: 'edited'})),
        () => list.remove(2),
      ]) {
        change();
        list.messages = [...all];
        await settled(list);
        expect(shown(list).map((row) => row.message?.content)).to.deep.equal(['Message 1', 'Message 2']);
      }
    });

    it('lets go of a message that has the temp id of somebody else’s', async () => {
      const [first, second] = messages(1, 2) as [MessageInput, MessageInput];
      const own = {...second, tempId: 't', sender: {id: 1, name: 'Ali'}};
      const list = await listWith([first, own, message(3, {tempId: 't', sender: {id: 66, name: 'Mallory'}})]);
      expect(ids(list)).to.deep.equal([1, 2, 3]);
      list.messages = [first, own];
      await settled(list);
      expect(ids(list)).to.deep.equal([1, 2]);
    });

    it('takes for one’s own a message without a sender’s id only while it is not sent', async () => {
      const sender = {id: '', name: 'System'};
      const list = await listWith([message(1, {sender}), message(2, {id: 't', tempId: 't', status: 'sending', sender})]);
      expect(shown(list).map(({own}) => own)).to.deep.equal([false, true]);
    });

    it('may render messages itself', async () => {
      const list = await listWith(messages(1, 3), (el) => (el.renderMessage = ({content}) => html`<b>${content}</b>`));
      expect(rows(list).map((row) => row.querySelector('b')?.textContent)).to.deep.equal(['Message 1', 'Message 2', 'Message 3']);
    });

    it('sees the list at its end although an element of its own cannot render', async () => {
      class BrokenMessage extends HTMLElement {
        readonly updateComplete = Promise.reject(new Error('broken'));

        constructor() {
          super();
          this.updateComplete.catch(() => undefined);
        }
      }
      customElements.define('broken-message', BrokenMessage);
      const list = await listWith(
        messages(1, 50),
        (el) => (el.renderMessage = ({id, content}) => (id === 45 ? html`<broken-message></broken-message>` : content)),
      );
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('sees messages in the colours that the list has computed once', async () => {
      const list = await listWith(messages(1, 3));
      const colour = (): string => {
        const bubble = shown(list)[0]!.shadowRoot!.querySelector('[part~="bubble"]')!;
        return getComputedStyle(bubble).backgroundColor;
      };
      list.style.setProperty('--chat-color-other', 'rgb(1, 2, 3)');
      expect(colour()).to.equal('rgb(1, 2, 3)');
      // What a message computed for itself would be the same all over again.
      rows(list)[0]!.style.setProperty('--_other', 'rgb(4, 5, 6)');
      expect(colour()).to.equal('rgb(4, 5, 6)');
    });

    it('is scrolled to the list that gets the focus, unless it does not want that', async () => {
      const list = await listWith(messages(1, 30));
      list.style.marginBlockStart = '3000px';
      const {top} = list.getBoundingClientRect();
      list.focus({preventScroll: true});
      expect(list.getBoundingClientRect().top).to.equal(top);
      list.focus();
      expect(list.getBoundingClientRect().bottom).to.be.at.most(innerHeight + 1);
    });

    it('is not held by a list that it has taken out', async () => {
      let followers = 0;
      class CountedLog extends MessageLog {
        override subscribe(listener: (change: LogChange) => void) {
          const end = super.subscribe(listener);
          followers += 1;
          return () => {
            followers -= 1;
            end();
          };
        }
      }
      const source = new CountedLog();
      const list = await listWith([]);
      list.source = source;
      await settled(list);
      expect(followers).to.equal(1);
      list.remove();
      expect(followers).to.equal(0);
      source.merge([toMessage(message(1))]);
      document.body.append(list);
      await settled(list);
      expect([followers, ...ids(list)]).to.deep.equal([1, 1]);
      list.source = undefined;
      await settled(list);
      expect(followers).to.equal(0);
      list.remove();
      list.source = source;
      await frames();
      expect(followers, 'outside of the page').to.equal(0);
    });

    it('holds no listener of a list that it has taken out', async () => {
      const {addEventListener, removeEventListener} = EventTarget.prototype;
      const held: (readonly [type: string, listener: unknown])[] = [];
      const isOfPage = (target: EventTarget): boolean => [document, window].includes(target as Document & Window);
      EventTarget.prototype.addEventListener = function (...args: Parameters<typeof addEventListener>) {
        if (isOfPage(this)) held.push([args[0], args[1]]);
        addEventListener.apply(this, args);
      };
      EventTarget.prototype.removeEventListener = function (...args: Parameters<typeof removeEventListener>) {
        const at = isOfPage(this) ? held.findIndex(([type, listener]) => type === args[0] && listener === args[1]) : -1;
        if (at >= 0) held.splice(at, 1);
        removeEventListener.apply(this, args);
      };
      try {
        const list = await listWith(messages(1, 3));
        expect(held.map(([type]) => type)).to.include.members(['visibilitychange', 'beforeprint']);
        list.remove();
        expect(held.map(([type]) => type)).to.deep.equal([]);
      } finally {
        Object.assign(EventTarget.prototype, {addEventListener, removeEventListener});
      }
    });

    it('may still add children to it', async () => {
      const list = await listWith([]);
      const note = document.createElement('p');
      note.slot = 'empty';
      list.append(note);
      expect(note.parentElement).to.equal(list);
      list.remove();
      expect(list.isConnected).to.equal(false);
    });
  });

  it('is accessible', async () => {
    const list = await listWith(
      messages(1, 30, (n) => ({sender: n % 3 ? {id: 2, name: 'Ana'} : {id: 1, name: 'Me'}, content: variedText(n)})),
      (el) => (el.firstUnreadId = 28),
    );
    await aTimeout(0);
    await still();
    await expect(list).to.be.accessible();
    await scrollTo(list, 0);
    await still();
    await expect(list).to.be.accessible();
  });

  it('is accessible while empty', async () => {
    const el = await listWith([]);
    await still();
    await expect(el).to.be.accessible();
  });
});
