import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-message.js';
import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import type {MessageInput} from '../../src/model/index.js';
import {XSS_VECTORS} from './xss-vectors.js';

const ELEMENTS = new Set('a bdi button div em img li path circle span svg time ul'.split(' '));
const ATTRIBUTES = new Set(
  `alt aria-hidden aria-label class datetime decoding dir download height hidden href loading part referrerpolicy rel role src
  target title type viewbox width d cx cy r`.split(/\s+/),
);
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'blob:']);

/** What stands in a shadow root that we never render there. */
function strangers(root: ShadowRoot): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (!ELEMENTS.has(element.localName)) found.push(`<${element.localName}>`);
    for (const {name, value} of element.attributes) {
      if (!ATTRIBUTES.has(name.toLowerCase())) found.push(`${element.localName}[${name}]`);
      if (name === 'href' && !SCHEMES.has(new URL(value, document.baseURI).protocol)) found.push(`href=${value}`);
      if (name === 'src' && new URL(value, document.baseURI).origin !== location.origin) found.push(`src=${value}`);
    }
  }
  return found;
}

/** A message that says this in every place where a message can say something. */
function saying(text: string): MessageInput {
  const file = {mimeType: text, size: 1, width: null, height: null};
  return {
    id: text,
    sender: {id: text, name: text, avatarUrl: text, email: text},
    content: text,
    createdAt: '2026-01-05T09:10:00Z',
    replyTo: {id: text, sender: {id: text, name: text}, content: text},
    reactions: [{emoji: text, count: 2, userIds: [text]}],
    attachments: [{...file, id: text, name: text, url: text, thumbnailUrl: text}],
  };
}

async function feed(texts: readonly string[]): Promise<void> {
  const el = await fixture<ChatMessageElement>(html`<chat-message></chat-message>`);
  for (const text of texts) {
    el.message = saying(text);
    await el.updateComplete;
    expect(strangers(el.shadowRoot!), JSON.stringify(text)).to.deep.equal([]);
    // The host of a link that leads elsewhere stands beside it; all else is the text itself.
    const said = [...el.shadowRoot!.querySelector('[part="content"]')!.childNodes]
      .filter((node) => !(node instanceof Element && node.matches('.host')))
      .map((node) => node.textContent)
      .join('');
    expect(said.length, JSON.stringify(text)).to.be.at.least(text.length);
  }
}

describe('<chat-message> with hostile text', () => {
  let alerts = 0;
  const {alert} = window;
  before(() => (window.alert = () => void (alerts += 1)));
  after(() => (window.alert = alert));

  it('renders nothing but what it always renders, for our own vectors', async () => {
    expect(XSS_VECTORS.length).to.be.greaterThan(150);
    await feed(XSS_VECTORS);
    expect(alerts).to.equal(0);
  });

  it('renders nothing but what it always renders, for the shared corpus', async function () {
    this.timeout(120_000);
    const answer = await fetch('/__wds-outside-root__/1/shared/corpora/xss-payloadbox.json').catch(() => undefined);
    if (!answer?.ok) {
      console.warn('The shared corpus of 6,590 payloads is not beside the repository: left out. Our own vectors were fed.');
      return this.skip();
    }
    const payloads = (await answer.json()) as readonly string[];
    expect(payloads.length).to.be.greaterThan(6000);
    await feed(payloads);
    expect(alerts).to.equal(0);
  });

  it('would notice if a text became elements', async () => {
    const el = await fixture<ChatMessageElement>(html`<chat-message .message=${saying('x')}></chat-message>`);
    const image = document.createElement('img');
    image.setAttribute('onerror', '');
    el.shadowRoot!.append(image);
    expect(strangers(el.shadowRoot!)).to.deep.equal(['img[onerror]']);
  });
});
