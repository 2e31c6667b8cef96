import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf, within} from '../support/chat.js';

describe('the landmark of <chat-conversation>', () => {
  let server: FakeServer;

  afterEach(() => server.dispose());

  async function conversation(): Promise<ChatConversationElement> {
    const client = server.client({userId: 1});
    const box = await fixture(html`
      <chat-connection .client=${client}><chat-conversation conversation-id="9"></chat-conversation></chat-connection>
    `);
    await server.settle(() => client.isConnected);
    await server.settle();
    const el = box.querySelector('chat-conversation')!;
    await el.updateComplete;
    return el;
  }

  const nameOf = (el: Element) => within(el, 'section').ariaLabel;

  it('bears the title, whoever gave it', async () => {
    server = chatServer();
    const el = await conversation();
    expect([nameOf(el), textOf(el, '[part=title]')]).to.deep.equal(['Design team', 'Design team']);
    el.heading = 'Help';
    await el.updateComplete;
    expect([nameOf(el), textOf(el, '[part=title]')]).to.deep.equal(['Help', 'Help']);
  });

  it('bears the names of those who take part, where there is no title', async () => {
    server = chatServer({conversations: [{id: 9, title: '', messages: 1}]});
    const el = await conversation();
    expect(nameOf(el)).to.contain('Vali');
    expect(nameOf(el)).to.equal(textOf(el, '[part=title]'));
  });

  it('bears a word for somebody whose name is not known', async () => {
    server = chatServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: ''},
      ],
      conversations: [{id: 9, title: '', messages: 1}],
    });
    const el = await conversation();
    expect([nameOf(el), textOf(el, '[part=title]')]).to.deep.equal(['Somebody', 'Somebody']);
  });
});
