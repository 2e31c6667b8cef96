import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {registerLocale} from '../../src/i18n/index.js';
import {german} from '../../src/i18n/locales/de.js';
import {systemClock} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, within} from '../support/chat.js';
import {Listener} from './listener.js';

describe('what a screen reader is told', function () {
  this.timeout(60_000);
  let server: FakeServer;
  let el: ChatConversationElement;
  let listener: Listener;

  const settle = async (ms = 0): Promise<void> => {
    await (ms > 0 ? server.advance(ms) : server.settle());
    await el.updateComplete;
    await el.shadowRoot!.querySelector('chat-message-list')?.updateComplete;
    await el.shadowRoot!.querySelector('ws-status-banner')!.updateComplete;
  };

  async function open(messages: number): Promise<void> {
    server = chatServer({messages});
    ChatMessageListElement.clock = server.clock;
    WsStatusBannerElement.clock = server.clock;
    const box = await fixture(html`
      <chat-connection .client=${server.client({userId: 1})}>
        <chat-conversation conversation-id="9" style="block-size: 500px"></chat-conversation>
      </chat-connection>
    `);
    el = box.querySelector('chat-conversation')!;
    await settle();
    await settle(1000);
    listener = new Listener(el);
  }

  afterEach(() => {
    listener.stop();
    server.dispose();
    ChatMessageListElement.clock = systemClock;
    WsStatusBannerElement.clock = systemClock;
  });

  it('is each of 100 arrivals, once and politely', async () => {
    await open(20);
    for (let n = 1; n <= 100; n++) {
      server.message({conversationId: 9, from: 2, content: `arrival ${n}`});
      await settle(500);
    }
    expect(listener.take()).to.deep.equal(Array.from({length: 100}, (_, i) => `Vali Karimov: arrival ${i + 1}`));
    const log = within(within(el, 'chat-message-list'), '[role=log]');
    expect(log.getAttribute('aria-live')).to.equal('polite');
    expect(log.getAttribute('aria-label'), 'a name, which Orca says before each line').to.equal(null);
    expect(log.childElementCount, 'lines that stay').to.be.at.most(12);
  });

  it('is the number of a burst of more than five', async () => {
    await open(20);
    for (let n = 1; n <= 5; n++) server.message({conversationId: 9, from: 2, content: `${n}`});
    await settle(500);
    expect(listener.take()).to.have.length(5);
    for (let n = 1; n <= 100; n++) server.message({conversationId: 9, from: 3, content: `${n}`});
    await settle(500);
    expect(listener.take()).to.deep.equal(['100 new messages']);
  });

  it('is neither the history, nor what is loaded before it, nor what one sends oneself', async () => {
    await open(3000);
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    for (let n = 0; n < 50; n++) {
      const before = list.messages.length;
      list.dispatchEvent(new CustomEvent('chat-load-older'));
      await server.settle();
      await settle();
      expect(list.messages.length, `page ${n}`).to.be.greaterThan(before);
    }
    await el.send('mine');
    server.edit(server.messages(9).at(-2)!.id, 'other words');
    server.react(server.messages(9).at(-2)!.id, {user: 3, emoji: '👍'});
    await settle(1000);
    expect(listener.take()).to.deep.equal([]);
  });

  it('is the first message of a conversation in which nobody has written yet', async () => {
    await open(0);
    server.message({conversationId: 9, from: 2, content: 'hello'});
    await settle(1000);
    expect(listener.take()).to.deep.equal(['Vali Karimov: hello']);
  });

  it('is how many have come in below, to who reads messages far from the end', async () => {
    await open(300);
    const jump = el.scrollToMessage(server.messages(9)[5]!.id);
    await settle(1000);
    expect(await jump).to.equal(true);
    server.message({conversationId: 9, from: 2, content: 'hello'});
    await settle();
    await settle(1000);
    expect(listener.take()).to.deep.equal(['1 new message']);
    for (const content of ['are', 'you', 'there?']) server.message({conversationId: 9, from: 3, content});
    await settle();
    await settle(1000);
    expect(listener.take()).to.deep.equal(['4 new messages']);
    el.scrollToLatest();
    await settle(1000);
    expect(listener.take()).to.deep.equal([]);
  });

  it('is the state of the connection once when it is lost, and once when it is back', async () => {
    await open(20);
    for (let n = 0; n < 3; n++) {
      server.stop();
      for (let i = 0; i < 15; i++) await settle(2000);
      const lost = listener.take();
      expect(lost, `loss ${n}: ${lost.join(' | ')}`).to.have.length(1);
      server.message({conversationId: 9, from: 2, content: `missed ${n}`});
      server.start();
      for (let i = 0; i < 15; i++) await settle(2000);
      expect(listener.take().sort(), `return ${n}`).to.deep.equal(['Connected again.', `Vali Karimov: missed ${n}`]);
    }
  });

  it('is that a message could not be sent, once for each time', async () => {
    await open(20);
    server.faults.rest({match: 'POST /api/conversations/9/messages', status: 422, times: 2});
    await el.send('refused').catch(() => undefined);
    await settle(1000);
    expect(listener.take()).to.deep.equal(['Not sent. The server did not accept it.']);
    server.message({conversationId: 9, from: 2, content: 'between'});
    await settle(1000);
    expect(listener.take()).to.deep.equal(['Vali Karimov: between']);
    const row = [...within(el, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message')].find(
      ({message}) => message?.content === 'refused',
    )!;
    within(row, '[part=why] button').click();
    await settle(1000);
    expect(listener.take()).to.deep.equal(['Not sent. The server did not accept it.']);
  });

  it('is nothing of a message that was deleted before it came', async () => {
    await open(20);
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    server.stop('sockets');
    await settle();
    server.message({conversationId: 9, from: 2, content: 'said in anger'});
    server.remove(server.messages(9).at(-1)!.id);
    server.start();
    for (let i = 0; i < 15; i++) await settle(2000);
    expect(list.messages).to.have.length(21);
    expect(listener.take().filter((text) => text.includes('Vali'))).to.deep.equal([]);
  });

  it('is in the language of the element what it says itself, and in that of the page what people write', async () => {
    const page = document.documentElement.lang;
    document.documentElement.lang = 'en';
    registerLocale(german);
    await open(20);
    el.closest('chat-connection')!.setAttribute('locale', 'de');
    await settle();
    server.message({conversationId: 9, from: 2, content: 'hello'});
    server.faults.rest({match: 'POST /api/conversations/9/messages', status: 422, times: 1});
    await el.send('refused').catch(() => undefined);
    await settle(1000);
    for (let n = 1; n <= 6; n++) server.message({conversationId: 9, from: 2, content: `${n}`});
    await settle(1000);
    const lines = [...within(within(el, 'chat-message-list'), '[role=log]').children];
    document.documentElement.lang = page;
    expect(lines.map((line) => [line.textContent, line.closest<HTMLElement>('[lang]')!.lang])).to.deep.equal([
      ['Vali Karimov: hello', 'en'],
      [german.notSent(german.problems.invalid), 'de'],
      [german.newBelow(6), 'de'],
    ]);
  });

  it('is in the language of the element, too, how many have come in below', async () => {
    const page = document.documentElement.lang;
    document.documentElement.lang = 'en';
    registerLocale(german);
    await open(300);
    el.closest('chat-connection')!.setAttribute('locale', 'de');
    const jump = el.scrollToMessage(server.messages(9)[5]!.id);
    await settle(1000);
    await jump;
    server.message({conversationId: 9, from: 2, content: 'hello'});
    await settle();
    await settle(1000);
    const [line] = within(within(el, 'chat-message-list'), '[role=log]').children;
    document.documentElement.lang = page;
    expect([line?.textContent, line?.closest<HTMLElement>('[lang]')!.lang]).to.deep.equal([german.newBelow(1), 'de']);
  });

  it('is not left to be read of a message that was deleted since', async () => {
    await open(20);
    server.message({conversationId: 9, from: 2, content: 'said in anger'});
    server.message({conversationId: 9, from: 2, content: 'said in peace'});
    await settle(500);
    expect(listener.take()).to.have.length(2);
    server.remove(server.messages(9).at(-2)!.id);
    await settle(500);
    const log = within(within(el, 'chat-message-list'), '[role=log]');
    expect(log.textContent).to.equal('Vali Karimov: said in peace');
    expect(listener.take()).to.deep.equal([]);
  });

  it('is nothing of the visible list itself', async () => {
    await open(20);
    const list = within(el, 'chat-message-list');
    const live = '[aria-live], [role=log], [role=status], [role=alert]';
    expect(within(list, '.rows').closest(live) === null).to.equal(true);
    expect(list.shadowRoot!.querySelectorAll(live)).to.have.length(1);
  });
});
