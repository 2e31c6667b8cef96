import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/ws-error-dialog.js';
import '../../src/define/ws-status-banner.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {ApiError, systemClock} from '../../src/model/index.js';
import {chatServer} from '../support/chat.js';
import {inWindow} from '../support/other-window.js';

/** A phone on its side, a page at 400 %, and a phone on its side at 200 %. */
const WINDOWS = [
  [568, 300],
  [320, 256],
  [284, 150],
] as const;

/** Whether nothing covers its middle. */
function isInReach(element: Element): boolean {
  const {left, top, width, height} = element.getBoundingClientRect();
  const root = element.getRootNode() as ShadowRoot;
  return element.contains(root.elementFromPoint(left + width / 2, top + height / 2));
}

const enlarge = (elements: Iterable<HTMLElement>): void => {
  const all = [...elements];
  const sizes = all.map((element) => parseFloat(getComputedStyle(element).fontSize) * 2);
  all.forEach((element, i) => (element.style.fontSize = `${sizes[i]}px`));
};

describe('what lies over a conversation in a low window', () => {
  async function dialogIn(width: number, height: number): Promise<HTMLDialogElement> {
    const error = new ApiError('network', 'no answer');
    const el = await fixture<HTMLElementTagNameMap['ws-error-dialog']>(html`<ws-error-dialog .error=${error}></ws-error-dialog>`);
    el.show();
    await el.updateComplete;
    el.close();
    return (await inWindow(el, width, height)).querySelector('dialog')!;
  }

  async function bannerIn(width: number, height: number): Promise<HTMLElement> {
    const server = chatServer();
    WsStatusBannerElement.clock = server.clock;
    try {
      const client = server.client({userId: 1});
      const el = await fixture<WsStatusBannerElement>(html`<ws-status-banner .client=${client}></ws-status-banner>`);
      void client.connect();
      await server.settle(() => client.isConnected);
      server.stop();
      await server.advance(5000);
      return (await inWindow(el, width, height)).querySelector<HTMLElement>('[part=banner]')!;
    } finally {
      server.dispose();
      WsStatusBannerElement.clock = systemClock;
    }
  }

  for (const [width, height] of WINDOWS) {
    const where = `${width} x ${height}`;

    for (const letters of ['letters as they are', 'letters twice as large']) {
      if (letters.includes('twice') && height < 200) continue;
      it(`is a dialog that begins with its title and has its buttons in reach, ${where}, ${letters}`, async () => {
        const dialog = await dialogIn(width, height);
        if (letters.includes('twice')) enlarge(dialog.querySelectorAll<HTMLElement>('h2, p, code, button'));
        dialog.showModal();
        for (const animation of dialog.getAnimations()) animation.finish();
        const box = dialog.getBoundingClientRect();
        expect(box.top).to.be.at.least(0);
        expect(box.bottom).to.be.at.most(height);
        const title = dialog.querySelector('h2')!;
        expect(title.getBoundingClientRect().top, 'the title').to.be.at.least(box.top);
        expect(isInReach(title), 'the title').to.equal(true);
        const buttons = dialog.querySelectorAll('button');
        const expectButtons = (when: string): void => {
          for (const button of buttons) {
            expect(isInReach(button), `${button.textContent}, ${when}`).to.equal(true);
            expect(button.getBoundingClientRect().bottom, when).to.be.at.most(box.bottom);
          }
        };
        expectButtons('at the beginning');
        dialog.scrollTop = dialog.scrollHeight;
        expectButtons('at the end');
        expect(isInReach(dialog.querySelector('code')!), 'the last words').to.equal(true);
      });
    }

    it(`is a banner that leaves most of the room, with its button in reach, ${where}`, async () => {
      const banner = await bannerIn(width, height);
      const words = banner.querySelector('.words')!;
      const button = banner.querySelector('button')!;
      for (const text of [
        words.textContent,
        `${words.textContent} Messages you write are kept and sent later, as long as this page stays open.`,
      ]) {
        words.textContent = text;
        banner.scrollTop = 0;
        expect(banner.offsetHeight).to.be.at.most(Math.max(48, height / 4));
        expect(isInReach(button)).to.equal(true);
        banner.scrollTop = banner.scrollHeight;
        expect(isInReach(button), 'at the end').to.equal(true);
        expect(words.getBoundingClientRect().bottom, 'the last words').to.be.at.most(banner.getBoundingClientRect().bottom);
      }
    });
  }
});
