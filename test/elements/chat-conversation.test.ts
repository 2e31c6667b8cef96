import {expect, fixture, html, oneEvent, waitUntil} from '@open-wc/testing';
import '../../src/define/chat-connection.js';
import '../../src/define/chat-conversation.js';
import {createChatClient} from '../../src/client/create-chat-client.js';
import {Patience} from '../../src/behaviors/patience.js';
import type {ChatComposerElement} from '../../src/elements/chat-composer.js';
import type {ChatConversationElement} from '../../src/elements/chat-conversation.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {WsStatusBannerElement} from '../../src/elements/ws-status-banner.js';
import {registerLocale} from '../../src/i18n/index.js';
import {ApiError, systemClock} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer, textOf, within} from '../support/chat.js';
import {collectWarnings} from '../support/warnings.js';
import {still} from '../support/still.js';
import {frames} from './messages.js';

describe('<chat-conversation>', () => {
  let server: FakeServer;

  const messages = (el: Element) =>
    [...within(el, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message')].map((message) => message.message?.content);

  async function settle(el: ChatConversationElement): Promise<void> {
    await server.settle();
    await el.updateComplete;
    await el.shadowRoot?.querySelector('chat-message-list')?.updateComplete;
  }

  async function conversation(
    template = html`<chat-conversation conversation-id="9"></chat-conversation>`,
  ): Promise<ChatConversationElement> {
    const box = await fixture(html`<chat-connection .client=${server.client({userId: 1})}>${template}</chat-connection>`);
    const el = box.querySelector('chat-conversation')!;
    el.style.blockSize = '600px';
    await settle(el);
    return el;
  }

  async function write(el: Element, text: string): Promise<ChatComposerElement> {
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    const field = within<HTMLTextAreaElement>(composer, 'textarea');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    await composer.updateComplete;
    return composer;
  }

  async function send(el: ChatConversationElement, text: string): Promise<void> {
    const composer = await write(el, text);
    within<HTMLButtonElement>(composer, '[part=send-button]').click();
    await settle(el);
  }

  /** Scrolls up as somebody does who reads on. Resolves with a row that they see then. */
  async function scrollUp(el: ChatConversationElement): Promise<Element> {
    const scroller = within(within(el, 'chat-message-list'), '.scroller');
    scroller.scrollTop -= 400;
    scroller.dispatchEvent(new Event('scroll'));
    await settle(el);
    return [...scroller.querySelectorAll('chat-message')].find((row) => row.getBoundingClientRect().top > 100)!;
  }

  beforeEach(() => {
    server = chatServer();
    Patience.clock = server.clock;
  });

  afterEach(() => {
    server.dispose();
    Patience.clock = systemClock;
  });

  it('shows who it is with, and what was said', async () => {
    const el = await conversation();
    expect(textOf(el, '[part=title]')).to.equal('Design team');
    expect(textOf(el, '[part=status]')).to.equal('Vali and Nodira');
    expect(messages(el)).to.have.length(3);
  });

  it('has the browser learn how times are written while the messages are on their way', async () => {
    const {DateTimeFormat} = Intl;
    const learnt = new Promise<void>((resolve) => {
      Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
        construct(target, [locale, options]: ConstructorParameters<typeof DateTimeFormat>) {
          resolve();
          return new target(locale, options);
        },
      });
    });
    try {
      server.stop();
      // One that no other test has written a time in.
      registerLocale({locale: 'sw'});
      const el = await conversation(html`<chat-conversation conversation-id="9" locale="sw"></chat-conversation>`);
      await learnt;
      expect(el.shadowRoot!.querySelector('chat-message-list')?.messages ?? []).to.have.length(0);
    } finally {
      Intl.DateTimeFormat = DateTimeFormat;
    }
  });

  it('sends what is written, shows it once, and tells the page', async () => {
    const el = await conversation();
    const sent = oneEvent(el, 'chat-message-sent');
    await send(el, 'On my way');
    expect((await sent).detail.message.content).to.equal('On my way');
    expect(messages(el).filter((content) => content === 'On my way')).to.have.length(1);
    const rows = [...within(el, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message')];
    expect(rows.map(({own}) => own)).to.deep.equal([...server.messages(9).map(({sender}) => sender.id === 1)]);
    expect(server.messages(9).at(-1)).to.include({content: 'On my way'});
  });

  it('lets the page hold a message up, and keeps what was written', async () => {
    const el = await conversation();
    el.addEventListener('chat-before-send', (event) => event.preventDefault());
    await send(el, 'not yet');
    expect(server.messages(9)).to.have.length(3);
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('not yet');
  });

  it('gives back the files of what the page holds up, too, unless the page has put something else into the composer', async () => {
    const [files, others] = ['a.txt', 'b.txt'].map((name) => [new File(['1'], name)]);
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    el.addEventListener('chat-before-send', (event) => event.preventDefault());
    composer.files = files!;
    await send(el, '/help');
    expect(composer.files).to.deep.equal(files);
    el.addEventListener('chat-before-send', () => Object.assign(composer, {value: 'Can you help me?', files: others}));
    await send(el, '/help');
    expect(composer.value).to.equal('Can you help me?');
    expect(composer.files).to.deep.equal(others);
  });

  it('keeps what the page holds up in its own conversation, whatever the page opens', async () => {
    const files = [new File(['1'], 'a.txt')];
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    for (const id of [10, undefined]) {
      el.addEventListener(
        'chat-before-send',
        (event) => {
          event.preventDefault();
          el.conversationId = id;
        },
        {once: true},
      );
      const composer = within<ChatComposerElement>(el, 'chat-composer');
      composer.files = files;
      await send(el, 'only for the team');
      if (id) expect([composer.value, composer.files]).to.deep.equal(['', []]);
      el.conversationId = 9;
      await settle(el);
      expect([composer.value, composer.files]).to.deep.equal(['only for the team', files]);
    }
  });

  it('tells the page of messages that come in', async () => {
    const el = await conversation();
    const received = oneEvent(el, 'chat-message-received');
    server.message({conversationId: 9, from: 2, content: 'hello'});
    await settle(el);
    expect((await received).detail.message.content).to.equal('hello');
    expect(messages(el).at(-1)).to.equal('hello');
  });

  it('tells the page of no message that comes into another conversation, or while it is out of the page', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    const box = el.parentElement!;
    const received: unknown[] = [];
    el.addEventListener('chat-message-received', ({detail}) => received.push(detail.message.content));
    const close = el.closest('chat-connection')!.client!.conversation(9).open();
    el.conversationId = 10;
    await settle(el);
    server.message({conversationId: 9, from: 2, content: 'in the other one'});
    await settle(el);
    el.conversationId = 9;
    await settle(el);
    el.remove();
    server.message({conversationId: 9, from: 2, content: 'while it was away'});
    await settle(el);
    box.append(el);
    await settle(el);
    server.message({conversationId: 9, from: 2, content: 'here'});
    await settle(el);
    expect(received).to.deep.equal(['here']);
    close();
  });

  it('tells nobody of a message that was deleted before it came', async () => {
    const el = await conversation();
    const received: unknown[] = [];
    el.addEventListener('chat-message-received', ({detail}) => received.push(detail.message.content));
    server.stop('sockets');
    await server.settle();
    server.message({conversationId: 9, from: 2, content: 'said in anger'});
    server.remove(server.messages(9).at(-1)!.id);
    server.message({conversationId: 9, from: 2, content: 'said calmly'});
    server.start();
    await server.advance(30_000);
    await settle(el);
    expect(messages(el)).to.have.length(5);
    expect(received).to.deep.equal(['said calmly']);
  });

  it('says who is writing, under the title and after the last message', async () => {
    const el = await conversation();
    server.typing({conversationId: 9, user: 3});
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Nodira is typing');
    expect(textOf(within(el, 'typing-indicator'), '[part=text]')).to.equal('Nodira is typing');
  });

  it('says under the title what is wrong with the connection if it lasts, and nothing of a short break', async () => {
    const el = await conversation();
    const line = () => textOf(el, '[part=status]');
    server.stop();
    await server.advance(700);
    await settle(el);
    expect(line(), 'after a moment').to.equal('Vali and Nodira');
    await server.advance(200);
    await settle(el);
    expect(line(), 'after a while').to.equal('Connection lost');
    server.start();
    await server.advance(30_000);
    await settle(el);
    expect(line(), 'afterwards').to.equal('Vali and Nodira');
    server.stop();
    await server.advance(700);
    await settle(el);
    expect(line(), 'at the next break').to.equal('Vali and Nodira');
  });

  it('says nothing under the title of the rest that its page has while somebody is on another one', async () => {
    const el = await conversation();
    const client = el.closest('chat-connection')!.client!;
    const tell = (type: string) => dispatchEvent(new PageTransitionEvent(type, {persisted: true}));
    tell('pagehide');
    await server.advance(1000);
    await settle(el);
    expect(client.state).to.equal('suspended');
    expect(textOf(el, '[part=status]')).to.equal('Vali and Nodira');
    tell('pageshow');
    await settle(el);
    expect(client.isConnected).to.equal(true);
  });

  it('says under the title that what was missed is on its way, if that lasts', async () => {
    const el = await conversation();
    server.stop('sockets');
    await server.settle();
    server.faults.rest({match: '/changes', delay: 8000});
    server.start();
    const {client} = el.closest('chat-connection')!;
    for (let waited = 0; waited < 60 && !client!.isConnected; waited += 1) await server.advance(1000);
    await server.advance(1000);
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Fetching what you missed…');
    await server.advance(8000);
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Vali and Nodira');
  });

  it('takes the time that it was out of the page for none in which something lasted', async () => {
    const el = await conversation();
    const box = el.parentElement!;
    server.stop();
    await server.advance(700);
    el.remove();
    await server.advance(1000);
    box.append(el);
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Vali and Nodira');
    await server.advance(900);
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Connection lost');
  });

  it('keeps the place of picture and title while it is not known who it is with', async () => {
    const client = server.client({userId: 1});
    const el = await fixture<ChatConversationElement>(
      html`<chat-conversation conversation-id="9" .client=${client}></chat-conversation>`,
    );
    const coming = () => [...el.shadowRoot!.querySelectorAll('.coming')].map(({parentElement}) => parentElement!.localName);
    const start = () => within(el, '[part=title]').getBoundingClientRect().left;
    expect(coming()).to.deep.equal(['header', 'h2']);
    expect(within(el, '[part=avatar]').matches('.coming'), 'a page that hides the picture wants none in its place').to.equal(
      true,
    );
    await still();
    await expect(el).to.be.accessible();
    const before = start();
    el.heading = 'Support';
    await el.updateComplete;
    expect(coming(), 'with a title of the page').to.deep.equal(['header']);
    el.heading = undefined;
    void client.connect();
    await settle(el);
    expect(textOf(el, '[part=title]')).to.equal('Design team');
    expect(coming(), 'once it is known').to.deep.equal([]);
    expect(start()).to.equal(before);
    el.removeAttribute('conversation-id');
    await settle(el);
    expect(coming(), 'where nothing is open').to.deep.equal([]);
  });

  it('waits a moment longer for the title where the messages come first, and then does without', async () => {
    // However often it is asked for: a busy machine may need more than the two questions of any opening.
    server.faults.rest({delay: 2000, times: Infinity, match: /GET .*conversations\/9$/u});
    const el = await conversation();
    expect(messages(el)).to.have.length(3);
    expect(el.shadowRoot!.querySelectorAll('.coming')).to.have.length(2);
    await server.advance(900);
    await settle(el);
    expect(el.shadowRoot!.querySelectorAll('.coming')).to.have.length(0);
    expect(textOf(el, '[part=title]')).to.equal('Conversation');
    await server.advance(1200);
    await settle(el);
    expect(textOf(el, '[part=title]')).to.equal('Design team');
  });

  it('goes on with the placeholders that were there before the client, and leaves room for the composer', async () => {
    const box = await fixture<HTMLElement & {client?: unknown}>(
      html`<chat-connection manual>
        <chat-conversation conversation-id="9" style="block-size: 600px"></chat-conversation>
      </chat-connection>`,
    );
    const el = box.querySelector('chat-conversation')!;
    await el.updateComplete;
    const place = () => {
      const {bottom, height} = within(el, '[part=placeholders]').getBoundingClientRect();
      return [bottom, height];
    };
    const starts = () => getComputedStyle(within(el, '[part=placeholders]')).animationDelay;
    const before = place();
    expect(starts(), 'at first').to.equal('0.15s, 0.15s');
    server.faults.rest({delay: 1000, match: /messages/u});
    const client = server.client({userId: 1});
    box.client = client;
    void client.connect();
    await settle(el);
    expect(within(el, '.foot').checkVisibility({visibilityProperty: true})).to.equal(true);
    expect(place()).to.deep.equal(before);
    expect(starts()).to.equal('-0.16s, 0s');
    await server.advance(1000);
    await settle(el);
    expect(messages(el)).to.have.length(3);
    server.addConversation({id: 10, title: '', participants: [1, 2]});
    server.faults.rest({delay: 1000, match: /messages/u});
    el.conversationId = 10;
    await settle(el);
    expect(starts(), 'of the next conversation').to.equal('0.15s, 0.15s');
  });

  it('keeps no place for what cannot be had', async () => {
    server.faults.rest({status: 403, times: Infinity, match: 'conversations/9'});
    const el = await conversation();
    expect(el.shadowRoot!.querySelector('[part=error]'), 'failed').not.to.equal(null);
    expect(el.shadowRoot!.querySelectorAll('.coming')).to.have.length(0);
  });

  it('asks who it is with before it asks for the messages, which take longer', async () => {
    await conversation();
    const paths = server.log.requests.map(({path}) => path);
    const details = paths.findIndex((path) => path.endsWith('conversations/9'));
    expect(details)
      .to.be.at.least(0)
      .and.below(paths.findIndex((path) => path.includes('/messages')));
  });

  it('is called as the page says, or as the server does, or by who is in it', async () => {
    const users = ['Ali', 'Vali Karimov', 'Nodira Rahimova', 'Karim Aliyev', '', 'Olim'].map((name, n) => ({id: n + 1, name}));
    server.dispose();
    server = chatServer({
      users,
      conversations: [
        {id: 9, title: 'Design team', participants: [1, 2, 3]},
        {id: 10, title: '', participants: [1, 2, 3, 4, 5, 6]},
        {id: 11, title: '', participants: [1, 2]},
        {id: 12, title: '', participants: [1, 5]},
        {id: 13, title: '', participants: [1]},
      ],
    });
    const el = await conversation();
    const shown = async (conversationId: number, heading?: string): Promise<readonly string[]> => {
      Object.assign(el, {conversationId, heading});
      await settle(el);
      return [textOf(el, '[part=title]'), textOf(el, '[part=status]')];
    };
    expect(await shown(9)).to.deep.equal(['Design team', 'Vali and Nodira']);
    expect(await shown(9, 'Room 4')).to.deep.equal(['Room 4', 'Vali and Nodira']);
    expect(await shown(10)).to.deep.equal([
      'Vali Karimov, Nodira Rahimova, Karim Aliyev, and 2 others',
      'Vali, Nodira, and 3 others',
    ]);
    expect(await shown(11)).to.deep.equal(['Vali Karimov', '']);
    expect(await shown(11, 'Support')).to.deep.equal(['Support', 'Vali']);
    expect(await shown(12)).to.deep.equal(['Somebody', '']);
    expect(await shown(12, 'Support'), 'nothing is known of them').to.deep.equal(['Support', '']);
    expect(await shown(13)).to.deep.equal(['Conversation', '']);
  });

  it('is not called by who uses the page, whose id an attribute gives as text', async () => {
    server.dispose();
    server = chatServer({conversations: [{id: 9, title: '', participants: [1, 2], messages: 1}]});
    const client = server.client({userId: '1'});
    const box = await fixture(html`
      <chat-connection .client=${client}><chat-conversation conversation-id="9"></chat-conversation></chat-connection>
    `);
    const el = box.querySelector('chat-conversation')!;
    await settle(el);
    expect([textOf(el, '[part=title]'), textOf(el, '[part=status]')]).to.deep.equal(['Vali Karimov', '']);
  });

  it('has its title in the middle while no line is under it, and glides to where it is with one', async () => {
    server.addConversation({id: 10, title: '', participants: [1, 2]});
    const el = await conversation(html`<chat-conversation conversation-id="10"></chat-conversation>`);
    const middleOf = (part: string) => {
      const {top, bottom} = within(el, `[part=${part}]`).getBoundingClientRect();
      return (top + bottom) / 2;
    };
    // It was connecting a moment ago, and said so there.
    for (const glide of within(el, '[part=status]').getAnimations()) glide.finish();
    // The line below the header is part of it.
    expect(middleOf('title')).to.be.closeTo(middleOf('header') - 0.5, 0.1);
    const before = middleOf('title');
    el.style.setProperty('--chat-motion', '60s');
    server.typing({conversationId: 10, user: 2});
    await settle(el);
    const line = within(el, '[part=status]');
    expect(line.textContent).to.equal('Vali is typing');
    const [glide] = line.getAnimations();
    glide!.pause();
    glide!.currentTime = 0;
    expect(middleOf('title'), 'at first').to.be.closeTo(before, 0.1);
    glide!.finish();
    expect(middleOf('title'), 'in the end').to.be.closeTo(before - line.offsetHeight / 2, 0.1);
  });

  it('lets no name turn around the sentence that it stands in', async () => {
    server.dispose();
    server = chatServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: '\u202eVali'},
        {id: 3, name: 'Nodira'},
      ],
      conversations: [{id: 9, title: '', messages: 3}],
    });
    const el = await conversation();
    expect(textOf(el, '[part=title]')).to.equal('Vali and Nodira');
    server.typing({conversationId: 9, user: 2});
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Vali is typing');
  });

  it('shows the picture of whom it is with, also after one that could not be loaded', async () => {
    const [good, bad] = ['/test/snapshots/empty.png', '/no-such-picture.png'].map((path) => new URL(path, location.href).href);
    server = chatServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: 'Vali', avatarUrl: bad!},
        {id: 3, name: 'Nodira', avatarUrl: good!},
      ],
      conversations: [
        {id: 9, participants: [1, 2], messages: 1},
        {id: 10, participants: [1, 3], messages: 1},
      ],
    });
    const el = await conversation(html`<chat-conversation conversation-id="10"></chat-conversation>`);
    const picture = () => within<HTMLImageElement>(el, 'header .avatar img');
    const isSeen = () => picture().checkVisibility({visibilityProperty: true});
    await waitUntil(() => picture().complete);
    expect(isSeen(), 'the good one').to.equal(true);
    el.conversationId = 9;
    await settle(el);
    await waitUntil(() => !isSeen(), 'the bad one is not shown');
    el.conversationId = 10;
    await settle(el);
    await waitUntil(() => isSeen(), 'the good one is shown again');
    expect(picture().src).to.equal(good);
  });

  it('shows no face of one among several, and its own picture where it has one', async () => {
    const [face, own] = ['/test/snapshots/empty.png', '/test/snapshots/message-failed.png'].map(
      (path) => new URL(path, location.href).href,
    );
    const users = [
      {id: 1, name: 'Ali'},
      {id: 2, name: 'Vali', avatarUrl: face!},
      {id: 3, name: 'Nodira'},
    ];
    server = chatServer({
      users,
      conversations: [9, 10].map((id) => ({id, title: '', participants: id === 9 ? [1, 2, 3] : [1, 2]})),
    });
    const el = await conversation();
    expect(textOf(el, 'header .avatar')).to.equal('VN');
    expect(el.shadowRoot!.querySelector('header .avatar img') === null).to.equal(true);
    const participants = users.slice(0, 2).map(({id, name, avatarUrl = null}) => ({id, name, avatar_url: avatarUrl}));
    const data = {id: 10, title: 'The two of us', avatar_url: own, participants, last_message: null, unread_count: 0};
    const body = JSON.stringify({data: {...data, revision: 0, features: []}});
    server.faults.rest({match: /conversations\/10$/u, body, times: Infinity});
    el.conversationId = 10;
    await settle(el);
    expect(within<HTMLImageElement>(el, 'header .avatar img').src).to.equal(own);
  });

  it('tells the server that the person is writing', async () => {
    const el = await conversation();
    await write(el, 'h');
    await settle(el);
    expect(server.log.requests.filter(({path}) => path.endsWith('/typing'))).to.have.length(1);
  });

  it('tells the server what was seen', async () => {
    const el = await conversation();
    const seen = oneEvent(el, 'chat-messages-visible');
    server.message({conversationId: 9, from: 2, content: 'hello'});
    await settle(el);
    await seen;
    await server.advance(300);
    expect(server.log.requests.filter(({path}) => path.endsWith('/conversations/9/read'))).to.have.length.above(0);
  });

  it('sends again what was refused, and lets go of what somebody gives up', async () => {
    const el = await conversation();
    const press = async (button: number): Promise<void> => {
      const rows = within(el, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message');
      rows[rows.length - 1]!.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=why] button')[button]!.click();
      await settle(el);
    };
    server.faults.rest({match: /POST .*messages$/, status: 422, times: 2});
    await send(el, 'again');
    await press(0);
    expect(server.messages(9)).to.have.length(3);
    await press(0);
    expect(server.messages(9).at(-1)).to.include({content: 'again'});
    server.faults.rest({match: /POST .*messages$/, status: 422, times: 1});
    await send(el, 'never mind');
    await press(1);
    expect(messages(el).at(-1)).to.equal('again');
  });

  it('leaves what was refused late in its own conversation, whatever is open by then', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    let refuse: (error: ApiError) => void = () => undefined;
    // An API of the page, whose errors may lack a status.
    Object.assign(el.closest('chat-connection')!.client!.api, {
      sendMessage: () => new Promise((_resolve, reject) => (refuse = reject)),
    });
    await send(el, 'only for the team');
    el.conversationId = 10;
    await settle(el);
    refuse(new ApiError('invalid', 'Not here.'));
    await settle(el);
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('');
    el.conversationId = 9;
    await settle(el);
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('');
    expect(messages(el)).to.include('only for the team');
  });

  it('keeps the draft of each conversation', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    await write(el, 'half a thought');
    el.conversationId = 10;
    await settle(el);
    expect(textOf(el, '[part=title]')).to.equal('Another');
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('');
    el.conversationId = 9;
    await settle(el);
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('half a thought');
  });

  it('keeps the files that are to go with a message in their conversation', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    const file = new File(['1'], 'salaries.txt');
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    composer.files = [file];
    el.conversationId = 10;
    await settle(el);
    expect(composer.files, 'in another one').to.deep.equal([]);
    el.conversationId = 9;
    await settle(el);
    expect(composer.files, 'on the way back').to.deep.equal([file]);
  });

  it('shows what is written in another tab, but not over what is being written here', async () => {
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    // As the client does that hears of it from another tab.
    const changeElsewhere = async (text: string): Promise<void> => {
      el.closest('chat-connection')!.client!.conversation(9).draft = text;
      await settle(el);
    };
    el.focus();
    await changeElsewhere('half');
    expect(composer.value, 'where nothing is written').to.equal('half');
    await changeElsewhere('half a thought');
    expect(composer.value, 'while it is being written in').to.equal('half');
    within<HTMLTextAreaElement>(composer, 'textarea').blur();
    await changeElsewhere('a whole thought');
    expect(composer.value, 'once it is left').to.equal('a whole thought');
    composer.value = 'put there by the page';
    server.typing({conversationId: 9, user: 2});
    await settle(el);
    expect(composer.value, 'when something else has changed').to.equal('put there by the page');
  });

  it('leaves to whoever comes next no file of any conversation', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    composer.files = [new File(['1'], 'salaries.txt')];
    el.conversationId = 10;
    await settle(el);
    el.closest('chat-connection')!.client = server.client({userId: 2});
    await settle(el);
    el.conversationId = 9;
    await settle(el);
    expect(composer.files).to.deep.equal([]);
  });

  it('takes files that are dropped anywhere in it, for as long as there is something to take them', async () => {
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    await composer.updateComplete;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1'], 'a.png'));
    const drop = (): boolean =>
      within(el, 'chat-message-list').dispatchEvent(
        new DragEvent('drop', {bubbles: true, composed: true, cancelable: true, dataTransfer}),
      );
    expect(drop(), 'the page does not open it').to.equal(false);
    expect(composer.files.map(({name}) => name)).to.deep.equal(['a.png']);
    el.readonly = true;
    await settle(el);
    expect(drop(), 'nobody takes it, and still the page does not open it').to.equal(false);
    expect(composer.files).to.have.length(1);
  });

  it('takes files that are dropped anywhere in it for a composer that the page has put there, too', async () => {
    const el = await conversation(
      html`<chat-conversation conversation-id="9"
        ><div slot="composer"><chat-composer accept="image/*"></chat-composer></div
      ></chat-conversation>`,
    );
    const composer = el.querySelector('chat-composer')!;
    await composer.updateComplete;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1'], 'a.png', {type: 'image/png'}));
    within(el, 'chat-message-list').dispatchEvent(
      new DragEvent('drop', {bubbles: true, composed: true, cancelable: true, dataTransfer}),
    );
    expect(composer.files.map(({name}) => name)).to.deep.equal(['a.png']);
  });

  it('takes none of its own pictures, which Chromium lets be dragged as files', async () => {
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    await composer.updateComplete;
    const list = within(el, 'chat-message-list');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1'], 'a.png'));
    const drag = (...types: string[]): void => {
      for (const type of types) {
        list.dispatchEvent(new DragEvent(type, {bubbles: true, composed: true, cancelable: true, dataTransfer}));
      }
    };
    drag('dragstart', 'dragenter', 'dragover');
    expect(composer.hasAttribute('data-drop')).to.equal(false);
    drag('drop');
    expect(composer.files).to.have.length(0);
    drag('dragend', 'drop');
    expect(composer.files, 'of another one').to.have.length(1);
  });

  it('leaves what it said of a file behind with its conversation', async () => {
    server.addConversation({id: 10, title: 'Another', features: ['attach']});
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    await composer.updateComplete;
    composer.maxFileSize = 3;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['12345'], 'salaries.txt'));
    composer.dispatchEvent(new DragEvent('drop', {bubbles: true, composed: true, cancelable: true, dataTransfer}));
    await composer.updateComplete;
    expect(textOf(composer, '[part=note]')).to.contain('salaries.txt is too large');
    el.conversationId = 10;
    await settle(el);
    expect(textOf(composer, '[part=note]')).to.equal('');
  });

  it('keeps the button for files while the next conversation is on its way', async () => {
    server.addConversation({id: 10, title: 'Another', features: ['attach']});
    server.addConversation({id: 11, title: 'Without files', features: []});
    const el = await conversation();
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    expect(composer.accept).to.equal('*/*');
    for (const {id, accept} of [
      {id: 10, accept: '*/*'},
      {id: 11, accept: undefined},
    ]) {
      server.faults.rest({delay: 500, times: 3});
      el.conversationId = id;
      await settle(el);
      expect(textOf(el, '[part=title]'), 'not known yet').to.equal('Conversation');
      expect(composer.accept).to.equal('*/*');
      await server.advance(2000);
      await settle(el);
      expect(textOf(el, '[part=title]')).to.be.oneOf(['Another', 'Without files']);
      expect(composer.accept ?? undefined).to.equal(accept);
    }
  });

  it('has the draft again when readonly is taken back', async () => {
    const el = await conversation();
    await write(el, 'half a thought');
    el.readonly = true;
    await settle(el);
    el.readonly = false;
    await settle(el);
    expect(within<ChatComposerElement>(el, 'chat-composer').value).to.equal('half a thought');
  });

  it('has the files again when readonly is taken back', async () => {
    const el = await conversation();
    const files = [new File(['1'], 'a.txt')];
    within<ChatComposerElement>(el, 'chat-composer').files = files;
    el.readonly = true;
    await settle(el);
    el.readonly = false;
    await settle(el);
    expect(within<ChatComposerElement>(el, 'chat-composer').files).to.deep.equal(files);
  });

  it('keeps what was written and chosen when its person gets another client', async () => {
    const el = await conversation();
    const composer = await write(el, 'half a thought');
    const files = [new File(['1'], 'a.txt')];
    composer.files = files;
    el.closest('chat-connection')!.client = server.client({userId: '1'});
    await settle(el);
    expect(composer.value).to.equal('half a thought');
    expect(composer.files).to.deep.equal(files);
  });

  it('leaves who reads on where they are when what was sent is stored late', async () => {
    server.dispose();
    server = chatServer({messages: 60});
    const el = await conversation();
    server.faults.rest({delay: 3000, match: 'POST /api/conversations/9/messages'});
    await send(el, 'On my way');
    const read = await scrollUp(el);
    const {top} = read.getBoundingClientRect();
    await server.advance(3000);
    await settle(el);
    expect(server.messages(9).at(-1)).to.include({content: 'On my way'});
    expect(read.getBoundingClientRect().top).to.be.closeTo(top, 1);
  });

  it('leaves who reads on where they are when they have written on another device', async () => {
    server.dispose();
    server = chatServer({messages: 60});
    const el = await conversation();
    const read = await scrollUp(el);
    const {top} = read.getBoundingClientRect();
    server.message({conversationId: 9, from: 1, content: 'From my phone'});
    await settle(el);
    expect(within<ChatMessageListElement>(el, 'chat-message-list').messages.at(-1)).to.include({content: 'From my phone'});
    expect(read.getBoundingClientRect().top).to.be.closeTo(top, 1);
  });

  it('lets the banner and the dialog know whether unsent words survive a reload', async () => {
    const el = await conversation();
    for (const storage of ['memory', 'persistent'] as const) {
      const client = server.client({userId: 1, environment: {...server.environment, storage}});
      el.closest('chat-connection')!.client = client;
      await server.settle(() => client.isConnected);
      await server.settle(() => client.conversation(9).snapshot().unsentIsSafe === (storage === 'persistent'));
      await settle(el);
      for (const name of ['ws-status-banner', 'ws-error-dialog'] as const) {
        expect(within<HTMLElementTagNameMap[typeof name]>(el, name).unsentIsSafe, name).to.equal(storage === 'persistent');
      }
      await client.shutdown();
    }
  });

  it('leaves nothing of what somebody was writing to whoever comes next', async () => {
    for (const leave of [
      (el: ChatConversationElement) => el.closest('chat-connection')!.shutdown(),
      (el: ChatConversationElement) => el.closest('chat-connection')!.client!.connect({userId: 2, token: server.token(2)}),
    ]) {
      const el = await conversation();
      el.focus();
      const composer = await write(el, 'secret');
      const left = leave(el);
      await settle(el);
      await left;
      await settle(el);
      expect(composer.value).to.equal('');
      el.closest('chat-connection')!.remove();
    }
  });

  it('invites to write the first message', async () => {
    server.dispose();
    server = chatServer({messages: 0});
    const el = await conversation();
    expect(textOf(el, '[part=empty]')).to.contain('No messages yet');
    await still();
    await expect(el).to.be.accessible();
  });

  it('says that loading failed, and loads again on request', async () => {
    const takeBack = server.faults.rest({status: 403, times: Infinity, match: '/messages'});
    const el = await conversation();
    expect(textOf(el, '[part=error]')).to.contain('could not be loaded').and.contain('You may not do this');
    await still();
    await expect(el).to.be.accessible();
    takeBack();
    within<HTMLButtonElement>(el, '[part=error] button').click();
    await settle(el);
    expect(messages(el)).to.have.length(3);
  });

  it('shows shapes of bubbles while it loads', async () => {
    server.faults.rest({hang: true, match: '/messages'});
    const el = await conversation();
    expect(within(el, '[part=placeholders]').getAttribute('aria-label')).to.equal('Loading messages');
    expect(getComputedStyle(within(el, '[part=placeholders]')).animationDelay).to.contain('0.15s');
    const {width} = within(el, 'chat-message-list').getBoundingClientRect();
    for (const shape of within(el, '[part=placeholders]').children) {
      expect(shape.getBoundingClientRect().width, 'of a shape').to.be.greaterThan(width / 4);
    }
  });

  it('is as wide as its box, also where a page makes a flex box of it', async () => {
    const el = await conversation(html`<chat-conversation conversation-id="9" style="display: flex"></chat-conversation>`);
    expect(within(el, 'chat-message-list').offsetWidth).to.equal(el.offsetWidth);
  });

  it('breaks no word of what it says instead of messages in a column of 200 px', async () => {
    server.faults.rest({status: 500, times: Infinity, match: '/messages'});
    const el = await conversation(html`<chat-conversation conversation-id="9" style="inline-size: 200px"></chat-conversation>`);
    const text = [...within(el, '[part=error] strong').childNodes].find((node) => node instanceof Text)!;
    for (const {0: word, index} of text.textContent.matchAll(/\S+/g)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      expect(range.getClientRects(), word).to.have.length(1);
    }
  });

  it('asks to go back only with back', async () => {
    const el = await conversation();
    expect(el.shadowRoot!.querySelector('[part=back-button]')).to.equal(null);
    el.back = true;
    await el.updateComplete;
    const back = oneEvent(el, 'chat-back');
    within<HTMLButtonElement>(el, '[part=back-button]').click();
    await back;
  });

  it('takes no word with readonly, and says so', async () => {
    const el = await conversation(html`<chat-conversation conversation-id="9" readonly></chat-conversation>`);
    expect(el.shadowRoot!.querySelector('chat-composer')).to.equal(null);
    expect(textOf(el, '[part=readonly]')).to.contain('not write');
  });

  it('lets a page bring its own header, empty state and composer', async () => {
    const el = await conversation(
      html`<chat-conversation conversation-id="9"
        ><h1 slot="header">Mine</h1>
        <input slot="composer" aria-label="mine"
      /></chat-conversation>`,
    );
    const input = el.querySelector('input')!;
    input.dispatchEvent(new CustomEvent('chat-submit', {detail: {content: 'by hand', files: []}, bubbles: true, composed: true}));
    await settle(el);
    expect(server.messages(9).at(-1)).to.include({content: 'by hand'});
  });

  it('gives back to a composer of the page what the page holds up', async () => {
    const el = await conversation(
      html`<chat-conversation conversation-id="9"><input slot="composer" aria-label="mine" /></chat-conversation>`,
    );
    el.addEventListener('chat-before-send', (event) => event.preventDefault());
    const input = el.querySelector('input')!;
    input.dispatchEvent(new CustomEvent('chat-submit', {detail: {content: 'by hand', files: []}, bubbles: true, composed: true}));
    await settle(el);
    expect(input.value).to.equal('by hand');
  });

  it('sends the files of an input as a composer of the page hands them over, and says what it cannot send', async () => {
    const el = await conversation(
      html`<chat-conversation conversation-id="9"><input slot="composer" aria-label="mine" /></chat-conversation>`,
    );
    const submit = (detail: object): unknown =>
      el.querySelector('input')!.dispatchEvent(new CustomEvent('chat-submit', {detail, bubbles: true, composed: true}));
    const chosen = new DataTransfer();
    chosen.items.add(new File(['1'], 'plan.txt'));
    submit({content: 'by hand', files: chosen.files});
    await settle(el);
    expect(server.messages(9).at(-1)).to.include({content: 'by hand'});
    expect(
      server
        .messages(9)
        .at(-1)!
        .attachments.map(({name}) => name),
    ).to.deep.equal(['plan.txt']);
    const errors: unknown[] = [];
    const {reportError} = window;
    window.reportError = (error) => errors.push(error);
    submit({text: 'called something else'});
    await settle(el);
    window.reportError = reportError;
    expect(errors).to.have.length(1);
    expect(errors[0]).to.be.instanceOf(TypeError);
  });

  it('keeps the draft of each conversation in a composer of ours that a page sets up itself, too', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation(
      html`<chat-conversation conversation-id="9"
        ><chat-composer slot="composer" max-length="500"></chat-composer
      ></chat-conversation>`,
    );
    const composer = el.querySelector('chat-composer')!;
    el.focus();
    expect(document.activeElement === composer, 'has the cursor').to.equal(true);
    const field = within<HTMLTextAreaElement>(composer, 'textarea');
    field.value = 'half a thought';
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    await settle(el);
    expect(composer.value).to.equal('half a thought');
    el.conversationId = 10;
    await settle(el);
    expect(composer.value, 'in another one').to.equal('');
    el.conversationId = 9;
    await settle(el);
    expect(composer.value, 'on the way back').to.equal('half a thought');
  });

  it('offers to send again what was refused, also where the connection was not told who the person is', async () => {
    const {address, environment} = server;
    const client = createChatClient({...address, environment, token: server.token(1), userChannel: 'private-user.1'});
    const box = await fixture(
      html`<chat-connection .client=${client}><chat-conversation conversation-id="9"></chat-conversation></chat-connection>`,
    );
    const el = box.querySelector('chat-conversation')!;
    el.style.blockSize = '600px';
    await settle(el);
    server.faults.rest({match: /POST .*messages$/, status: 422, times: 1});
    await send(el, 'hello');
    const [row] = [...within(el, 'chat-message-list').shadowRoot!.querySelectorAll('chat-message')].slice(-1);
    expect(row!.message?.content).to.equal('hello');
    expect(textOf(row!, '[part=why]')).to.contain('Try again');
    client.dispose();
  });

  it('says in passing that a channel was refused, and the rest goes on', async () => {
    server.dispose();
    server = chatServer({
      conversationChannel: 'private-conversation.{id}',
      authorize: (_user, channel) => channel.startsWith('private-user.'),
    });
    const el = await conversation();
    await server.advance(5000);
    expect(textOf(within(el, 'chat-toast'), '[part=toast]')).to.contain('server refused access');
    await send(el, 'still here');
    expect(server.messages(9).at(-1)).to.include({content: 'still here'});
  });

  it('says nothing of a channel of another conversation that was refused', async () => {
    server.dispose();
    server = chatServer({
      conversationChannel: 'private-conversation.{id}',
      authorize: (_user, channel) => channel !== 'private-conversation.10',
    });
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    const {client} = el.closest('chat-connection')!;
    const errors: unknown[] = [];
    client!.onError(({code}) => errors.push(code));
    const close = client!.conversation(10).open();
    await server.advance(5000);
    await settle(el);
    expect(errors).to.have.length(1);
    expect(textOf(within(el, 'chat-toast'), '[part=toast]')).to.equal('');
    close();
  });

  it('leaves the button that leads to the end in sight while it says something, at 320 px', async () => {
    server = chatServer({messages: 120});
    const el = await conversation();
    el.style.inlineSize = '320px';
    await settle(el);
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    within(list, '.scroller').scrollTop = 100;
    for (let i = 0; i < 3; i++) {
      await frames(1);
      await settle(el);
    }
    const toast = within<HTMLElementTagNameMap['chat-toast']>(el, 'chat-toast');
    toast.show('Live updates are off here: the server refused access.');
    await toast.updateComplete;
    await still();
    const jump = within(list, '[part=jump-button]').getBoundingClientRect();
    expect(within(toast, '[part=toast]').getBoundingClientRect().bottom).to.be.at.most(jump.top);
  });

  it('says in another conversation nothing of the one before', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    const going = el.scrollToMessage(999);
    await settle(el);
    expect(await going).to.equal(false);
    const toast = () => textOf(within(el, 'chat-toast'), '[aria-live]');
    expect(toast()).not.to.equal('');
    el.conversationId = 10;
    await settle(el);
    expect(toast()).to.equal('');
  });

  it('says in another conversation nothing of a jump that fails late', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    server.faults.rest({status: 403, delay: 1000, match: '/9/messages'});
    const going = el.scrollToMessage(999);
    el.conversationId = 10;
    await settle(el);
    await server.advance(2000);
    expect(await going).to.equal(false);
    await settle(el);
    expect(textOf(within(el, 'chat-toast'), '[aria-live]')).to.equal('');
  });

  /** A conversation of forty messages, all of which have been read. */
  const readToItsEnd = async (): Promise<{el: ChatConversationElement; list: ChatMessageListElement}> => {
    server.dispose();
    server = chatServer({messages: 40});
    const el = await conversation();
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    el.closest('chat-connection')!
      .client!.conversation(9)
      .markRead(list.messages.map(({id}) => id));
    return {el, list};
  };

  it('says how many came in while it was away, and leads to the first of them', async () => {
    const {el, list} = await readToItsEnd();
    list.scrollToMessage(server.messages(9)[0]!.id);
    await settle(el);
    server.stop('sockets');
    await server.settle();
    for (const content of ['First', 'Second']) server.message({conversationId: 9, from: 2, content});
    server.start();
    await server.advance(30_000);
    await settle(el);
    expect(textOf(list, '[part=hint]')).to.equal('2 new messages while you were away');
    within<HTMLButtonElement>(list, '[part=hint]').click();
    await waitUntil(() => messages(el).includes('First'), 'the first of them is there', {timeout: 30_000});
    const divider = list.shadowRoot!.querySelector('[part="unread-divider"]');
    expect(divider?.closest('.row')?.querySelector('chat-message')?.message?.content).to.equal('First');
  });

  it('says so until the first of them has been seen, to who was at the end and sees the last ones at once', async () => {
    const {el, list} = await readToItsEnd();
    const sees = (content: string): Promise<void> =>
      new Promise((resolve) =>
        list.addEventListener('chat-messages-visible', ({detail}) => {
          if (detail.ids.some((id) => server.messages(9).find((message) => message.id === id)?.content === content)) resolve();
        }),
      );
    server.stop('sockets');
    await server.settle();
    for (let n = 1; n <= 30; n++) server.message({conversationId: 9, from: 2, content: `Missed ${n}`});
    const last = sees('Missed 30');
    server.start();
    await server.advance(30_000);
    await last;
    await settle(el);
    expect(textOf(list, '[part=hint]')).to.equal('30 new messages while you were away');
    const first = sees('Missed 1');
    within<HTMLButtonElement>(list, '[part=hint]').click();
    await first;
    await settle(el);
    expect(list.shadowRoot!.querySelector('[part=hint]')).to.equal(null);
  });

  for (const width of [480, 320]) {
    it(`leaves the way to load again in sight while there is no connection, at ${width} px`, async () => {
      server = chatServer({messages: 120});
      WsStatusBannerElement.clock = server.clock;
      const el = await conversation();
      el.style.inlineSize = `${width}px`;
      const list = within<ChatMessageListElement>(el, 'chat-message-list');
      const rest = async (ms = 0): Promise<void> => {
        if (ms > 0) await server.advance(ms);
        for (let i = 0; i < 3; i++) {
          await settle(el);
          await frames(1);
        }
      };
      server.stop();
      await rest(2000);
      within(list, '.scroller').scrollTop = 0;
      await rest(2000);
      WsStatusBannerElement.clock = systemClock;
      expect(list.olderError).not.to.equal(null);
      const banner = within(within(el, 'ws-status-banner'), '[part=banner]').getBoundingClientRect();
      const hint = within(list, '[part=hint]').getBoundingClientRect();
      expect(banner.height).to.be.above(0);
      expect(hint.top - banner.bottom).to.be.within(4, 8);
    });
  }

  it('moves no message when several people begin to write, and two lines say so, at 320 px', async () => {
    const el = await conversation(html`<chat-conversation conversation-id="9" style="inline-size: 320px"></chat-conversation>`);
    await still();
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    const bottom = (): number => [...list.shadowRoot!.querySelectorAll('chat-message')].at(-1)!.getBoundingClientRect().bottom;
    const before = bottom();
    ['Konstantin', 'Alexandra', 'Maximilian'].forEach((name, i) => {
      server.typing({conversationId: 9, user: {id: 50 + i, name}});
    });
    await settle(el);
    await frames(2);
    const line = within(el, 'typing-indicator').shadowRoot!.querySelector('[part=text]')!;
    expect(line.getBoundingClientRect().height, 'of two lines').to.be.greaterThan(25);
    expect(bottom()).to.equal(before);
  });

  it('leaves no room for a banner that has nothing to say', async () => {
    server = chatServer({messages: 120});
    const el = await conversation();
    const list = within<ChatMessageListElement>(el, 'chat-message-list');
    list.loadingOlder = true;
    await list.updateComplete;
    const top = within(list, '[part=hint]').getBoundingClientRect().top;
    expect(top - list.getBoundingClientRect().top).to.equal(10);
  });

  it('says under the title that messages may be missing, for as long as what was missed cannot be had', async () => {
    const el = await conversation();
    server.stop('sockets');
    await server.settle();
    const takeBack = server.faults.rest({status: 500, times: Infinity, match: '/changes'});
    server.start();
    await server.advance(60_000);
    await settle(el);
    expect(el.closest('chat-connection')!.client!.conversation(9).snapshot().sync).to.equal('degraded');
    expect(textOf(el, '[part=status]')).to.equal('The messages could not be loaded.');
    expect(textOf(el, '[role=alert]'), 'said to a screen reader').to.equal('The messages could not be loaded.');
    takeBack();
    await server.advance(60_000);
    await settle(el);
    expect(textOf(el, '[part=status]')).to.equal('Vali and Nodira');
    expect(el.shadowRoot!.querySelector('[role=alert]') === null).to.equal(true);
  });

  for (const [width, scale, what] of [
    [320, 1, 'at 320 px with wide spacing'],
    [480, 2, 'with letters twice as large'],
  ] as const) {
    it(`cuts off neither its title nor the line under it ${what}`, async () => {
      server.addConversation({id: 10, title: 'Building permit 2024/1182, Independence Street 15'});
      const el = await conversation(html`<chat-conversation conversation-id="10" back></chat-conversation>`);
      el.style.inlineSize = `${width}px`;
      for (const part of ['title', 'status']) {
        const element = within(el, `[part=${part}]`);
        const size = parseFloat(getComputedStyle(element).fontSize) * scale;
        element.style.font = `${size}px / 1.5 ${getComputedStyle(element).fontFamily}`;
        if (scale === 1) element.style.letterSpacing = '0.12em';
        const {scrollWidth, clientWidth, scrollHeight, clientHeight} = element;
        expect(scrollWidth - clientWidth, `width of the ${part}`).to.equal(0);
        expect(scrollHeight - clientHeight, `height of the ${part}`).to.be.at.most(1);
      }
    });
  }

  it('finds its connection by id, and also one that comes later', async () => {
    const el = await fixture<ChatConversationElement>(
      html`<chat-conversation connection="late" conversation-id="9"></chat-conversation>`,
    );
    const connection = document.createElement('chat-connection');
    connection.id = 'late';
    connection.client = server.client({userId: 1});
    document.body.append(connection);
    await settle(el);
    expect(textOf(el, '[part=title]')).to.equal('Design team');
    connection.remove();
  });

  it('takes a client of its own', async () => {
    const client = server.client({userId: 1});
    void client.connect();
    const el = await fixture<ChatConversationElement>(
      html`<chat-conversation .client=${client} .conversationId=${9}></chat-conversation>`,
    );
    await settle(el);
    expect(messages(el)).to.have.length(3);
  });

  it('finds its connection through shadow roots, and in any order of upgrade', async () => {
    const host = await fixture(html`<div></div>`);
    const connection = document.createElement('chat-connection');
    const inner = document.createElement('div');
    inner.attachShadow({mode: 'open'}).innerHTML = '<chat-conversation conversation-id="9"></chat-conversation>';
    connection.append(inner);
    connection.manual = true;
    host.append(connection);
    const el = inner.shadowRoot!.querySelector('chat-conversation')!;
    await el.updateComplete;
    connection.client = server.client({userId: 1});
    await connection.updateComplete;
    void connection.connect();
    await settle(el);
    expect(textOf(el, '[part=title]')).to.equal('Design team');
  });

  it('sends to the conversation whose id was set right before', async () => {
    server.addConversation({id: 10, title: 'Another'});
    const el = await conversation();
    el.conversationId = 10;
    const sent = el.send('to the other one');
    await settle(el);
    expect(await sent).to.include({content: 'to the other one', conversationId: 10});
    expect(server.messages(9)).to.have.length(3);
  });

  it('puts the cursor into the composer, before its first update too', async () => {
    const box = await fixture(html`<chat-connection .client=${server.client({userId: 1})}></chat-connection>`);
    const el = Object.assign(document.createElement('chat-conversation'), {conversationId: 9});
    box.append(el);
    el.focus();
    await settle(el);
    const composer = within<ChatComposerElement>(el, 'chat-composer');
    await composer.updateComplete;
    expect(composer.matches(':focus-within')).to.equal(true);
  });

  it('puts the cursor into the composer of a conversation that was opened right before', async () => {
    const el = await conversation(html`<chat-conversation></chat-conversation>`);
    el.conversationId = 9;
    el.focus();
    expect(within(el, 'chat-composer').matches(':focus-within')).to.equal(true);
  });

  it('keeps the last message in sight while the field grows with what is written', async () => {
    server.message({conversationId: 9, from: 2, content: 'words '.repeat(2000)});
    const el = await conversation();
    const field = within<HTMLTextAreaElement>(within(el, 'chat-composer'), 'textarea');
    const {offsetHeight} = field;
    const scroller = within(within(el, 'chat-message-list'), '.scroller');
    for (const text of ['one', 'one\ntwo', 'one\ntwo\nthree', 'one\ntwo\nthree\nfour']) {
      await write(el, text);
      await frames(3);
      expect(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop, text).to.be.lessThan(2);
    }
    expect(field.offsetHeight).to.be.greaterThan(offsetHeight + 40);
  });

  it('closes the conversation when its id is taken away', async () => {
    const el = await conversation();
    el.removeAttribute('conversation-id');
    await settle(el);
    expect(textOf(el, '[part=empty]')).to.equal('No conversation is open.');
    expect(within(el, 'chat-composer').checkVisibility()).to.equal(false);
    el.setAttribute('conversation-id', '');
    await settle(el);
    expect(textOf(el, '[part=empty]'), 'with an empty one').to.equal('No conversation is open.');
    expect(server.log.requests.filter(({path}) => /null|\/\/|conversations\/$/.test(path))).to.deep.equal([]);
  });

  it('survives being moved', async () => {
    const el = await conversation();
    const box = document.createElement('div');
    el.parentElement!.append(box);
    box.append(el);
    await settle(el);
    expect(messages(el)).to.have.length(3);
    server.message({conversationId: 9, from: 2, content: 'still listening'});
    await settle(el);
    expect(messages(el).at(-1)).to.equal('still listening');
  });

  it('is where somebody was reading when it is put back into the page, and shows what came meanwhile', async () => {
    for (let n = 0; n < 60; n++) server.message({conversationId: 9, from: 2, content: `number ${n}`});
    const el = await conversation();
    const list = () => within<ChatMessageListElement>(el, 'chat-message-list');
    const rows = () => [...list().shadowRoot!.querySelectorAll('chat-message')];
    const topOf = (content: string) =>
      rows()
        .find(({message}) => message?.content === content)
        ?.getBoundingClientRect().top;
    const jump = el.scrollToMessage(server.messages(9)[30]!.id);
    await settle(el);
    expect(await jump).to.equal(true);
    await settle(el);
    const before = topOf('number 27');
    expect(before).to.be.a('number');
    const box = el.parentElement!;
    el.remove();
    server.message({conversationId: 9, from: 2, content: 'said meanwhile'});
    await settle(el);
    box.append(el);
    await settle(el);
    await settle(el);
    expect(topOf('number 27')).to.be.closeTo(before!, 1.5);
    list().scrollToLatest();
    await settle(el);
    expect(messages(el).at(-1)).to.equal('said meanwhile');
  });

  it('shows nothing of what it held when it is put back where there is no connection', async () => {
    const el = await conversation();
    const box = await fixture(html`<div></div>`);
    el.remove();
    await settle(el);
    box.append(el);
    await settle(el);
    expect(el.shadowRoot!.querySelector('chat-message-list')).to.equal(null);
  });

  describe('alone', () => {
    let warnings: ReturnType<typeof collectWarnings>;

    beforeEach(() => {
      warnings = collectWarnings();
    });

    afterEach(() => warnings.restore());

    it('shows a quiet empty state', async () => {
      const el = await fixture<ChatConversationElement>(html`<chat-conversation></chat-conversation>`);
      expect(textOf(el, '[part=empty]')).to.equal('No conversation is open.');
      expect(await el.send('x')).to.equal(undefined);
      expect(warnings.texts).to.have.length(1);
      await still();
      await expect(el).to.be.accessible();
    });

    it('warns once of a density that there is not', async () => {
      const el = await fixture<ChatConversationElement>(html`<chat-conversation density="dense"></chat-conversation>`);
      el.density = 'compact';
      await el.updateComplete;
      expect(warnings.texts).to.have.length(1);
      expect(warnings.texts[0]).to.contain('density="dense"');
    });

    it('warns once of a conversation-id without a connection, after that had its chance', async () => {
      const said = warnings.next();
      const el = await fixture<ChatConversationElement>(
        html`<chat-conversation id="alone" conversation-id="9"></chat-conversation>`,
      );
      expect(warnings.texts).to.deep.equal([]);
      expect(await said)
        .to.contain('<chat-conversation id="alone">')
        .and.contain('conversation-id');
      await el.updateComplete;
      expect(warnings.texts).to.have.length(1);
    });

    it('warns once of an id that no connection has', async () => {
      const said = warnings.next();
      const el = await fixture<ChatConversationElement>(
        html`<chat-conversation connection="nowhere" conversation-id="9"></chat-conversation>`,
      );
      expect(await said).to.contain('connection="nowhere"');
      await el.updateComplete;
      expect(warnings.texts).to.have.length(1);
      expect(textOf(el, '[part=empty]')).to.equal('No conversation is open.');
    });
  });

  it('is laid out from right to left where its language is', async () => {
    const {registerLocale} = await import('../../src/i18n/index.js');
    registerLocale((await import('../../src/i18n/locales/ar.js')).default);
    const el = await conversation();
    (el.parentElement as HTMLElement).setAttribute('locale', 'ar');
    await (el.parentElement as ChatConversationElement & HTMLElement).updateComplete;
    await settle(el);
    expect(getComputedStyle(within(el, '.base')).direction).to.equal('rtl');
    expect(within<ChatComposerElement>(el, 'chat-composer').shadowRoot!.querySelector('textarea')!.placeholder).to.equal('رسالة');
  });

  it('says in which language its words are where that is not the page’s, but not of what people write', async () => {
    const {registerLocale} = await import('../../src/i18n/index.js');
    registerLocale((await import('../../src/i18n/locales/uz.js')).default);
    const el = await conversation();
    const connection = el.parentElement as ChatConversationElement;
    const list = within(el, 'chat-message-list');
    const langOf = (element: Element): string | null => {
      for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
        if (at instanceof Element && at.hasAttribute('lang')) return at.getAttribute('lang');
      }
      return null;
    };
    const words = (): (string | null)[] => [
      langOf(within(el, '[part=header]')),
      langOf(within(list, '.scroller')),
      langOf(within(within(el, 'ws-error-dialog'), 'dialog')),
    ];
    const texts = (): (string | null)[] => [
      langOf(within(within(list, 'chat-message'), '[part=content]')),
      langOf(within(list, '[role=log]')),
    ];
    const page = langOf(document.body);
    await within<HTMLElementTagNameMap['ws-error-dialog']>(el, 'ws-error-dialog').updateComplete;
    expect(words()).to.deep.equal([page, page, page]);
    connection.setAttribute('locale', 'uz');
    await connection.updateComplete;
    await settle(el);
    expect(words()).to.deep.equal(['uz', 'uz', 'uz']);
    expect(texts()).to.deep.equal([page ?? '', page ?? '']);
    connection.removeAttribute('locale');
    await connection.updateComplete;
    await settle(el);
    expect(words(), 'as before').to.deep.equal([page, page, page]);
    expect(within(list, '.rows').ariaLabel).to.equal('Messages');
  });

  it('speaks the language of a connection beside it, in a shadow root', async () => {
    registerLocale((await import('../../src/i18n/locales/uz.js')).default);
    const box = await fixture(html`<div></div>`);
    const connection = document.createElement('chat-connection');
    connection.id = 'beside';
    connection.manual = true;
    connection.setAttribute('locale', 'uz');
    const el = document.createElement('chat-conversation');
    el.connection = 'beside';
    box.attachShadow({mode: 'open'}).append(connection, el);
    await el.updateComplete;
    expect(el.lang).to.equal('uz');
  });

  it('speaks the language of the connection that it names, for as long as that is there', async () => {
    registerLocale((await import('../../src/i18n/locales/uz.js')).default);
    const el = await fixture<ChatConversationElement>(html`<chat-conversation connection="late"></chat-conversation>`);
    const connection = document.createElement('chat-connection');
    connection.manual = true;
    connection.locale = 'uz';
    document.body.append(connection);
    await connection.updateComplete;
    expect(el.lang, 'before it has the id').to.equal('');
    connection.id = 'late';
    expect(el.lang, 'once it has the id').to.equal('uz');
    connection.remove();
    await Promise.resolve();
    expect(el.lang, 'when it is gone').to.equal('');
    document.body.append(connection);
    expect(el.lang, 'when it is back').to.equal('uz');
    connection.remove();
  });

  it('is accessible: with messages, and read only', async () => {
    const el = await conversation(html`<chat-conversation conversation-id="9" back></chat-conversation>`);
    await still();
    await expect(el).to.be.accessible();
    el.readonly = true;
    await el.updateComplete;
    await still();
    await expect(el).to.be.accessible();
  });
});
