import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {english, registerLocale, type StringsInput} from '../../src/i18n/index.js';
import {german} from '../../src/i18n/locales/de.js';
import {ApiError, type MessageInput} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';

/** A language in which every word stands in brackets, so that a word without them has come from elsewhere. */
const MARKED: StringsInput = {...(marked(english) as typeof english), locale: 'en-XA', direction: 'ltr'};

function marked(value: unknown): unknown {
  if (typeof value === 'string') return `⟦${value}⟧`;
  if (typeof value === 'function') return (...args: unknown[]) => marked((value as (...args: unknown[]) => unknown)(...args));
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]: [string, unknown]) => [key, marked(inner)]));
}

const READ = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'alt', 'placeholder', 'title'];
/** What people wrote and are called, and what the browser makes of a date or a size. */
const NOT_OURS =
  /Ali Valiyev|Vali Karimov|Nodira Rahimova|Design team|zzz|https?:\S+|evil\.example|\.(?:png|pdf)|\b(?:AM|PM|[kM]?B|bytes?)\b/gu;

/** Every text and every attribute that is read, through shadow roots. */
function* readable(root: Node): Generator<string> {
  if (root instanceof Element) {
    // The address in the dialog and its cause are for whoever runs the site, and the same in each language.
    if (root.matches('style, script, code, time, .day, .avatar')) return;
    for (const name of READ) yield root.getAttribute(name) ?? '';
    if (root.shadowRoot) yield* readable(root.shadowRoot);
  }
  if (root instanceof Text) yield root.data;
  for (const child of root.childNodes) yield* readable(child);
}

/** What is read and comes neither from `src/i18n/` nor from people. */
function bypassing(root: Element): readonly string[] {
  const within = /⟦[^⟦⟧]*⟧/u;
  const rest = [...readable(root)].map((text) => {
    let left = text;
    while (within.test(left)) left = left.replace(within, '');
    return left.replaceAll(NOT_OURS, '').trim();
  });
  return rest.filter((text) => /\p{L}/u.test(text));
}

const BASE = {sender: {id: 2, name: 'Vali Karimov'}, content: 'zzz', createdAt: '2026-01-05T09:10:00Z'} as const;
const MINE = {...BASE, sender: {id: 1, name: 'Ali Valiyev'}} as const;
const UNSIZED = {thumbnailUrl: null, width: null, height: null} as const;
const MESSAGES: readonly MessageInput[] = [
  {...BASE, id: 1, content: 'zzz https://example.com/a https://google.com@evil.example/', editedAt: new Date()},
  {...BASE, id: 2, deletedAt: new Date()},
  {...BASE, id: 3, replyTo: {id: 1, sender: {id: 1, name: 'Ali Valiyev'}, content: 'zzz'}},
  {...BASE, id: 4, sender: {id: 7}, reactions: [{emoji: '👍', count: 3, userIds: [1, 2, 3]}]},
  {
    ...BASE,
    id: 5,
    attachments: [
      {id: 1, name: 'zzz.png', mimeType: 'image/png', size: 2000, url: 'https://example.com/zzz.png', ...UNSIZED},
      {id: 2, name: 'zzz.pdf', mimeType: 'application/pdf', size: 2_000_000, url: 'https://example.com/zzz.pdf', ...UNSIZED},
    ],
  },
  {...BASE, id: 6, content: 'zzz '.repeat(3000)},
  ...(['queued', 'sending', 'sent', 'delivered', 'read'] as const).map((status, n) => ({...MINE, id: 10 + n, status})),
  {...MINE, id: 20, status: 'failed', error: new ApiError('too-large', 'zzz')},
];

describe('every word that can be read', () => {
  let server: FakeServer;

  before(() => registerLocale(MARKED));
  beforeEach(() => (server = chatServer({messages: 0})));
  afterEach(() => server.dispose());

  async function conversation(prepare: (server: FakeServer) => unknown = () => undefined): Promise<Element> {
    prepare(server);
    const box = await fixture(html`
      <chat-connection .client=${server.client({userId: 1})} locale="en-XA" style="block-size: 40rem">
        <chat-conversation conversation-id="9" back></chat-conversation>
      </chat-connection>
    `);
    await server.settle();
    return box;
  }

  async function settled(box: Element): Promise<Element> {
    await server.settle();
    const conversation = box.querySelector('chat-conversation')!;
    await conversation.updateComplete;
    for (const inner of conversation.shadowRoot!.querySelectorAll('*')) await Reflect.get(inner, 'updateComplete');
    return box;
  }

  it('comes from src/i18n/ in each kind of message', async () => {
    for (const message of MESSAGES) {
      const own = message.sender.id === 1;
      const el = await fixture(html`
        <chat-message locale="en-XA" ?own=${own} .currentUserId=${1} .message=${message}></chat-message>
      `);
      expect(bypassing(el)).to.deep.equal([]);
    }
  });

  it('says who is answered in the case that the language asks for', async () => {
    registerLocale(german);
    const message: MessageInput = {...BASE, id: 1, replyTo: {id: 1, sender: {id: 1, name: 'Ali Valiyev'}, content: 'zzz'}};
    const el = await fixture(html`<chat-message locale="de" .currentUserId=${1} .message=${message}></chat-message>`);
    expect(el.shadowRoot!.querySelector('[part=quote] .visually-hidden')).to.have.text('Antwort an dich');
  });

  it('comes from src/i18n/ in a list and what lies over it', async () => {
    const list = await fixture<ChatMessageListElement>(html`
      <chat-message-list
        locale="en-XA"
        style="block-size: 20rem"
        current-user-id="1"
        .messages=${MESSAGES}
        .firstUnreadId=${20}
        .newWhileAway=${3}
        .olderError=${new ApiError('network', 'zzz')}
      ></chat-message-list>
    `);
    await list.updateComplete;
    expect(list.shadowRoot!.querySelector('[part=unread-divider]')).to.exist;
    expect(bypassing(list)).to.deep.equal([]);
  });

  it('comes from src/i18n/ in a conversation with and without messages', async () => {
    const box = await conversation();
    expect(bypassing(await settled(box))).to.deep.equal([]);
    server.message({conversationId: 9, from: 2, content: 'zzz'});
    server.typing({conversationId: 9, user: 3});
    expect(bypassing(await settled(box))).to.deep.equal([]);
  });

  it('comes from src/i18n/ while loading, when that fails, and when nothing is open', async () => {
    const loading = await conversation(({faults}) => faults.rest({hang: true, times: 1, match: '/messages'}));
    expect(bypassing(await settled(loading))).to.deep.equal([]);
    const failed = await conversation(({faults}) => faults.rest({status: 403, times: Infinity, match: '/messages'}));
    expect(bypassing(await settled(failed))).to.deep.equal([]);
    failed.querySelector('chat-conversation')!.conversationId = undefined;
    expect(bypassing(await settled(failed))).to.deep.equal([]);
  });

  it('comes from src/i18n/ when the connection is lost, also in the dialog', async () => {
    const box = await conversation();
    server.stop();
    await server.advance(60_000);
    expect(box.querySelector('chat-conversation')!.shadowRoot!.querySelector('ws-error-dialog')).to.exist;
    expect(bypassing(await settled(box))).to.deep.equal([]);
  });

  it('comes from src/i18n/ in the composer, whatever is wrong with what is written', async () => {
    for (const [value, files] of [
      ['zzz', [new File(['zzz'], 'zzz.png')]],
      ['zzz'.repeat(40), []],
      ['zzz'.repeat(33), []],
      ['zzz\u0000', []],
    ] as const) {
      const composer = await fixture(
        html`<chat-composer locale="en-XA" accept="*/*" max-length="100" .value=${value} .files=${files}></chat-composer>`,
      );
      expect(bypassing(composer)).to.deep.equal([]);
    }
  });

  it('would be found if it bypassed it', async () => {
    const own = await fixture(html`<div title="Close">⟦fine⟧<b>Not fine</b></div>`);
    expect(bypassing(own)).to.deep.equal(['Close', 'Not fine']);
  });
});
