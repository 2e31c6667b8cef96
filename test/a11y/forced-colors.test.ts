import {expect, fixture, html} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {frames, message, messages} from '../elements/messages.js';
import {within} from '../support/chat.js';
import {contrast, shown} from '../support/contrast.js';
import {still} from '../support/still.js';
import {all, nameOf, states} from './states.js';

/** In a Firefox that has been started so (`FORCED_COLORS=1`), colours are forced from the beginning. WebKitGTK cannot do it at all. */
const isForced = matchMedia('(forced-colors: active)').matches;
const canForce = isForced || navigator.userAgent.includes('Chrome/');

/** How far a colour stands out from the background of the page. */
const standsOut = (colour: string): number => contrast(shown(colour), shown('Canvas'));

function expectEdge(element: Element, width: number, what: string): void {
  const {borderTopStyle, borderTopWidth, borderTopColor} = getComputedStyle(element);
  expect(borderTopStyle, what).to.equal('solid');
  expect(parseFloat(borderTopWidth), what).to.be.at.least(width);
  expect(standsOut(borderTopColor), what).to.be.at.least(3);
}

function expectRing(element: Element, what: string): void {
  const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(element);
  expect(outlineStyle, what).to.equal('solid');
  expect(parseFloat(outlineWidth), what).to.be.at.least(2);
  expect(standsOut(outlineColor), what).to.be.at.least(3);
}

(canForce ? describe : describe.skip)('forced colours', function () {
  this.timeout(60_000);

  if (!isForced) {
    before(() => executeServerCommand('forced-colors', true));
    after(() => executeServerCommand('forced-colors', false));
  }

  const bubbleIn = (page: Element, state: string): HTMLElement =>
    within(page.querySelector(`[data-state="${state}"] chat-message`)!, '.bubble');

  async function page(): Promise<HTMLElement> {
    const main = await fixture<HTMLElement>(states());
    main.querySelector('chat-toast')!.show('Live updates are off.');
    await frames(3);
    await still();
    return main;
  }

  async function farFromTheEnd(): Promise<ChatMessageListElement> {
    const list = await fixture<ChatMessageListElement>(html`
      <chat-message-list
        style="block-size: 400px"
        current-user-id="1"
        .messages=${messages(1, 60)}
        .firstUnreadId=${4}
      ></chat-message-list>
    `);
    await list.updateComplete;
    list.scrollToMessage(5);
    await list.updateComplete;
    list.append([message(61), message(62)]);
    await list.updateComplete;
    return list;
  }

  it('pass axe', async () => {
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    // It takes the colour of a text from -webkit-text-fill-color, which Chromium paints forced and reports unforced.
    await expect(await page()).to.be.accessible({ignoredRules: ['color-contrast']});
  });

  it('are those of all text', async () => {
    const texts = all(await page()).filter(
      (element) =>
        element.checkVisibility({visibilityProperty: true}) &&
        [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
    );
    expect(texts.length).to.be.greaterThan(100);
    expect(texts.filter((element) => standsOut(getComputedStyle(element).color) < 4.5).map(nameOf)).to.deep.equal([]);
  });

  it('leave an edge around what only its colour set apart, and a stronger one around what is one’s own', async () => {
    const main = await page();
    for (const state of ['plain', 'deleted', 'files', 'answer']) expectEdge(bubbleIn(main, state), 1, state);
    for (const state of ['sent', 'read', 'failed']) expectEdge(bubbleIn(main, state), 2, state);
    for (const state of ['plain', 'deleted'])
      expect(getComputedStyle(bubbleIn(main, state)).borderTopWidth, state).to.equal('1px');
    expectEdge(within(main.querySelector('chat-toast')!, '[part=toast]'), 1, 'toast');
    const composer = main.querySelector('[data-state="composer with text"] chat-composer')!;
    expectEdge(within(composer, 'textarea'), 1, 'field');
    expectEdge(within(composer, '.send'), 2, 'button that sends');
    const reaction = within(main.querySelector('[data-state=reactions] chat-message')!, '.reaction');
    expectEdge(reaction, 1, 'reaction');
  });

  it('show how far an own message has come', async () => {
    const main = await page();
    for (const state of ['queued', 'sending', 'sent', 'delivered', 'read', 'failed']) {
      const mark = within(main.querySelector(`[data-state=${state}] chat-message`)!, '.status svg');
      expect(standsOut(getComputedStyle(mark).stroke), state).to.be.at.least(3);
    }
  });

  it('show how many are new, where they begin, and who is writing', async () => {
    const list = await farFromTheEnd();
    expect(within(list, '.badge').textContent).to.equal('2');
    expectEdge(within(list, '.badge'), 1, 'badge');
    expectEdge(within(list, '.jump'), 1, 'button to the end');
    expectEdge(within(list, '.day'), 1, 'day');
    list.newWhileAway = 2;
    await list.updateComplete;
    expectEdge(within(list, '.hint'), 1, 'way to what is new');
    const line = getComputedStyle(within(list, '.unread'), '::before');
    expect(line.borderTopStyle).to.equal('solid');
    expect(standsOut(line.borderTopColor), 'line to what is unread').to.be.at.least(3);
    const dots = (await page()).querySelector('typing-indicator')!;
    expect(standsOut(getComputedStyle(within(dots, 'i')).backgroundColor), 'dots').to.be.at.least(3);
  });

  it('show what has the keyboard', async () => {
    const list = await farFromTheEnd();
    list.focus();
    await list.updateComplete;
    await frames(2);
    const row = list.shadowRoot!.activeElement!;
    expectRing(row.querySelector('.message')!, 'message');
    const main = await page();
    const focusable = [
      ['composer with text', 'chat-composer', 'textarea'],
      ['composer with text', 'chat-composer', '.send'],
      ['answer', 'chat-message', '.quote'],
      ['failed', 'chat-message', '.text-button'],
      ['files', 'chat-message', 'a.attachment'],
      ['link', 'chat-message', '[part=link]'],
      ['toast', 'chat-toast', '.icon-button'],
      ['list that loads', 'chat-message-list', 'button.hint'],
    ] as const;
    for (const [state, name, selector] of focusable) {
      const element = within(main.querySelector(`[data-state="${state}"] ${name}`)!, selector);
      element.focus();
      await frames(1);
      await still();
      expectRing(element, `${state} ${selector}`);
    }
  });
});
