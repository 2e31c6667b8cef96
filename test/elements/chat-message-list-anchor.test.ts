import {aTimeout, expect, html} from '@open-wc/testing';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {MessageInput} from '../../src/model/index.js';
import {eachFrame} from '../support/each-frame.js';
import {listWith, reading, rowOf, rows, scroller, scrollTo, settled, topOf} from './list-scene.js';
import {frames, message, messages, variedText} from './messages.js';

const varied = (n: number): Partial<MessageInput> => ({content: variedText(Math.abs(n))});

/** An element of a page that takes its time. */
class LateRow extends HTMLElement {
  static rendering: Promise<void> | undefined;

  get updateComplete(): Promise<void> | undefined {
    return LateRow.rendering;
  }

  connectedCallback(): void {
    this.style.display = 'block';
  }
}
customElements.define('late-row', LateRow);

/** An image of this height that is loaded later, by setting its address. */
function picture(block: number): Partial<MessageInput> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="${block}"/>`;
  const url = URL.createObjectURL(new Blob([svg], {type: 'image/svg+xml'}));
  return {
    content: '',
    attachments: [
      {id: url, name: 'a.svg', mimeType: 'image/svg+xml', size: 1, url, thumbnailUrl: url, width: null, height: null},
    ],
  };
}

describe('<chat-message-list>, in every frame', function () {
  this.timeout(60_000);

  /** What of the message that is read was painted in each frame in which something happened to the list. */
  const drift = async (list: ChatMessageListElement, act: () => unknown): Promise<number> => {
    const id = reading(list);
    const before = topOf(list, id);
    const watch = eachFrame(() => topOf(list, id));
    await act();
    await settled(list);
    await frames(4);
    const seen = watch.stop();
    expect(seen.length, 'frames that were looked at').to.be.greaterThan(3);
    expect(seen.filter(Number.isNaN), 'frames without the message').to.have.length(0);
    return Math.max(...seen.map((top) => Math.abs(top - before)));
  };
  const inTheMiddle = async (count = 300): Promise<ChatMessageListElement> => {
    const list = await listWith(messages(1, count, varied));
    await scrollTo(list, scroller(list).scrollTop - 3000);
    // The message before the one that is read crosses the upper edge.
    await scrollTo(list, scroller(list).scrollTop + topOf(list, reading(list)) - 30);
    return list;
  };
  const atTheTop = async (): Promise<ChatMessageListElement> => {
    const list = await listWith(messages(1, 120, varied));
    await scrollTo(list, 0);
    return list;
  };

  it('holds what is read when 50 older messages come at the top', async () => {
    const list = await atTheTop();
    expect(await drift(list, () => list.prepend(messages(-49, 0, varied)))).to.be.lessThan(1);
  });

  it('holds what is read when older messages come while an element of the page is still rendering', async () => {
    const list = await listWith(messages(1, 200, varied), (el) => {
      el.renderMessage = ({id, content}) => html`<late-row id=${id}>${content}</late-row>`;
    });
    await scrollTo(list, 2000);
    const elementOf = (id: string): HTMLElement | null => list.shadowRoot!.getElementById(id);
    const offsetOf = (id: string): number =>
      (elementOf(id)?.getBoundingClientRect().top ?? NaN) - scroller(list).getBoundingClientRect().top;
    const all = [...list.shadowRoot!.querySelectorAll('late-row')];
    const {id} = all.find((one) => offsetOf(one.id) >= 0)!;
    const before = offsetOf(id);
    let finish = (): void => undefined;
    LateRow.rendering = new Promise((resolve) => (finish = resolve));
    list.renderMessage = ({id, content}) => html`<late-row id=${id}>${content}</late-row>`;
    await frames(2);
    // The next update waits for the next frame.
    list.requestUpdate();
    await aTimeout(0);
    list.prepend(messages(-99, 0, varied));
    LateRow.rendering = undefined;
    finish();
    await settled(list);
    expect(offsetOf(id)).to.be.closeTo(before, 1);
  });

  it('holds what is read when older messages come into a list that is not a whole number of pixels high', async () => {
    const list = await atTheTop();
    list.style.blockSize = '400.4px';
    await settled(list);
    expect(await drift(list, () => list.prepend(messages(-49, 0, varied)))).to.be.lessThan(1);
  });

  it('holds the text of the first message, which loses its name to an older one of the same person', async () => {
    const close = (n: number): Partial<MessageInput> => ({
      ...varied(n),
      createdAt: new Date(Date.UTC(2026, 0, 5, 9) + n * 20_000),
    });
    const list = await listWith(messages(1, 120, close));
    await scrollTo(list, 0);
    const inside = (selector: string): Element | null => rowOf(list, 1)!.shadowRoot!.querySelector(selector);
    const text = (): number => inside('.content')!.getBoundingClientRect().top;
    expect(inside('[part=author]')).to.exist;
    const before = text();
    const watch = eachFrame(text);
    list.prepend(messages(-49, 0, close));
    await settled(list);
    await frames(4);
    expect(inside('[part=author]')).to.not.exist;
    expect(Math.max(...watch.stop().map((top) => Math.abs(top - before)))).to.be.lessThan(1);
  });

  it('holds what is read when page after page of older messages comes in the middle', async () => {
    const list = await inTheMiddle();
    const more = async (): Promise<void> => {
      for (let page = 0; page < 6; page++) {
        list.prepend(messages(-49 - page * 50, -page * 50, varied));
        await frames(1);
      }
    };
    expect(await drift(list, more)).to.be.lessThan(1);
  });

  it('holds what is read while the pictures of older messages are loading', async () => {
    const list = await atTheTop();
    const older = messages(-49, 0, (n) => (n % 2 ? varied(n) : picture(90 + ((n * 37) % 200))));
    const loaded = async (): Promise<void> => {
      list.prepend(older);
      await list.updateComplete;
      const images = [...list.shadowRoot!.querySelectorAll('chat-message')].flatMap((row) => [
        ...row.shadowRoot!.querySelectorAll('img'),
      ]);
      expect(images.length).to.be.greaterThan(0);
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map((image) => image.decode()));
    };
    expect(await drift(list, loaded)).to.be.lessThan(1);
  });

  it('holds what is read when messages above are edited and reacted to, frame by frame', async () => {
    const list = await inTheMiddle();
    const id = reading(list);
    const change = async (): Promise<void> => {
      for (let n = 1; n <= 8; n++) {
        list.upsert(message(id - 1, {content: 'Edited. '.repeat(n * 9), editedAt: new Date()}));
        list.upsert(message(id - 2, {content: 'x', reactions: n % 2 ? [{emoji: '👍', count: n, userIds: []}] : []}));
        await frames(1);
      }
    };
    expect(await drift(list, change)).to.be.lessThan(1);
  });

  it('holds what is read through any number of fractions of a pixel', async () => {
    const list = await inTheMiddle();
    const above = rowOf(list, reading(list) - 1)!.closest<HTMLElement>('[part="row"]')!;
    const grow = async (): Promise<void> => {
      for (let n = 1; n <= 40; n++) {
        above.style.paddingBlockEnd = `${n * 0.37}px`;
        await frames(1);
      }
    };
    expect(await drift(list, grow)).to.be.lessThan(1);
  });

  it('holds what is read when the list becomes wider and narrower', async () => {
    const list = await inTheMiddle();
    const turn = async (): Promise<void> => {
      for (const width of [300, 700, 333.3, 480]) {
        list.style.inlineSize = `${width}px`;
        await frames(1);
      }
    };
    expect(await drift(list, turn)).to.be.lessThan(1);
  });

  it('holds what is read when a font comes that is larger', async () => {
    const list = await inTheMiddle();
    const load = async (): Promise<void> => {
      list.style.setProperty('--chat-font', 'monospace');
      await frames(2);
      list.style.setProperty('--chat-density', '1.6');
    };
    expect(await drift(list, load)).to.be.lessThan(1);
  });

  it('holds what is read when the page is zoomed, which leaves it fewer pixels either way', async () => {
    const list = await inTheMiddle();
    const zoom = async (): Promise<void> => {
      for (const factor of [1.1, 1.25, 0.67, 1]) {
        list.style.inlineSize = `${480 / factor}px`;
        list.style.blockSize = `${400 / factor}px`;
        await frames(1);
      }
    };
    expect(await drift(list, zoom)).to.be.lessThan(1);
  });

  it('holds what is read in a panel that is scaled to nothing while messages come', async () => {
    const list = await inTheMiddle();
    const id = reading(list);
    const before = topOf(list, id);
    list.style.transform = 'scale(0)';
    list.append(messages(301, 310, varied));
    await settled(list);
    list.prepend(messages(-49, 0, varied));
    await settled(list);
    list.style.transform = '';
    await settled(list);
    expect(Math.abs(topOf(list, id) - before)).to.be.below(3);
    expect(rows(list).length, 'rows in the page').to.be.below(60);
  });

  it('holds what is read while messages come in, one a task', async () => {
    const list = await inTheMiddle();
    const stream = async (): Promise<void> => {
      for (let n = 301; n <= 340; n++) {
        list.append([message(n, varied(n))]);
        if (n % 4 === 0) await frames(1);
      }
    };
    expect(await drift(list, stream)).to.be.lessThan(1);
  });

  it('tells the page of no loop of size observers when older pages come', async () => {
    const list = await atTheTop();
    const loops: string[] = [];
    const hear = ({message: text}: ErrorEvent): unknown => text.includes('ResizeObserver') && loops.push(text);
    addEventListener('error', hear);
    for (let page = 0; page < 5; page++) {
      list.prepend(messages(-49 - page * 50, -page * 50, varied));
      await frames(1);
      scroller(list).scrollTop = 0;
      await settled(list);
    }
    removeEventListener('error', hear);
    expect(loops).to.deep.equal([]);
  });
});
