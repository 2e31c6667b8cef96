import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import {messages} from '../elements/messages.js';
import {chatServer, within} from '../support/chat.js';
import {inWindow} from '../support/other-window.js';

const [WIDTH, HEIGHT] = [844, 390];

/** How much of its sides a phone hides on a page that says `viewport-fit=cover`. */
const PHONES = [
  ['with a notch, and as much left free on the other side', {left: 59, right: 59}],
  ['with its camera on the left', {left: 38, right: 0}],
] as const;

describe('a phone on its side', () => {
  for (const [which, insets] of PHONES) {
    for (const dir of ['ltr', 'rtl']) {
      const expectClear = async (element: Element, selectors: readonly string[]): Promise<void> => {
        const root = await inWindow(element, WIDTH, HEIGHT, insets);
        for (const selector of selectors) {
          const found = root.querySelectorAll(selector);
          expect(found.length, selector).to.be.greaterThan(0);
          for (const shown of found) {
            const {left, right} = shown.getBoundingClientRect();
            expect(left, selector).to.be.at.least(insets.left);
            expect(right, selector).to.be.at.most(WIDTH - insets.right);
          }
        }
      };

      it(`hides nothing of a list, ${which}, ${dir}`, async () => {
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
        await expectClear(list, ['.row', '.hints', '.jump']);
      });

      it(`hides nothing of a conversation, ${which}, ${dir}`, async () => {
        const server = chatServer();
        const box = await fixture(html`
          <chat-connection dir=${dir} .client=${server.client({userId: 1})}>
            <chat-conversation conversation-id="9" back></chat-conversation>
          </chat-connection>
        `);
        const el = box.querySelector('chat-conversation')!;
        await server.settle();
        await el.updateComplete;
        await expectClear(el, ['.back', '.actions', '.over']);
        await expectClear(within(el, 'chat-composer'), ['textarea', '.send']);
        server.dispose();
      });
    }
  }
});
