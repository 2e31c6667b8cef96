import {expect, html} from '@open-wc/testing';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {registerLocale} from '../../src/i18n/index.js';
import {fromEnd, ids, listWith, rowOf, rows, scroller, scrollTo, settled, shown} from './list-scene.js';
import {message, messages} from './messages.js';

describe('the rows of <chat-message-list>', () => {
  const places = (list: ChatMessageListElement) =>
    rows(list).map((row) => [row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')]);
  const texts = (list: ChatMessageListElement) => rows(list).map((row) => row.querySelector('.message')!.textContent.trim());

  it('tell their place among all messages, but not where there may be more than these', async () => {
    const list = await listWith(messages(1, 2), (el) => (el.hasOlder = false));
    const all = [
      ['1', '2'],
      ['2', '2'],
    ];
    const some = Array.from({length: 2}, () => [null, '-1']);
    expect(places(list)).to.deep.equal(all);
    for (const end of ['hasOlder', 'hasNewer'] as const) {
      list[end] = true;
      await settled(list);
      expect(places(list), end).to.deep.equal(some);
      list[end] = false;
      await settled(list);
      expect(places(list)).to.deep.equal(all);
    }
  });

  it('change sides once a page knows who uses it', async () => {
    const list = await listWith(
      messages(1, 2, (n) => ({sender: {id: n, name: 'Ana'}})),
      (el) => (el.currentUserId = null),
    );
    expect(shown(list).map(({own}) => own)).to.deep.equal([false, false]);
    list.currentUserId = 2;
    await settled(list);
    expect(shown(list).map(({own}) => own)).to.deep.equal([false, true]);
  });

  it('say where the unread ones begin in the language of the page, once its words have come', async () => {
    const list = await listWith(messages(1, 3), (el) => Object.assign(el, {lang: 'sv', firstUnreadId: 3}));
    const divider = () => list.shadowRoot!.querySelector('[part="unread-divider"]')!.textContent;
    expect(divider()).to.equal('New messages');
    registerLocale({locale: 'sv', newMessages: 'Nya meddelanden'});
    await settled(list);
    expect(divider()).to.equal('Nya meddelanden');
  });

  it('are rendered anew by another function of the page', async () => {
    const list = await listWith(messages(1, 2), (el) => (el.renderMessage = ({content}) => content));
    expect(texts(list)).to.deep.equal(['Message 1', 'Message 2']);
    list.renderMessage = ({content}) => html`<b>${content.toUpperCase()}</b>`;
    await settled(list);
    expect(texts(list)).to.deep.equal(['MESSAGE 1', 'MESSAGE 2']);
  });

  it('show a message as usual that the function of the page fails at, and the page is told', async () => {
    const {reportError} = globalThis;
    const told: unknown[] = [];
    globalThis.reportError = (error) => told.push(error);
    try {
      const failure = new Error('no such template');
      const list = await listWith(messages(1, 3), (el) => {
        el.renderMessage = ({id, content}) => {
          if (id === 2) throw failure;
          return content;
        };
      });
      expect(ids(list)).to.deep.equal([2]);
      expect(texts(list)).to.deep.equal(['Message 1', '', 'Message 3']);
      expect(told).to.include(failure);
    } finally {
      globalThis.reportError = reportError;
    }
  });

  it('lead to what they quote by the quote alone, not by what else is pressed in them', async () => {
    const replyTo = {id: 3, sender: {id: 2, name: 'Ana'}, content: 'Message 3'};
    const list = await listWith([
      ...messages(1, 200),
      message(201, {id: 't', tempId: 't', sender: {id: 1, name: 'Me'}, status: 'failed', replyTo}),
    ]);
    rowOf(list, 't')!.shadowRoot!.querySelector<HTMLElement>('[part="why"] button')!.click();
    await settled(list);
    expect(fromEnd(list)).to.be.below(2);
  });

  it('are gone through to the end by the line that says how many are new, where the first of those is not there', async () => {
    const list = await listWith(messages(1, 200), (el) => Object.assign(el, {firstUnreadId: 'elsewhere', newWhileAway: 2}));
    await scrollTo(list, scroller(list).scrollTop - 2000);
    list.shadowRoot!.querySelector<HTMLElement>('button.hint')!.click();
    await settled(list);
    expect(fromEnd(list)).to.be.below(2);
  });
});
