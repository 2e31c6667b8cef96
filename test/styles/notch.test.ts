import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import {messages} from '../elements/messages.js';
import {chatServer, within} from '../support/chat.js';
import {inWindow} from '../support/other-window.js';

/** A phone on its side, on a page that says `viewport-fit=cover`: how much of each side its notch and its round corners take. */
const [WIDTH, HEIGHT, SIDE] = [844, 390, 59];

const inPhone = (element: Element): Promise<ShadowRoot> => inWindow(element, WIDTH, HEIGHT, {left: SIDE, right: SIDE});

function expectClear(root: ShadowRoot, selectors: readonly string[]): void {
  for (const selector of selectors) {
    const found = root.querySelectorAll(selector);
    expect(found.length, selector).to.be.greaterThan(0);
    for (const element of found) {
      const {left, right} = element.getBoundingClientRect();
      expect(left, selector).to.be.at.least(SIDE);
      expect(right, selector).to.be.at.most(WIDTH - SIDE);
    }
  }
}

describe('a phone on its side', () => {
  for (const dir of ['ltr', 'rtl']) {
    it(`has nothing of a list under its notch, ${dir}`, async () => {
      const list = await fixture<HTMLElementTagNameMap['chat-message-list']>(html`
        <chat-message-list
          dir=${dir}
          style="block-size: 390px"
          .messages=${messages(1, 60)}
          .newWhileAway=${3}
        ></chat-message-list>
      `);
      await list.updateComplete;
      list.scrollToMessage(5);
      await list.updateComplete;
      expectClear(await inPhone(list), ['.row', '.hints', '.jump']);
    });
  }

  it('has nothing of a conversation under its notch', async () => {
    const server = chatServer();
    const box = await fixture(html`
      <chat-connection .client=${server.client({userId: 1})}
        ><chat-conversation conversation-id="9" back></chat-conversation
      ></chat-connection>
    `);
    const el = box.querySelector('chat-conversation')!;
    await server.settle();
    await el.updateComplete;
    expectClear(await inPhone(el), ['.back', '.actions', '.over']);
    expectClear(await inPhone(within(el, 'chat-composer')), ['textarea', '.send']);
    server.dispose();
  });
});
