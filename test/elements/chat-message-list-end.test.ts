import {expect, oneEvent} from '@open-wc/testing';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {eachFrame} from '../support/each-frame.js';
import {fromEnd, ids, listWith, reading, rowOf, rows, scroller, scrollTo, settled, shown, topOf} from './list-scene.js';
import {frames, message, messages, variedText} from './messages.js';

const varied = (n: number): {content: string} => ({content: variedText(n)});
/** A task of its own, as each event from a socket is. */
const task = (): Promise<void> =>
  new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

describe('<chat-message-list>, at its end', function () {
  this.timeout(60_000);

  /** How far from the end the list was at most, in the frames while something happened to it. */
  const farthest = async (list: ChatMessageListElement, act: () => Promise<void>): Promise<number> => {
    const watch = eachFrame(() => fromEnd(list));
    await act();
    await settled(list);
    const seen = watch.stop();
    expect(seen.length).to.be.greaterThan(3);
    expect(ids(list).at(-1), 'the newest').to.equal(list.messages.at(-1)!.id);
    return Math.max(...seen.map(Math.abs));
  };
  const readingBack = async (): Promise<ChatMessageListElement> => {
    const list = await listWith(messages(1, 200, varied));
    await scrollTo(list, scroller(list).scrollTop - 2000);
    return list;
  };

  it('follows it frame by frame', async () => {
    const list = await listWith(messages(1, 50, varied));
    const stream = async (): Promise<void> => {
      for (let n = 51; n <= 110; n++) {
        list.append([message(n, varied(n))]);
        await frames(1);
      }
    };
    expect(await farthest(list, stream)).to.be.lessThan(2);
  });

  it('follows it task by task, and in a batch', async () => {
    const list = await listWith(messages(1, 50, varied));
    const stream = async (): Promise<void> => {
      for (let n = 51; n <= 200; n++) {
        list.append([message(n, varied(n))]);
        await task();
      }
      list.append(messages(201, 1200, varied));
      await frames(2);
    };
    expect(await farthest(list, stream)).to.be.lessThan(2);
  });

  it('follows it while the composer below it grows and shrinks, and messages come', async () => {
    const list = await listWith(messages(1, 50, varied));
    const write = async (): Promise<void> => {
      for (let n = 51; n <= 90; n++) {
        list.style.blockSize = `${400 - Math.abs(20 - (n % 40)) * 7}px`;
        if (n % 3 === 0) list.append([message(n, varied(n))]);
        await frames(1);
      }
    };
    expect(await farthest(list, write)).to.be.lessThan(2);
  });

  it('stays there when a keyboard takes half of the page, and when it goes; who reads back stays with what is read', async () => {
    const list = await listWith(messages(1, 50, varied));
    const type = async (): Promise<void> => {
      for (const size of ['170px', '400px']) {
        list.style.blockSize = size;
        await frames(3);
      }
    };
    expect(await farthest(list, type)).to.be.lessThan(2);
    await scrollTo(list, scroller(list).scrollTop - 900);
    const id = reading(list);
    const before = topOf(list, id);
    await type();
    await settled(list);
    expect(topOf(list, id)).to.be.closeTo(before, 1);
  });

  it('follows it while a font comes, the list becomes narrower, and rows grow late', async () => {
    const list = await listWith(messages(1, 50, varied));
    const load = async (): Promise<void> => {
      list.style.setProperty('--chat-font', 'monospace');
      await frames(1);
      list.style.inlineSize = '310px';
      await frames(1);
      for (const row of rows(list)) {
        row.style.paddingBlockEnd = '31px';
        list.append([message(list.messages.length + 1)]);
        await frames(1);
      }
    };
    expect(await farthest(list, load)).to.be.lessThan(2);
  });

  it('is left by who scrolls back by a little, while messages come in every frame', async () => {
    const list = await listWith(messages(1, 50, varied), (el) => el.style.setProperty('--chat-motion', '0s'));
    for (let n = 51; n <= 60; n++) {
      list.append([message(n, varied(n))]);
      await frames(1);
    }
    scroller(list).scrollTop -= 5;
    const id = reading(list);
    const before = topOf(list, id);
    for (let n = 61; n <= 80; n++) {
      list.append([message(n, varied(n))]);
      await frames(1);
    }
    await settled(list);
    expect(topOf(list, id)).to.be.closeTo(before, 1);
    expect(list.shadowRoot!.querySelector('[part="jump-button"]')!.textContent.trim()).to.equal('20');
  });

  it('is gone to by what one sends, wherever one reads', async () => {
    const list = await readingBack();
    list.append([message(201, {sender: {id: 1}, status: 'sending', tempId: 'a'})]);
    await settled(list);
    expect(fromEnd(list)).to.be.lessThan(2);
    expect(list.shadowRoot!.querySelector('[part="jump-button"]')).to.not.exist;
  });

  it('is followed by who is led there by a jump, but not while there are newer messages elsewhere', async () => {
    const list = await listWith(messages(1, 50));
    for (const from of [scroller(list).scrollTop, 0]) {
      await scrollTo(list, from);
      list.scrollToMessage(50);
      await settled(list);
      list.append([message(51)]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      list.remove(51);
      await settled(list);
    }
    list.scrollToMessage(45);
    await settled(list);
    const top = topOf(list, 45);
    list.append([message(51)]);
    await settled(list);
    expect(topOf(list, 45)).to.be.closeTo(top, 1);
    list.remove(51);
    list.hasNewer = true;
    list.scrollToMessage(50);
    await settled(list);
    const last = topOf(list, 50);
    list.append([message(51)]);
    await settled(list);
    expect(topOf(list, 50)).to.be.closeTo(last, 1);
  });

  it('is followed by who stands there once nothing newer is elsewhere, but not to the end of what comes with that', async () => {
    const list = await listWith(messages(1, 50), (el) => (el.hasNewer = true));
    await scrollTo(list, scroller(list).scrollHeight);
    const top = topOf(list, 50);
    list.append(messages(51, 52));
    list.hasNewer = false;
    await settled(list);
    expect(topOf(list, 50)).to.be.closeTo(top, 1);
    list.hasNewer = true;
    await scrollTo(list, scroller(list).scrollHeight);
    list.hasNewer = false;
    await settled(list);
    list.append([message(53)]);
    await settled(list);
    expect(fromEnd(list)).to.be.lessThan(2);
  });

  it('is followed by who was near it, once the last message is deleted or removed and nothing is left below', async () => {
    const list = await listWith([...messages(1, 49), message(50, {content: 'Some words. '.repeat(60)})]);
    for (const go of [() => list.upsert(message(50, {deletedAt: new Date()})), () => list.remove(50)]) {
      list.upsert(message(50, {content: 'Some words. '.repeat(60), deletedAt: null}));
      await settled(list);
      await scrollTo(list, scroller(list).scrollTop + fromEnd(list) - 40);
      expect(fromEnd(list)).to.be.closeTo(40, 1);
      go();
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      list.append([message(51)]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      list.remove(51);
      await settled(list);
    }
  });

  it('moves nobody who reads, whatever comes in, and counts it', async () => {
    const list = await readingBack();
    const id = reading(list);
    const before = topOf(list, id);
    const watch = eachFrame(() => topOf(list, id));
    for (let n = 201; n <= 230; n++) {
      list.append([message(n, varied(n))]);
      if (n % 3 === 0) await frames(1);
    }
    list.append(messages(231, 300, varied));
    await settled(list);
    for (const top of watch.stop()) expect(top).to.be.closeTo(before, 1);
    expect(list.shadowRoot!.querySelector('[part="jump-button"]')!.textContent.trim()).to.equal('100');
  });

  it('shows what comes after the last message in full, and follows it as it grows, by its height or by its words', async () => {
    const list = await listWith(messages(1, 60));
    const end = document.createElement('div');
    end.slot = 'end';
    list.append(end);
    await settled(list);
    expect(fromEnd(list)).to.be.below(1);
    end.style.blockSize = '60px';
    await settled(list);
    expect(end.offsetHeight).to.equal(60);
    expect(fromEnd(list), 'higher').to.be.below(1);
    end.style.blockSize = '';
    end.textContent = 'Somebody is writing. '.repeat(30);
    await settled(list);
    expect(end.offsetHeight).to.be.above(60);
    expect(fromEnd(list), 'more words').to.be.below(1);
  });

  describe('a finger', () => {
    const touch = (list: ChatMessageListElement, type: string): unknown => scroller(list).dispatchEvent(new Event(type));
    /** Every scroll offset that is written. */
    const writes = (list: ChatMessageListElement): number[] => {
      const written: number[] = [];
      const offset = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')!;
      Object.defineProperty(scroller(list), 'scrollTop', {
        ...offset,
        set(this: Element, top: number) {
          written.push(top);
          offset.set!.call(this, top);
        },
      });
      return written;
    };
    const release = (list: ChatMessageListElement): unknown => Reflect.deleteProperty(scroller(list), 'scrollTop');

    it('finds no scroll offset written, and what it moves where it has moved it', async () => {
      const list = await readingBack();
      const written = writes(list);
      touch(list, 'touchstart');
      const seen: number[] = [];
      for (let i = 0; i < 12; i++) {
        const id = reading(list);
        const before = topOf(list, id);
        // Not by the list.
        scroller(list).scrollBy(0, -150);
        if (i === 4) list.prepend(messages(-49, 0, (n) => varied(-n)));
        // Far enough above to be out of sight still.
        if (i === 6) list.upsert(message(id - 3, {content: 'Edited. '.repeat(60)}));
        await frames(2);
        seen.push(topOf(list, id) - before);
      }
      expect(written).to.deep.equal([]);
      for (const way of seen) expect(way).to.be.closeTo(150, 1);
      const id = reading(list);
      const before = topOf(list, id);
      const watch = eachFrame(() => topOf(list, id));
      touch(list, 'touchend');
      touch(list, 'scrollend');
      await settled(list);
      for (const top of watch.stop()) expect(top).to.be.closeTo(before, 1);
      expect(written, 'once it rests').to.not.have.length(0);
      release(list);
    });

    it('at the very beginning gets older messages above it when it has let go', async () => {
      const list = await listWith(messages(1, 100, varied));
      await scrollTo(list, 0);
      const written = writes(list);
      touch(list, 'touchstart');
      const before = topOf(list, 1);
      const watch = eachFrame(() => topOf(list, 1));
      list.prepend(messages(-49, 0, (n) => varied(-n)));
      await settled(list);
      expect(written).to.deep.equal([]);
      touch(list, 'touchend');
      touch(list, 'scrollend');
      await settled(list);
      for (const top of watch.stop()) expect(top).to.be.closeTo(before, 1);
      expect(scroller(list).scrollTop).to.be.greaterThan(2000);
      release(list);
    });

    it('at the end is not pulled along by what comes in, and is when it has let go', async () => {
      const list = await listWith(messages(1, 50, varied));
      const written = writes(list);
      touch(list, 'touchstart');
      list.append([message(51, varied(51))]);
      await settled(list);
      expect(written).to.deep.equal([]);
      touch(list, 'touchend');
      touch(list, 'scrollend');
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
      release(list);
    });

    it('has let go also when what it was on is gone by then', async () => {
      const list = await listWith(messages(1, 50, varied));
      const words = rowOf(list, 50)!.shadowRoot!.querySelector('.content')!;
      words.dispatchEvent(new Event('touchstart', {bubbles: true, composed: true}));
      list.upsert(message(50, {deletedAt: new Date()}));
      await settled(list);
      expect(words.isConnected).to.equal(false);
      words.dispatchEvent(new Event('touchend', {bubbles: true, composed: true}));
      touch(list, 'scrollend');
      list.append([message(51, varied(51))]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('has let go with the last of all, also where the end of another was never told', async () => {
      const list = await listWith(messages(1, 50, varied));
      rowOf(list, 50)!.dispatchEvent(new Event('touchstart', {bubbles: true, composed: true}));
      touch(list, 'touchstart');
      scroller(list).dispatchEvent(Object.assign(new Event('touchend'), {touches: [], targetTouches: []}));
      touch(list, 'scrollend');
      list.append([message(51, varied(51))]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('has let go also while another is still on something else', async () => {
      const list = await listWith(messages(1, 50, varied));
      touch(list, 'touchstart');
      const other = {touches: [{target: document.body}], targetTouches: []};
      scroller(list).dispatchEvent(Object.assign(new Event('touchend'), other));
      touch(list, 'scrollend');
      list.append([message(51, varied(51))]);
      await settled(list);
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('holds on while another of two on one message is lifted', async () => {
      const list = await listWith(messages(1, 50, varied));
      const written = writes(list);
      touch(list, 'touchstart');
      scroller(list).dispatchEvent(Object.assign(new Event('touchend'), {touches: [{}], targetTouches: [{}]}));
      touch(list, 'scrollend');
      list.append([message(51, varied(51))]);
      await settled(list);
      expect(written).to.deep.equal([]);
      release(list);
    });
  });

  describe('what comes in', () => {
    const gliding = (list: ChatMessageListElement): readonly Animation[] =>
      list
        .shadowRoot!.querySelector('.rows')!
        .getAnimations()
        .filter(({playState}) => playState === 'running');

    it('glides into its place, and the scroll offset is the right one all along', async () => {
      const list = await listWith(messages(1, 50));
      list.append([message(51)]);
      await list.updateComplete;
      expect(gliding(list)).to.have.length(1);
      expect(fromEnd(list)).to.be.lessThan(2);
      await gliding(list)[0]!.finished;
      expect(fromEnd(list)).to.be.lessThan(2);
    });

    it('is simply there where motion is not wanted, and when the end goes elsewhere for another reason', async () => {
      const list = await listWith(messages(1, 50));
      list.style.blockSize = '350px';
      await settled(list);
      expect(gliding(list), 'a lower list').to.have.length(0);
      list.style.setProperty('--chat-motion', '0s');
      list.append([message(51)]);
      await list.updateComplete;
      expect(gliding(list), 'no motion').to.have.length(0);
    });

    it('is simply there in a burst', async () => {
      const list = await listWith(messages(1, 50), (el) => el.style.setProperty('--chat-motion', '9s'));
      const rising = (): readonly Animation[] => list.shadowRoot!.querySelector('.row:last-child chat-message')!.getAnimations();
      list.append([message(51)]);
      await list.updateComplete;
      expect(rising(), 'the first one').to.have.length(1);
      list.append([message(52)]);
      await list.updateComplete;
      expect(rising(), 'the next one').to.have.length(0);
    });

    it('rises once, and not again when somebody has scrolled away and back', async () => {
      const list = await listWith(messages(1, 300), (el) => el.style.setProperty('--chat-motion', '9s'));
      list.append([message(301)]);
      await list.updateComplete;
      const over = oneEvent(rowOf(list, 301)!, 'animationend');
      for (const animation of rowOf(list, 301)!.getAnimations()) animation.finish();
      await over;
      await scrollTo(list, 0);
      expect(rowOf(list, 301)).to.equal(undefined);
      list.scrollToLatest();
      await settled(list);
      expect(rowOf(list, 301)!.getAnimations()).to.have.length(0);
    });

    it('rises eight at most', async () => {
      const list = await listWith(messages(1, 50), (el) => el.style.setProperty('--chat-motion', '9s'));
      list.append(messages(51, 70));
      await list.updateComplete;
      const rising = shown(list).filter((row) => row.getAnimations().length > 0);
      expect(rising.map((row) => row.message?.id)).to.deep.equal([63, 64, 65, 66, 67, 68, 69, 70]);
    });

    it('stops gliding when somebody scrolls back, who then reads in peace', async () => {
      const list = await listWith(messages(1, 50, varied), (el) => el.style.setProperty('--chat-motion', '9s'));
      list.append([message(51)]);
      await list.updateComplete;
      scroller(list).scrollTop -= 400;
      await frames(2);
      expect(gliding(list)).to.have.length(0);
      const id = reading(list);
      const before = topOf(list, id);
      list.append([message(52)]);
      await settled(list);
      expect(topOf(list, id)).to.be.closeTo(before, 1);
    });
  });
});
