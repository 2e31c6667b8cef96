import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConnectionElement} from '../../src/elements/chat-connection.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {registerLocale} from '../../src/i18n/index.js';
import {arabic} from '../../src/i18n/locales/ar.js';
import {still} from '../support/still.js';
import {chatServer} from '../support/chat.js';

const WIDTH = 480;

/** Where every part of an element stands, through shadow roots, as the distance of its two edges from the side where lines begin. */
function placesIn(root: Element, direction: 'ltr' | 'rtl'): ReadonlyMap<string, readonly [start: number, end: number]> {
  const frame = root.getBoundingClientRect();
  const places = new Map<string, readonly [number, number]>();
  const visit = (element: Element, path: string): void => {
    for (const inner of element.shadowRoot?.querySelectorAll('[part]') ?? []) {
      // A text begins where its own language does, and what stands in its line goes with it. A hint goes once all is seen.
      if (inner.closest('.text, .author, .hint')) continue;
      const name = `${path} ${inner.getAttribute('part') ?? ''}`;
      const key = [name, ...places.keys()].filter((known) => known.startsWith(name)).length;
      const {left, right, width} = inner.getBoundingClientRect();
      if (width === 0) continue;
      const [start, end] =
        direction === 'ltr' ? [left - frame.left, right - frame.left] : [frame.right - right, frame.right - left];
      places.set(`${name} ${key}`, [Math.round(start), Math.round(end)]);
    }
    for (const inner of element.shadowRoot?.querySelectorAll('*') ?? [])
      if (inner.shadowRoot) visit(inner, `${path} ${inner.localName}`);
  };
  visit(root, '');
  return places;
}

describe('right to left', () => {
  let server: FakeServer;

  beforeEach(() => {
    server = chatServer({
      conversations: [
        {
          id: 9,
          title: 'Design team',
          messages: [
            {from: 2, content: 'A first message'},
            {from: 2, content: 'A second one'},
            {from: 1, content: 'An answer'},
            {from: 3, content: 'A message that goes on and on, until it needs more than a line, and then another one too'},
          ],
        },
      ],
    });
  });

  afterEach(() => server.dispose());

  async function conversation(attributes: {
    readonly dir?: 'ltr' | 'rtl';
    readonly locale?: string;
  }): Promise<ChatConversationElement> {
    const box = await fixture(
      html`<div dir=${attributes.dir ?? 'ltr'} style="inline-size: ${WIDTH}px; block-size: 600px"></div>`,
    );
    const connection = document.createElement('chat-connection');
    connection.client = server.client({userId: 1});
    if (attributes.locale !== undefined) connection.locale = attributes.locale;
    const el = document.createElement('chat-conversation');
    el.conversationId = 9;
    el.back = true;
    connection.append(el);
    box.append(connection);
    el.style.blockSize = '600px';
    await server.settle();
    await el.updateComplete;
    await el.shadowRoot!.querySelector('chat-message-list')!.updateComplete;
    await el.shadowRoot!.querySelector('chat-composer')!.updateComplete;
    await still();
    return el;
  }

  it('is left to right in a mirror, part by part', async () => {
    const ltr = placesIn(await conversation({dir: 'ltr'}), 'ltr');
    const rtl = placesIn(await conversation({dir: 'rtl'}), 'rtl');
    expect([...rtl.keys()]).to.deep.equal([...ltr.keys()]);
    expect(ltr.size).to.be.greaterThan(20);
    for (const [name, [start, end]] of ltr) {
      const mirrored = rtl.get(name)!;
      expect(mirrored[0], `start of${name}`).to.be.closeTo(start, 1);
      expect(mirrored[1], `end of${name}`).to.be.closeTo(end, 1);
    }
  });

  it('cuts a title off at its end, whichever way it runs, and begins it where the line under it begins', async () => {
    const arabicWords = 'اجتماع الفريق الأسبوعي ';
    for (const [dir, words] of [
      ['rtl', 'A weekly meeting '],
      ['ltr', arabicWords],
      ['ltr', 'A weekly meeting '],
    ] as const) {
      const el = await conversation({dir});
      const title = el.shadowRoot!.querySelector('[part=title]')!;
      const titled = async (heading: string): Promise<{readonly first: DOMRect; readonly all: DOMRect}> => {
        el.setAttribute('heading', heading);
        await el.updateComplete;
        const range = new Range();
        range.selectNodeContents(title);
        const all = range.getBoundingClientRect();
        const text = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
        while (text.nextNode() && !text.currentNode.nodeValue?.trim());
        range.setStart(text.currentNode, 0);
        range.setEnd(text.currentNode, 1);
        return {first: range.getBoundingClientRect(), all};
      };
      const {left, right} = title.getBoundingClientRect();
      const {first} = await titled(words.repeat(9));
      expect(first.left, `${words}, ${dir}`).to.be.at.least(left - 1);
      expect(first.right, `${words}, ${dir}`).to.be.at.most(right + 1);
      const {all} = await titled(words.trim());
      expect(dir === 'ltr' ? all.left - left : right - all.right, `where ${words} begins, ${dir}`).to.be.closeTo(0, 2);
    }
  });

  it('begins the name of a file and the author of a quote where the lines around them begin, whichever way they run', async () => {
    registerLocale(arabic);
    const box = await fixture(html`
      <div dir="rtl" lang="ar" style="inline-size: 260px">
        <chat-composer accept="*/*" .files=${[new File(['1'], 'a-picture-of-our-holidays-of-last-summer.jpeg')]}></chat-composer>
        <chat-message
          .message=${{
            ...{id: 1, sender: {id: 2, name: 'Vali'}, content: 'x', createdAt: new Date()},
            replyTo: {id: 2, sender: {id: 3, name: 'Ada'}, content: 'a long enough line to leave her name room'},
            attachments: [{id: 1, name: 'a.pdf', mimeType: 'application/pdf', size: 1400, url: '/a.pdf'}],
          }}
        ></chat-message>
      </div>
    `);
    await box.querySelector('chat-composer')!.updateComplete;
    await still();
    for (const [tag, name] of [
      ['chat-composer', '.files .wrap'],
      ['chat-message', '.file-name'],
      ['chat-message', '.quote-author'],
    ] as const) {
      const bdi = box.querySelector(tag)!.shadowRoot!.querySelector(name)!;
      const range = new Range();
      range.selectNodeContents(bdi);
      const lines = [...range.getClientRects()];
      const {right} = bdi.getBoundingClientRect();
      expect(
        lines.map((line) => Math.round(right - line.right)),
        name,
      ).to.deep.equal(lines.map(() => 0));
    }
  });

  it('follows the locale where that is asked for, whatever the page says', async () => {
    registerLocale(arabic);
    const el = await conversation({locale: 'ar'});
    expect(getComputedStyle(el.shadowRoot!.querySelector('header')!).direction).to.equal('rtl');
    const back = el.shadowRoot!.querySelector('[part=back-button]')!.getBoundingClientRect();
    expect(back.right).to.be.greaterThan(el.getBoundingClientRect().right - 60);
  });

  it('follows the locale in elements that stand alone, each with its language, and the page again without one', async () => {
    registerLocale(arabic);
    const connection = await fixture<ChatConnectionElement>(html`
      <chat-connection locale="ar" .client=${server.client({userId: 1})}>
        <ws-status-banner always></ws-status-banner>
        <typing-indicator .users=${[{id: 2, name: 'Vali'}]}></typing-indicator>
        <chat-composer></chat-composer>
        <chat-toast></chat-toast>
        <chat-message .message=${{id: 1, sender: {id: 2, name: 'Vali'}, content: 'Hi', createdAt: new Date()}}></chat-message>
        <chat-composer class="as-set" dir="ltr"></chat-composer>
      </chat-connection>
    `);
    const shown = () =>
      [...connection.children].map((el) => [
        el.localName,
        el.getAttribute('lang'),
        getComputedStyle(el.shadowRoot!.firstElementChild!).direction,
        el.matches('.as-set'),
      ]);
    const tags = ['ws-status-banner', 'typing-indicator', 'chat-composer', 'chat-toast', 'chat-message'];
    expect(shown()).to.deep.equal([...tags.map((tag) => [tag, 'ar', 'rtl', false]), ['chat-composer', null, 'ltr', true]]);
    connection.locale = undefined;
    await connection.updateComplete;
    expect(shown()).to.deep.equal([...tags.map((tag) => [tag, null, 'ltr', false]), ['chat-composer', null, 'ltr', true]]);
  });

  it('keeps to the locale when a page is morphed, as by Livewire, into what its server knows', async () => {
    registerLocale(arabic);
    const el = await conversation({locale: 'ar'});
    const morph = async (): Promise<void> => {
      for (const name of ['lang', 'dir']) el.removeAttribute(name);
      await Promise.resolve();
    };
    await morph();
    expect([el.lang, el.dir]).to.deep.equal(['ar', 'rtl']);
    el.dir = 'ltr';
    await Promise.resolve();
    expect(el.dir, 'what the page says itself').to.equal('ltr');
    el.closest('chat-connection')!.locale = undefined;
    await el.closest('chat-connection')!.updateComplete;
    await morph();
    expect(el.getAttribute('dir'), 'without a locale').to.equal(null);
  });

  it('follows the connection that is named, when it gets another id, is taken out, and is not named any more', async () => {
    registerLocale(arabic);
    const box = await fixture(html`
      <div>
        <chat-connection id="there" locale="ar" .client=${server.client({userId: 1})}></chat-connection>
        <typing-indicator connection="there"></typing-indicator>
      </div>
    `);
    const connection = box.querySelector('chat-connection')!;
    const lang = () => box.querySelector('typing-indicator')!.getAttribute('lang');
    expect(lang(), 'at first').to.equal('ar');
    connection.id = 'elsewhere';
    expect(lang(), 'once it has another id').to.equal(null);
    connection.id = 'there';
    expect(lang(), 'once it has that id again').to.equal('ar');
    connection.remove();
    await Promise.resolve();
    expect(lang(), 'once it is taken out').to.equal(null);
    box.prepend(connection);
    expect(lang(), 'once it is back').to.equal('ar');
    const typing = box.querySelector('typing-indicator')!;
    typing.connection = undefined;
    await typing.updateComplete;
    expect(lang(), 'once it is not named any more').to.equal(null);
    typing.connection = 'there';
    await typing.updateComplete;
    expect(lang(), 'once it is named again').to.equal('ar');
  });

  it('turns the arrow that leads back, also when the page turns around, and not the one that sends', async () => {
    const el = await conversation({dir: 'rtl'});
    const button = el.shadowRoot!.querySelector('[part=back-button]')!;
    /** Whether something is drawn where the tip of an arrow is that points to a side. */
    const pointsTo = (side: 'left' | 'right'): boolean => {
      const {left, top, width, height} = button.getBoundingClientRect();
      // The box of the drawing is 22 px wide, and the tip 4 units of 24 from its middle.
      const x = left + width / 2 + (side === 'left' ? -1 : 1) * 4 * (22 / 24);
      return el.shadowRoot!.elementFromPoint(x, top + height / 2) instanceof SVGPathElement;
    };
    expect([pointsTo('left'), pointsTo('right')], 'right to left').to.deep.equal([false, true]);
    el.closest('[dir]')!.setAttribute('dir', 'ltr');
    expect([pointsTo('left'), pointsTo('right')], 'left to right').to.deep.equal([true, false]);
    const send = el.shadowRoot!.querySelector('chat-composer')!.shadowRoot!.querySelector('.send svg')!;
    expect(getComputedStyle(send).transform).to.equal('none');
  });
});
