import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {systemClock} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';
import {IS_WEBKIT} from '../support/engine.js';
import {Listener} from './listener.js';

/** Where the keyboard is: a message by its text, anything else by its name, its part or its id. */
function where(): string {
  let element = document.activeElement!;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const part = element.getAttribute('part');
  const {message} = element.querySelector('chat-message') ?? {};
  if (part === 'row' && message) return message.content;
  return part ?? (element.id || element.textContent.trim() || element.localName);
}

/** A key, `Shift+` one, or what happens meanwhile; where the keyboard is thereafter; and what a screen reader is told. */
type Step = readonly [key: string | (() => unknown), at: string, ...heard: string[]];

// WebDriver, by which WebKit is driven, sends no key together with Shift.
(IS_WEBKIT ? describe.skip : describe)('a conversation by keyboard alone', function () {
  this.timeout(120_000);
  let server: FakeServer;
  let el: ChatConversationElement;

  beforeEach(() => {
    const messages = Array.from({length: 40}, (_, i) => ({from: 2, content: `Message ${i + 1}`}));
    server = chatServer({
      conversations: [
        {id: 9, title: 'Design team', messages: [...messages, {from: 2, content: 'See https://example.com/'}] as never},
      ],
    });
    ChatMessageListElement.clock = server.clock;
    WsStatusBannerElement.clock = server.clock;
  });

  afterEach(() => {
    server.dispose();
    ChatMessageListElement.clock = systemClock;
    WsStatusBannerElement.clock = systemClock;
  });

  async function settle(): Promise<void> {
    await server.advance(500);
    await el.updateComplete;
    for (const inner of el.shadowRoot!.querySelectorAll<ChatMessageListElement>(
      'chat-message-list, chat-composer, ws-status-banner, ws-error-dialog',
    )) {
      await inner.updateComplete;
    }
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  }

  async function press(key: string): Promise<void> {
    if (!key.startsWith('Shift+')) return sendKeys(key.startsWith('"') ? {type: key.slice(1, -1)} : {press: key});
    await sendKeys({down: 'Shift'});
    await sendKeys({press: key.slice('Shift+'.length)});
    await sendKeys({up: 'Shift'});
  }

  async function open(): Promise<void> {
    const client = server.client({userId: 1});
    // Or a line would lead to the first unread one, until that has been seen.
    await Promise.all([client.api.markRead(9, [server.messages(9).at(-1)?.id ?? 0]), server.settle()]);
    const box = await fixture(html`
      <div>
        <button id="before">Before</button>
        <chat-connection .client=${client}>
          <chat-conversation conversation-id="9" back style="block-size: 500px"></chat-conversation>
        </chat-connection>
        <button id="after">After</button>
      </div>
    `);
    el = box.querySelector('chat-conversation')!;
    await server.settle(() => client.isConnected);
    await settle();
    box.querySelector<HTMLElement>('#before')!.focus();
  }

  it('never loses its place, and is told what happens', async () => {
    await open();
    const listener = new Listener(el);
    let wentBack = 0;
    el.addEventListener('chat-back', () => (wentBack += 1));
    const vali = (content: string) => () => server.message({conversationId: 9, from: 2, content});
    const last = 'See https://example.com/';
    const steps: readonly Step[] = [
      // Through the conversation, and about the list.
      ['Tab', 'back-button'],
      ['Tab', last],
      ['ArrowUp', 'Message 40'],
      ['ArrowUp', 'Message 39'],
      ['ArrowDown', 'Message 40'],
      ['End', last],
      ['Enter', 'link'],
      ['Escape', last],
      ['Tab', 'link'],
      ['Shift+Tab', last],
      ['Tab', 'link'],
      ['Tab', 'attach-button'],
      ['Tab', 'input'],
      // A message is written and sent.
      ['"Hello"', 'input'],
      ['Enter', 'input'],
      ['Shift+Tab', 'attach-button'],
      ['Shift+Tab', 'link'],
      ['Shift+Tab', last],
      ['ArrowDown', 'Hello'],
      // What arrives moves nothing.
      ['Home', 'Message 1'],
      [vali('First'), 'Message 1', 'Vali Karimov: First'],
      [vali('Second'), 'Message 1', 'Vali Karimov: Second'],
      ['Tab', 'jump-button'],
      ['Enter', 'Second'],
      ['ArrowUp', 'First'],
      ['End', 'Second'],
      ['Tab', 'attach-button'],
      ['Tab', 'input'],
      // A message fails, and is sent again.
      [() => server.faults.rest({match: /POST .*messages$/, status: 422, times: 1}), 'input'],
      ['"Oops"', 'input'],
      ['Enter', 'input', 'Not sent. The server did not accept it.'],
      ['Shift+Tab', 'attach-button'],
      ['Shift+Tab', 'Second'],
      ['ArrowDown', 'Oops'],
      ['Enter', 'Try again'],
      ['Tab', 'Discard'],
      ['Shift+Tab', 'Try again'],
      ['Enter', 'Oops'],
      ['Tab', 'attach-button'],
      ['Tab', 'input'],
      // The connection is lost: first a banner, then a dialog.
      [() => server.stop(), 'input'],
      [() => server.advance(3000), 'input', 'Connection lost.'],
      [() => server.advance(120_000), 'Try again'],
      ['Shift+Tab', 'Close'],
      ['Tab', 'Try again'],
      ['Escape', 'input'],
      ['Shift+Tab', 'attach-button'],
      ['Shift+Tab', 'retry-button'],
      [() => server.start(), 'retry-button'],
      ['Enter', 'input', 'Trying again…', 'Connected again.'],
      // And out at the other end, and back.
      ['Tab', 'send-button'],
      ['Tab', 'after'],
      ['Shift+Tab', 'send-button'],
      ['Shift+Tab', 'input'],
      ['Shift+Tab', 'attach-button'],
      ['Shift+Tab', 'Oops'],
      ['Shift+Tab', 'back-button'],
      ['Enter', 'back-button'],
    ];
    const found: string[] = [];
    const wanted: string[] = [];
    for (const [i, [key, at, ...heard]] of steps.entries()) {
      const name = `step ${i + 1}, ${String(key)}`;
      if (typeof key === 'string') await press(key);
      else await key();
      await settle();
      found.push([name, where(), ...listener.take()].join(' | '));
      wanted.push([name, at, ...heard].join(' | '));
    }
    listener.stop();
    expect(found).to.deep.equal(wanted);
    expect(wentBack).to.equal(1);
    expect(
      server
        .messages(9)
        .map(({content}) => content)
        .slice(-4),
    ).to.deep.equal(['Hello', 'First', 'Second', 'Oops']);
  });
});
