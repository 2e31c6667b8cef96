import {expect, fixture, html} from '@open-wc/testing';
import {emulateMedia} from '@web/test-runner-commands';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, within} from '../support/chat.js';
import {IS_WEBKIT} from '../support/engine.js';

/** Only Chromium's driver lets a test say what surrounds the page. */
const canEmulate = navigator.userAgent.includes('Chrome/');

describe('what surrounds a conversation', () => {
  let server: FakeServer;

  beforeEach(() => (server = chatServer()));
  afterEach(() => server.dispose());

  async function conversation(width = 480, style = ''): Promise<Element> {
    const box = await fixture(html`
      <chat-connection .client=${server.client({userId: 1})} style="display: block; inline-size: ${width}px; ${style}">
        <chat-conversation conversation-id="9"></chat-conversation>
      </chat-connection>
    `);
    const el = box.querySelector('chat-conversation')!;
    el.style.blockSize = '600px';
    await server.settle();
    await el.updateComplete;
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    await list.updateComplete;
    await within<ChatMessageElement>(list, 'chat-message').updateComplete;
    return el;
  }

  const bubbleOf = (el: Element) => within(within(within(el, 'chat-message-list'), 'chat-message'), '.bubble');
  const paddingOf = (el: Element) => parseFloat(getComputedStyle(bubbleOf(el)).paddingInlineStart);

  it('brings messages closer where it is narrow, unless the page has a density of its own', async () => {
    expect(paddingOf(await conversation(480))).to.equal(12);
    expect(paddingOf(await conversation(320))).to.equal(9);
    expect(paddingOf(await conversation(320, '--chat-density: 1'))).to.equal(12);
  });

  /** To WebKit, all of the height of a dialog that has none of its own is nothing: `stories/theming.mdx` says what to do. */
  const style = IS_WEBKIT ? '--chat-conversation-block-size: 30em' : '';
  for (const [what, template] of [
    [
      'a box that floats',
      html`<div style="position: absolute"><chat-conversation conversation-id="9"></chat-conversation></div>`,
    ],
    ['a dialog', html`<dialog style=${style}><chat-conversation conversation-id="9"></chat-conversation></dialog>`],
  ] as const) {
    it(`can be read in ${what} without a size of its own`, async () => {
      const box = await fixture(html`<chat-connection .client=${server.client({userId: 1})}>${template}</chat-connection>`);
      await server.settle();
      const el = box.querySelector('chat-conversation')!;
      box.querySelector('dialog')?.showModal();
      await el.updateComplete;
      const list = within(el, 'chat-message-list');
      expect(list.offsetWidth).to.be.within(300, innerWidth);
      expect(list.offsetHeight).to.be.within(200, innerHeight);
      const foot = within(el, '.foot').getBoundingClientRect();
      expect(foot.bottom, 'the composer is in it').to.be.at.most(el.getBoundingClientRect().bottom + 1);
    });
  }

  it('is as narrow as the box that it is in', async () => {
    const box = await fixture(html`
      <div style="display: grid; grid-template-columns: 50px 1fr; inline-size: 200px">
        <i></i>
        <chat-conversation></chat-conversation>
      </div>
    `);
    expect(box.querySelector('chat-conversation')!.offsetWidth).to.equal(150);
  });

  it('looks as before when it comes back from another document, as it does through `hx-preserve` of htmx', async () => {
    const el = await conversation();
    el.append(document.createElement('chat-toast'));
    const box = el.parentElement!;
    const place = box.parentElement!;
    const sheets = (root: Element): readonly number[] => [
      root.shadowRoot?.adoptedStyleSheets.length ?? 0,
      ...[...root.children, ...(root.shadowRoot?.children ?? [])].flatMap(sheets),
    ];
    const before = sheets(box);
    new DOMParser().parseFromString('', 'text/html').body.append(box);
    expect(Math.max(...sheets(box)), 'there').to.equal(0);
    place.append(box);
    expect(sheets(box)).to.deep.equal(before);
    expect(paddingOf(el)).to.equal(12);
    expect(getComputedStyle(box).display).to.equal('block');
  });

  if (!canEmulate) return;

  it('prints what is loaded in full, without what a sheet of paper cannot do', async () => {
    const el = await conversation();
    const list = within(el, 'chat-message-list');
    await emulateMedia({media: 'print'});
    try {
      expect(getComputedStyle(within(el, '.foot')).display).to.equal('none');
      expect(getComputedStyle(within(list, '.scroller')).overflowY).to.equal('visible');
      expect(getComputedStyle(bubbleOf(el)).borderTopStyle).to.equal('solid');
      expect(getComputedStyle(within(list, '.before')).display).to.equal('none');
    } finally {
      await emulateMedia({media: 'screen'});
    }
  });

  it('prints nothing over what comes next on the page, however high the page has made it', async () => {
    const el = await conversation();
    const list = within(el, 'chat-message-list');
    el.setAttribute('style', 'block-size: 100px; max-block-size: 100px');
    list.style.blockSize = '80px';
    await emulateMedia({media: 'print'});
    try {
      const last = [...list.shadowRoot!.querySelectorAll('[part="row"]')].at(-1)!.getBoundingClientRect().bottom;
      expect(list.getBoundingClientRect().bottom, 'the list').to.be.at.least(last);
      expect(el.getBoundingClientRect().bottom, 'the conversation').to.be.at.least(last);
    } finally {
      await emulateMedia({media: 'screen'});
    }
  });

  it('moves nothing where a person asked for less motion', async () => {
    const el = await conversation();
    await emulateMedia({reducedMotion: 'reduce'});
    try {
      const durations = [el, ...el.shadowRoot!.querySelectorAll('*')].flatMap((element) => {
        const {animationName, animationDuration, transitionDuration} = getComputedStyle(element);
        return animationName === 'none' ? transitionDuration.split(', ') : animationDuration.split(', ');
      });
      expect(durations.filter((duration) => parseFloat(duration) > 0)).to.deep.equal([]);
    } finally {
      await emulateMedia({reducedMotion: 'no-preference'});
    }
  });
});
