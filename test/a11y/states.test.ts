import {expect, fixture} from '@open-wc/testing';
import {LitElement} from 'lit';
import '../../src/define/ws-error-dialog.js';
import {still} from '../support/still.js';
import {frames} from '../elements/messages.js';
import {all, nameOf, states} from './states.js';

const isShown = (element: HTMLElement): boolean =>
  element.checkVisibility({visibilityProperty: true}) && !element.closest('.visually-hidden');

async function settled(page: Element): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await Promise.all(all(page).flatMap((element) => (element instanceof LitElement ? [element.updateComplete] : [])));
    await frames(1);
  }
}

async function open(width = 480): Promise<HTMLElement> {
  const page = await fixture<HTMLElement>(states());
  page.style.inlineSize = `${width}px`;
  const toast = page.querySelector('chat-toast')!;
  toast.show('Live updates are off here: the server refused access.');
  for (const list of page.querySelectorAll('chat-message-list')) list.scrollToMessage(5);
  await settled(page);
  await still();
  return page;
}

/**
 * Whether something in it lies beyond its sides. WebKit says of the list that it is 12 px wider than its box: it adds the padding behind
 * rows that reach into the padding.
 */
function sticksOut(element: HTMLElement): boolean {
  const range = document.createRange();
  range.selectNodeContents(element);
  const [content, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
  return content.left < box.left - 1 || content.right > box.right + 1;
}

/** What becomes wider than its place, or hides a part of its text. */
function losses(page: HTMLElement): string[] {
  return all(page)
    .filter(isShown)
    .filter((element) => {
      const {overflowX, overflowY, display} = getComputedStyle(element);
      if (display === 'inline' || display === 'contents') return false;
      const isWide = element.scrollWidth > element.clientWidth + 1;
      const isHigh = element.scrollHeight > element.clientHeight + 1;
      if (isWide && overflowX !== 'visible' && sticksOut(element)) return true;
      return isHigh && /hidden|clip/.test(overflowY) && element.localName !== 'chat-message-list';
    })
    .map(nameOf);
}

function addRules(page: HTMLElement, text: string): void {
  for (const {shadowRoot} of all(page)) {
    if (!shadowRoot) continue;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  }
}

/** What can be pressed or written into, and is smaller than it may be. */
function targetsBelow(size: number, page: HTMLElement): string[] {
  const targets = all(page).filter((element) => element.matches('button, textarea, a.attachment') && isShown(element));
  expect(targets.length).to.be.greaterThan(20);
  const small = targets.filter((element) => {
    const {width, height} = element.getBoundingClientRect();
    return width < size || height < size;
  });
  return small.map((element) => {
    const {width, height} = element.getBoundingClientRect();
    return `${nameOf(element)} ${width}x${height}`;
  });
}

/** Lets the rules for a finger count, in engines too that cannot be told that there is one. What is returned takes that back. */
function useFinger(page: HTMLElement): () => void {
  const sheets = new Set(all(page).flatMap(({shadowRoot}) => shadowRoot?.adoptedStyleSheets ?? []));
  const rules = [...sheets]
    .flatMap(({cssRules}) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && /pointer: ?coarse/.test(rule.media.mediaText)) as CSSMediaRule[];
  expect(rules.length).to.be.greaterThan(0);
  for (const {media} of rules) media.mediaText = 'all';
  return () => {
    for (const {media} of rules) media.mediaText = '(pointer: coarse)';
  };
}

describe('every state of every element', function () {
  this.timeout(60_000);

  afterEach(() => {
    document.documentElement.dir = '';
    document.documentElement.style.colorScheme = '';
  });

  for (const scheme of ['light', 'dark']) {
    for (const direction of ['ltr', 'rtl']) {
      it(`passes axe in ${scheme}, ${direction}`, async () => {
        document.documentElement.style.colorScheme = scheme;
        document.documentElement.dir = direction;
        const page = await open();
        expect(page.querySelectorAll('[data-state]').length).to.be.at.least(25);
        await expect(page).to.be.accessible();
      });
    }
  }

  it('has no target below 24 px, but for links within a text', async () => {
    expect(targetsBelow(24, await open())).to.deep.equal([]);
  });

  it('has no target below 44 px for a finger, but for links within a text', async () => {
    const page = await open();
    const dialog = document.createElement('ws-error-dialog');
    page.append(dialog);
    dialog.show();
    await dialog.updateComplete;
    await settled(page);
    expect(dialog.shadowRoot!.querySelector('dialog')!.open).to.equal(true);
    const release = useFinger(page);
    try {
      await settled(page);
      expect(targetsBelow(44, page)).to.deep.equal([]);
    } finally {
      release();
    }
  });

  it('has no button that a phone zooms into when it is pressed twice', async () => {
    const buttons = all(await open()).filter((element) => element.matches('button') && isShown(element));
    expect(buttons.map(({className}) => className)).to.include.members(['jump rise', 'hint edge', 'quote', 'text-button']);
    expect(buttons.filter((button) => getComputedStyle(button).touchAction !== 'manipulation').map(nameOf)).to.deep.equal([]);
  });

  it('loses nothing at 320 px', async () => {
    const page = await open(320);
    expect(losses(page)).to.deep.equal([]);
    expect(page.scrollWidth).to.equal(320);
  });

  it('loses nothing with wide text spacing', async () => {
    const page = await open(320);
    addRules(
      page,
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-block-end: 2em !important; }`,
    );
    await settled(page);
    expect(losses(page)).to.deep.equal([]);
  });

  it('loses nothing with text twice as large', async () => {
    const page = await open(480);
    const texts = all(page).filter((element) => isShown(element) && !element.closest('svg'));
    const sizes = texts.map((element) => parseFloat(getComputedStyle(element).fontSize) * 2);
    texts.forEach((element, i) => element.style.setProperty('font-size', `${sizes[i]}px`, 'important'));
    await settled(page);
    expect(losses(page)).to.deep.equal([]);
  });
});
