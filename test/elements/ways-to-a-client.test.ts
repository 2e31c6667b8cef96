import {expect, fixture, html} from '@open-wc/testing';
import {nothing} from 'lit';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import '../../src/define/typing-indicator.js';
import '../../src/define/ws-error-dialog.js';
import '../../src/define/ws-status-banner.js';
import type {ConnectedElement} from '../../src/elements/connected-element.js';
import type {ChatClient} from '../../src/client/types.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf} from '../support/chat.js';
import {collectWarnings} from '../support/warnings.js';

interface Way {
  readonly connection?: string;
  readonly client?: ChatClient;
}

/** The elements that show something of a connection: how each is written, what it is told of, and what it then shows. */
const ELEMENTS = [
  {
    tag: 'chat-conversation',
    write: ({connection, client}: Way) =>
      html`<chat-conversation connection=${connection ?? nothing} .client=${client} conversation-id="9"></chat-conversation>`,
    happen: (server: FakeServer) => server.settle(),
    selector: '[part=title]',
    shows: 'Design team',
  },
  {
    tag: 'typing-indicator',
    write: ({connection, client}: Way) =>
      html`<typing-indicator connection=${connection ?? nothing} .client=${client} conversation-id="9"></typing-indicator>`,
    happen: async (server: FakeServer, client: ChatClient) => {
      client.conversation(9).open();
      await server.settle();
      server.typing({conversationId: 9, user: 2});
      await server.settle();
    },
    selector: '[part=text]',
    shows: 'Vali is typing',
  },
  {
    tag: 'ws-status-banner',
    write: ({connection, client}: Way) =>
      html`<ws-status-banner connection=${connection ?? nothing} .client=${client} always></ws-status-banner>`,
    happen: (server: FakeServer) => server.settle(),
    selector: '[part=banner] .words',
    shows: 'Connected',
  },
  {
    tag: 'ws-error-dialog',
    write: ({connection, client}: Way) =>
      html`<ws-error-dialog connection=${connection ?? nothing} .client=${client}></ws-error-dialog>`,
    happen: async (server: FakeServer) => {
      server.stop();
      await server.advance(120_000);
    },
    selector: 'dialog[open] code',
    shows: 'unreachable',
  },
];

describe('an element that shows something of a connection', () => {
  let server: FakeServer;
  let client: ChatClient;

  beforeEach(async () => {
    server = chatServer();
    client = server.client({userId: 1});
    void client.connect();
    await server.settle();
  });

  afterEach(() => server.dispose());

  for (const {tag, write, happen, selector, shows} of ELEMENTS) {
    const ways = {
      'in a <chat-connection>': () => html`<chat-connection .client=${client}>${write({})}</chat-connection>`,
      'with the id of one elsewhere': () =>
        html`<chat-connection id="there" .client=${client}></chat-connection>${write({connection: 'there'})}`,
      'with a client': () => write({client}),
    };
    for (const [way, template] of Object.entries(ways)) {
      it(`is <${tag}> ${way}`, async () => {
        const box = await fixture(html`<div>${template()}</div>`);
        const el = box.querySelector<ConnectedElement>(tag)!;
        await happen(server, client);
        await el.updateComplete;
        expect(textOf(el, selector)).to.contain(shows);
      });
    }

    it(`is quiet, and warns at most once: <${tag}> alone`, async () => {
      const warnings = collectWarnings();
      const box = await fixture(html`<div>${write({})}</div>`);
      const el = box.querySelector<ConnectedElement>(tag)!;
      await happen(server, client);
      await el.updateComplete;
      warnings.restore();
      expect(textOf(el, selector)).not.to.contain(shows);
      expect(warnings.texts.length).to.be.at.most(1);
    });
  }
});
