import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {ApiError, systemClock} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {message} from '../elements/messages.js';
import {chatServer, within} from '../support/chat.js';

/** What has the keyboard, from the outside in, each by its part or its name. */
function focusPath(): string[] {
  const path: string[] = [];
  for (let element = document.activeElement; element; element = element.shadowRoot?.activeElement ?? null) {
    path.push(element.getAttribute('part') ?? element.localName);
  }
  return path;
}

describe('the keyboard, when the button that was pressed goes away', function () {
  this.timeout(60_000);

  let server: FakeServer;

  beforeEach(() => {
    server = chatServer();
    WsStatusBannerElement.clock = server.clock;
  });

  afterEach(() => {
    server.dispose();
    WsStatusBannerElement.clock = systemClock;
  });

  const listIn = (el: Element) => within<ChatMessageListElement>(el, 'chat-message-list');
  const rows = (el: Element) => [...listIn(el).shadowRoot!.querySelectorAll<HTMLElement>('[part=row]')];
  const lastMessage = (el: Element) => rows(el).at(-1)!.querySelector('chat-message')!;
  const buttonIn = (el: Element, text: string) =>
    [...el.shadowRoot!.querySelectorAll('button')].find((button) => button.textContent.includes(text))!;

  async function settle(el: ChatConversationElement): Promise<void> {
    await server.settle();
    await el.updateComplete;
    for (const inner of el.shadowRoot!.querySelectorAll<ChatMessageListElement>(
      'chat-message-list, chat-toast, ws-status-banner',
    )) {
      await inner.updateComplete;
    }
    await Promise.all(rows(el).map((row) => row.querySelector('chat-message')!.updateComplete));
  }

  async function conversation(): Promise<ChatConversationElement> {
    const client = server.client({userId: 1});
    const box = await fixture(html`
      <chat-connection .client=${client}><chat-conversation conversation-id="9"></chat-conversation></chat-connection>
    `);
    const el = box.querySelector('chat-conversation')!;
    el.style.blockSize = '600px';
    await server.settle(() => client.isConnected);
    await settle(el);
    return el;
  }

  async function press(el: ChatConversationElement, button: HTMLElement): Promise<void> {
    button.focus();
    await settle(el);
    expect(focusPath().at(-1), 'the button has it').to.equal(button.getAttribute('part') ?? 'button');
    button.click();
    await settle(el);
    expect(button.isConnected, 'the button is gone').to.equal(false);
  }

  async function withFailed(): Promise<ChatConversationElement> {
    const el = await conversation();
    server.faults.rest({match: /POST .*messages/, status: 403, times: 1});
    el.send('Never mind').catch(() => undefined);
    await settle(el);
    return el;
  }

  it('goes to the message that is sent again', async () => {
    const el = await withFailed();
    await press(el, buttonIn(lastMessage(el), 'Try again'));
    expect(focusPath()).to.deep.equal(['chat-conversation', 'chat-message-list', 'row']);
    expect(listIn(el).shadowRoot!.activeElement).to.equal(rows(el).at(-1));
    expect(server.messages(9).at(-1)?.content).to.equal('Never mind');
  });

  it('goes to the message before the one that is discarded', async () => {
    const el = await withFailed();
    await press(el, buttonIn(lastMessage(el), 'Discard'));
    expect(rows(el)).to.have.length(3);
    expect(listIn(el).shadowRoot!.activeElement).to.equal(rows(el).at(-1));
  });

  it('goes to the message that is unfolded', async () => {
    server.message({conversationId: 9, from: 2, content: 'All of it is kept. '.repeat(1500)});
    const el = await conversation();
    await press(el, buttonIn(lastMessage(el), 'Show more'));
    expect(listIn(el).shadowRoot!.activeElement).to.equal(rows(el).at(-1));
  });

  it('stays with a message that stands alone', async () => {
    const el = await fixture<HTMLElementTagNameMap['chat-message']>(html`
      <chat-message .message=${message(1, {content: 'All of it is kept. '.repeat(1500)})}></chat-message>
    `);
    const more = buttonIn(el, 'Show more');
    more.focus();
    more.click();
    await el.updateComplete;
    expect(document.activeElement).to.equal(el);
  });

  it('stays with a conversation that is closed under it, and finds the next one open to Tab', async () => {
    const el = await conversation();
    listIn(el).focus();
    await settle(el);
    el.conversationId = undefined;
    await el.updateComplete;
    expect(document.activeElement).to.equal(el);
    el.conversationId = 9;
    await settle(el);
    await sendKeys({press: 'Tab'});
    await settle(el);
    expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', 'chat-message-list']);
    within(within(el, 'chat-composer'), 'textarea').focus();
    within(within(el, 'chat-composer'), 'textarea').blur();
    expect(el.hasAttribute('tabindex')).to.equal(false);
  });

  it('comes back into a message that stood alone and was unfolded', async () => {
    const box = await fixture(html`
      <div>
        <button>Before</button>
        <chat-message
          .message=${message(1, {content: `https://example.com/ ${'All of it is kept. '.repeat(1500)}`})}
        ></chat-message>
      </div>
    `);
    const el = box.querySelector('chat-message')!;
    await el.updateComplete;
    buttonIn(el, 'Show more').focus();
    buttonIn(el, 'Show more').click();
    await el.updateComplete;
    box.querySelector('button')!.focus();
    await sendKeys({press: 'Tab'});
    expect(focusPath()).to.deep.equal(['chat-message', 'link']);
  });

  it('goes to the list when messages are loaded again', async () => {
    const takeBack = server.faults.rest({status: 403, times: Infinity, match: '/messages'});
    const el = await conversation();
    takeBack();
    await press(el, within(el, '[part=retry-button]'));
    expect(rows(el)).to.have.length(3);
    expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', 'chat-message-list']);
  });

  it('goes to the list when older messages are asked for again', async () => {
    const el = await conversation();
    const list = listIn(el);
    list.addEventListener('chat-load-older', () => (list.olderError = null));
    list.olderError = new ApiError('network', 'no answer');
    await settle(el);
    await press(el, buttonIn(list, 'Try again'));
    expect(focusPath()).to.deep.equal(['chat-conversation', 'chat-message-list', 'row']);
  });

  it('goes to the list when it comes to its end by something other than the button that leads there', async () => {
    for (let n = 0; n < 60; n++) server.message({conversationId: 9, from: 2, content: `${n}`});
    const el = await conversation();
    const list = listIn(el);
    list.scrollToMessage(server.messages(9).at(-40)!.id);
    await settle(el);
    const button = within(list, '[part=jump-button]');
    button.focus();
    list.scrollToLatest();
    await settle(el);
    await list.updateComplete;
    expect(button.isConnected).to.equal(false);
    expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', 'chat-message-list']);
  });

  for (const from of ['chat-composer', 'chat-message-list', null] as const) {
    const whither = from ?? 'chat-message-list';

    it(`goes to <${whither}> from a toast that is closed, having come from ${from ?? 'nowhere'}`, async () => {
      const el = await conversation();
      if (from) within(el, from).focus();
      await settle(el);
      const toast = within<HTMLElementTagNameMap['chat-toast']>(el, 'chat-toast');
      toast.show('Live updates are off.');
      await settle(el);
      await press(el, within(toast, '[part=dismiss-button]'));
      expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', whither]);
    });

    it(`goes to <${whither}> from a banner that says all is well, having come from ${from ?? 'nowhere'}`, async () => {
      const el = await conversation();
      if (from) within(el, from).focus();
      server.stop();
      await server.advance(5000);
      await settle(el);
      server.start();
      const button = within(within(el, 'ws-status-banner'), '[part=retry-button]');
      button.focus();
      button.click();
      await server.advance(1000);
      await settle(el);
      expect(button.isConnected).to.equal(false);
      expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', whither]);
    });
  }

  it('stays with a banner that stands alone', async () => {
    const client = server.client({userId: 1});
    const el = await fixture<WsStatusBannerElement>(html`<ws-status-banner .client=${client}></ws-status-banner>`);
    void client.connect();
    await server.settle(() => client.isConnected);
    server.stop();
    await server.advance(5000);
    server.start();
    within(el, '[part=retry-button]').focus();
    within(el, '[part=retry-button]').click();
    await server.advance(1000);
    expect(document.activeElement).to.equal(el);
  });

  for (const [name, from] of [
    ['chat-composer', 'chat-composer'],
    ['chat-message-list', null],
  ] as const) {
    it(`goes to <${name}> from the dialog, which opened over ${from ?? 'nothing'}`, async () => {
      const el = await conversation();
      const dialog = within<HTMLElementTagNameMap['ws-error-dialog']>(el, 'ws-error-dialog');
      await dialog.updateComplete;
      if (from) within(el, from).focus();
      dialog.show();
      await dialog.updateComplete;
      expect(focusPath()).to.deep.equal(['chat-conversation', 'ws-error-dialog', 'button']);
      const closed = new Promise((resolve) => within(dialog, 'dialog').addEventListener('close', resolve, {once: true}));
      buttonIn(dialog, 'Try again').click();
      await closed;
      await settle(el);
      expect(focusPath().slice(0, 2)).to.deep.equal(['chat-conversation', name]);
    });
  }
});
