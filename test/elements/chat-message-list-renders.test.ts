import {expect, fixture, html} from '@open-wc/testing';
import {ChatMessageElement} from '../../src/elements/chat-message.js';
import {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {Message} from '../../src/model/index.js';
import {fromEnd, ids, listWith, scroller, scrollTo, settled, shown} from './list-scene.js';
import {frames, message, messages} from './messages.js';

/** A task of its own, as each event from a socket is. */
const task = (): Promise<void> =>
  new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

let listRenders = 0;
const rowRenders: unknown[] = [];
ChatMessageListElement.addInitializer((list) => list.addController({hostUpdated: () => (listRenders += 1)}));
ChatMessageElement.addInitializer((row) =>
  row.addController({hostUpdated: () => rowRenders.push((Reflect.get(row, 'message') as Message | undefined)?.id)}),
);

describe('<chat-message-list> renders', function () {
  this.timeout(60_000);

  const begin = (): void => {
    listRenders = 0;
    rowRenders.length = 0;
  };

  /** A list that one message has come into: only then are there as many rows beyond what is visible as there are going to be. */
  const goingOn = async (...[all, fill]: Parameters<typeof listWith>): Promise<ChatMessageListElement> => {
    const list = await listWith(all.slice(0, -1), fill);
    list.append(all.slice(-1));
    await settled(list);
    return list;
  };

  it('one row for one message in', async () => {
    const list = await goingOn(messages(1, 50));
    begin();
    list.append([message(51)]);
    await settled(list);
    expect(rowRenders).to.deep.equal([51]);
  });

  it('one row for one message that goes on with the group before it', async () => {
    const createdAt = new Date(2026, 0, 5, 10);
    const list = await goingOn(messages(1, 50, () => ({createdAt})));
    begin();
    list.append([message(51, {createdAt})]);
    await settled(list);
    expect(rowRenders).to.deep.equal([51]);
    expect(shown(list).at(-2)!.continued).to.equal(true);
  });

  it('one row for a read mark on one message', async () => {
    const list = await listWith(messages(1, 50, () => ({sender: {id: 1}, status: 'delivered'})));
    begin();
    list.upsert(message(48, {sender: {id: 1}, status: 'read'}));
    await settled(list);
    expect(rowRenders).to.deep.equal([48]);
    expect(listRenders).to.equal(1);
  });

  it('what it shows, and looks at no other message', async () => {
    const looked = new Set<number>();
    const watched = messages(1, 5_000).map((one, index) =>
      Object.defineProperty(one, 'attachments', {get: () => void looked.add(index)}),
    );
    const list = document.createElement('chat-message-list');
    list.messages = watched;
    await fixture(html`<div style="block-size: 400px">${list}</div>`);
    await settled(list);
    expect(ids(list).at(-1)).to.equal(5_000);
    expect(looked.size).to.be.greaterThan(0).and.lessThan(60);
  });

  it('once for a count that a framework takes back', async () => {
    const list = await listWith(messages(1, 5));
    list.newAfter = 2;
    await settled(list);
    begin();
    Object.assign(list, {newAfter: undefined});
    await settled(list);
    expect(listRenders).to.equal(1);
  });

  it('nothing for a change of a message that is not in the page', async () => {
    const list = await listWith(messages(1, 500));
    begin();
    list.upsert(message(3, {content: 'Edited'}));
    await settled(list);
    expect(listRenders).to.equal(0);
    expect(rowRenders).to.have.length(0);
  });

  it('what a page renders itself no more often', async () => {
    const asked: unknown[] = [];
    const list = await goingOn(messages(1, 50), (el) => (el.renderMessage = ({id, content}) => (asked.push(id), content)));
    asked.length = 0;
    list.append([message(51)]);
    await settled(list);
    expect(asked).to.deep.equal([51]);
  });

  it('a single message at once, without waiting for a frame', async () => {
    const list = await listWith(messages(1, 50));
    let hadFrame = false;
    const frame = requestAnimationFrame(() => (hadFrame = true));
    list.append([message(51)]);
    await list.updateComplete;
    expect(ids(list).at(-1)).to.equal(51);
    expect(hadFrame, 'within the task').to.equal(false);
    cancelAnimationFrame(frame);
  });

  it('what comes in while no frame is drawn, as in a page in the background', async () => {
    const list = await listWith(messages(1, 50));
    const {requestAnimationFrame} = globalThis;
    globalThis.requestAnimationFrame = () => 1;
    try {
      for (const n of [51, 52, 53]) {
        list.append([message(n)]);
        await list.updateComplete;
        expect(ids(list).at(-1)).to.equal(n);
      }
    } finally {
      globalThis.requestAnimationFrame = requestAnimationFrame;
    }
  });

  it('the newest messages first, before any frame', async () => {
    const list = document.createElement('chat-message-list');
    list.style.cssText = 'block-size: 400px';
    document.body.append(list);
    list.messages = messages(1, 10_000);
    let hadFrame = false;
    const frame = requestAnimationFrame(() => (hadFrame = true));
    while (shown(list).length === 0) await Promise.resolve();
    expect(ids(list).at(-1)).to.equal(10_000);
    expect(hadFrame).to.equal(false);
    cancelAnimationFrame(frame);
    list.remove();
  });

  for (const where of ['at the end', 'further up'] as const) {
    it(`once a frame, however many messages come in tasks of their own, ${where}`, async () => {
      const list = await listWith(messages(1, 300));
      if (where === 'further up') await scrollTo(list, scroller(list).scrollTop - 2000);
      begin();
      let frameCount = 0;
      const start = performance.now();
      let frame = requestAnimationFrame(function count() {
        frameCount++;
        frame = requestAnimationFrame(count);
      });
      for (let n = 301; n <= 600; n++) {
        list.append([message(n)]);
        await task();
      }
      await list.updateComplete;
      await frames(1);
      cancelAnimationFrame(frame);
      // One at once, one for each frame that was begun, and ten a second where a busy machine draws no frame.
      expect(listRenders).to.be.at.most(frameCount + 2 + (performance.now() - start) / 100);
      expect(frameCount, 'the page stays alive').to.be.greaterThan(0);
      await settled(list);
      expect(list.messages.map(({id}) => id)).to.deep.equal(Array.from({length: 600}, (_, i) => i + 1));
      if (where === 'at the end') {
        expect(ids(list).at(-1)).to.equal(600);
        expect(fromEnd(list)).to.be.lessThan(2);
      } else {
        expect(list.shadowRoot!.querySelector('[part="jump-button"]')!.textContent.trim()).to.equal('300');
      }
    });
  }
});
