import {expect, fixture, html, nextFrame} from '@open-wc/testing';
import {LitElement} from 'lit';
import '../../src/define/chat-connection.js';
import {ChatController, type ChatControllerOptions} from '../../src/context/chat-controller.js';
import {ClientController, ConversationController, type ChatClient} from '../../src/context/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {chatServer} from '../support/chat.js';

class TypingCount extends LitElement {
  client?: ChatClient | undefined;
  connection?: string | undefined;
  conversationId = 9;
  renders = 0;
  readonly clients = new ClientController(this);
  readonly typing = new ConversationController(this, {
    clients: this.clients,
    id: () => this.conversationId,
    select: ({typing}) => typing.length,
    open: true,
  });

  protected override render(): unknown {
    this.renders += 1;
    return this.typing.value ?? 'none';
  }
}
customElements.define('typing-count', TypingCount);

class ChatHost extends LitElement {
  options: ChatControllerOptions = {};
  chat: ChatController | undefined;

  protected override render(): unknown {
    return this.chat?.status?.state;
  }

  begin(options: ChatControllerOptions): ChatController {
    this.chat = new ChatController(this, options);
    return this.chat;
  }
}
customElements.define('chat-host', ChatHost);

/** A subclass that decides by itself who joins what. */
class OwnAuthorization extends ChatController {
  asked: string[] = [];
  sign: (request: {channel: string; socketId: string}) => string = () => '';

  override authorizeChannel({channelName, socketId}: {channelName: string; socketId: string}): Promise<{auth: string}> {
    this.asked.push(channelName);
    return Promise.resolve({auth: this.sign({channel: channelName, socketId})});
  }
}

describe('controllers', () => {
  let server: FakeServer;

  beforeEach(() => {
    server = chatServer();
  });

  afterEach(() => server.dispose());

  describe('ConversationController', () => {
    it('wakes its host for the part it shows, and for nothing else', async () => {
      const box = await fixture(
        html`<chat-connection .client=${server.client({userId: 1})}><typing-count></typing-count></chat-connection>`,
      );
      const el = box.querySelector<TypingCount>('typing-count')!;
      await server.settle();
      const before = el.renders;
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.settle();
      expect(el.renders).to.equal(before);
      server.typing({conversationId: 9, user: 2});
      await server.settle();
      expect(el.renders).to.equal(before + 1);
      expect(el.typing.value).to.equal(1);
    });

    it('lets go of the conversation that its host leaves', async () => {
      server.dispose();
      server = chatServer({conversationChannel: 'private-conversation.{id}'});
      server.addConversation({id: 10, title: 'Another'});
      const box = await fixture(
        html`<chat-connection .client=${server.client({userId: 1})}><typing-count></typing-count></chat-connection>`,
      );
      const el = box.querySelector<TypingCount>('typing-count')!;
      await server.settle();
      const followed = (): string[] => [...server.subscriptions.keys()].filter((name) => name.includes('conversation'));
      expect(followed()).to.deep.equal(['private-conversation.9']);
      el.conversationId = 10;
      el.requestUpdate();
      await server.settle();
      expect(followed(), 'for another one').to.deep.equal(['private-conversation.10']);
      el.remove();
      await server.settle();
      expect(followed(), 'and the page').to.deep.equal([]);
    });

    it('shows nothing of the conversation that its host has left', async () => {
      server.addConversation({id: 10, title: 'Another'});
      const el = await fixture<TypingCount>(html`<typing-count .client=${server.client({userId: 1})}></typing-count>`);
      void el.client!.connect();
      el.conversationId = 10;
      el.requestUpdate();
      await server.settle(() => el.client!.isConnected);
      server.typing({conversationId: 9, user: 2});
      await server.settle();
      expect(el.typing.value).to.equal(0);
      server.typing({conversationId: 10, user: 2});
      await server.settle();
      expect(el.typing.value).to.equal(1);
    });

    it('holds nothing once its host has left, and finds it again', async () => {
      const box = await fixture(
        html`<chat-connection .client=${server.client({userId: 1})}><typing-count></typing-count></chat-connection>`,
      );
      const el = box.querySelector<TypingCount>('typing-count')!;
      await server.settle();
      el.remove();
      expect(el.clients.client).to.equal(undefined);
      expect(el.typing.value).to.equal(undefined);
      box.append(el);
      await server.settle();
      expect(el.typing.value).to.equal(0);
    });
  });

  describe('ClientController', () => {
    it('prefers its own client to the named connection, and that to the one around', async () => {
      const [own, named, around] = [1, 2, 3].map((userId) => server.client({userId}));
      await fixture(html`<chat-connection id="named" .client=${named}></chat-connection>`);
      const box = await fixture(html`<chat-connection .client=${around}><typing-count></typing-count></chat-connection>`);
      const el = box.querySelector<TypingCount>('typing-count')!;
      expect(el.clients.client).to.equal(around);
      el.connection = 'named';
      el.requestUpdate();
      await el.updateComplete;
      expect(el.clients.client).to.equal(named);
      el.client = own;
      el.requestUpdate();
      await el.updateComplete;
      expect(el.clients.client).to.equal(own);
    });

    it('holds nothing once its host has left, though that has a client of its own', async () => {
      const el = await fixture<TypingCount>(html`<typing-count .client=${server.client({userId: 1})}></typing-count>`);
      const {conversation} = el.typing;
      expect(conversation === undefined).to.equal(false);
      el.remove();
      el.requestUpdate();
      await el.updateComplete;
      expect(el.clients.client === undefined).to.equal(true);
      expect(el.typing.conversation === undefined).to.equal(true);
    });

    it('follows the id of a connection when that changes', async () => {
      const connection = await fixture(
        html`<chat-connection id="before" .client=${server.client({userId: 1})}></chat-connection>`,
      );
      const el = await fixture<TypingCount>(html`<typing-count .connection=${'after'}></typing-count>`);
      expect(el.clients.client).to.equal(undefined);
      connection.id = 'after';
      expect(el.clients.client).to.exist;
      connection.remove();
      await nextFrame();
      expect(el.clients.client).to.equal(undefined);
    });

    it('lets go of a connection that is taken away from around its slot, and finds the next one', async () => {
      const [first, second] = [1, 2].map((userId) => server.client({userId}));
      const box = await fixture(html`<div><typing-count></typing-count></div>`);
      const el = box.querySelector<TypingCount>('typing-count')!;
      const root = box.attachShadow({mode: 'open'});
      const surround = (client: ChatClient | undefined): Element => {
        const connection = Object.assign(document.createElement('chat-connection'), {client});
        connection.append(document.createElement('slot'));
        root.replaceChildren(connection);
        return connection;
      };
      const former = surround(first);
      await nextFrame();
      expect(el.clients.client === first).to.equal(true);
      root.replaceChildren(document.createElement('slot'));
      await nextFrame();
      expect(el.clients.client === undefined).to.equal(true);
      expect(el.clients.isExpected).to.equal(false);
      surround(second);
      await nextFrame();
      former.id = 'changed-outside';
      expect(el.clients.client === second).to.equal(true);
    });
  });

  describe('the context protocol', () => {
    const key = Symbol.for('ws-chat-elements:client');
    const ask = (from: Element, callback: (client?: ChatClient, stop?: () => void) => void): boolean => {
      const event = new Event('context-request', {bubbles: true, composed: true});
      return from.dispatchEvent(Object.assign(event, {context: key, subscribe: true, callback}));
    };

    it('lets any consumer follow the client of a connection', async () => {
      const [first, second, third] = [1, 2, 3].map((userId) => server.client({userId}));
      const box = await fixture(html`<chat-connection .client=${first}><p></p></chat-connection>`);
      const heard: (ChatClient | undefined)[] = [];
      let leave: (() => void) | undefined;
      ask(box.querySelector('p')!, (client, stop) => {
        heard.push(client);
        leave = stop;
      });
      Object.assign(box, {client: second});
      await nextFrame();
      leave?.();
      Object.assign(box, {client: third});
      await nextFrame();
      expect(new Set(heard)).to.deep.equal(new Set([first, second]));
    });

    it('takes the client of any provider, and of a nearer connection that comes late', async () => {
      const [far, near] = [1, 2].map((userId) => server.client({userId}));
      const provider = await fixture(html`<div></div>`);
      provider.addEventListener('context-request', (event) => {
        event.stopPropagation();
        (event as Event & {callback: (client?: ChatClient) => void}).callback(far);
      });
      const inner = document.createElement('chat-connection');
      const el = new TypingCount();
      provider.append(el);
      expect(el.clients.client).to.equal(far);
      inner.client = near;
      provider.append(inner);
      inner.append(el);
      expect(el.clients.client).to.equal(near);
    });

    it('follows any provider until it leaves, and then knows of none', async () => {
      const [first, second, third] = [1, 2, 3].map((userId) => server.client({userId}));
      const provider = await fixture(html`<div><typing-count></typing-count></div>`);
      const el = provider.querySelector<TypingCount>('typing-count')!;
      expect(el.clients.isExpected).to.equal(false);
      const left: string[] = [];
      let tell: ((client?: ChatClient) => void) | undefined;
      provider.addEventListener('context-request', (event) => {
        event.stopPropagation();
        const {callback} = event as Event & {callback: (client?: ChatClient, stop?: () => void) => void};
        const stop = (): void => void left.push('left');
        tell = (client) => callback(client, stop);
        tell(first);
      });
      provider.append(el);
      expect(el.clients.isExpected).to.equal(true);
      for (const client of [second, third]) {
        tell?.(client);
        expect(el.clients.client === client).to.equal(true);
      }
      expect(left).to.deep.equal([]);
      provider.parentElement!.append(el);
      expect(left).to.deep.equal(['left']);
      expect(el.clients.client === undefined).to.equal(true);
      expect(el.clients.isExpected).to.equal(false);
    });

    it('stays with a nearer provider that has come late, whatever becomes of the one before', async () => {
      const [far, near, other] = [1, 2, 3].map((userId) => server.client({userId}));
      const box = await fixture(
        html`<chat-connection .client=${far}
          ><div><typing-count></typing-count></div
        ></chat-connection>`,
      );
      const el = box.querySelector<TypingCount>('typing-count')!;
      expect(el.clients.client === far).to.equal(true);
      box.querySelector('div')!.addEventListener('context-request', (event) => {
        event.stopPropagation();
        (event as Event & {callback: (client?: ChatClient) => void}).callback(near);
      });
      box.id = 'asked-again';
      expect(el.clients.client === near).to.equal(true);
      Object.assign(box, {client: other});
      await nextFrame();
      expect(el.clients.client === near).to.equal(true);
    });
  });

  describe('ChatController', () => {
    const settings = (more: ChatControllerOptions = {}): ChatControllerOptions => ({
      ...server.address,
      environment: server.environment,
      userToken: server.token(1),
      userId: 1,
      ...more,
    });

    it('connects with its host, calls back, and lets go with it', async () => {
      const heard: string[] = [];
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(
        settings({
          onMessageReceived: (event) => heard.push(event.message.content),
          onUserTyping: (event) => heard.push(event.user.firstName),
          onMessagesRead: (event) => heard.push(`read by ${event.readerId}`),
        }),
      );
      await server.settle(() => chat.isConnected);
      await server.settle();
      server.message({conversationId: 9, from: 2, content: 'hello'});
      server.typing({conversationId: 9, user: 2});
      server.read({conversationId: 9, reader: 3});
      await server.settle();
      expect(heard).to.deep.equal(['hello', 'Vali', 'read by 3']);

      el.remove();
      await server.advance(3000);
      expect(server.socketIds).to.deep.equal([]);
      expect(chat.client).to.equal(undefined);
    });

    it('has its host show how the connection fares', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings());
      await server.settle(() => chat.isConnected);
      await el.updateComplete;
      expect(el.shadowRoot!.textContent).to.equal('connected');
      server.stop();
      await server.settle();
      await el.updateComplete;
      expect(chat.isConnected).to.equal(false);
      expect(el.shadowRoot!.textContent).to.equal(chat.status!.state);
    });

    it('calls back once for each event, also after its host was moved', async () => {
      const heard: string[] = [];
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings({onMessageReceived: ({message}) => heard.push(message.content)}));
      await server.settle(() => chat.isConnected);
      el.parentElement!.append(el);
      await server.settle();
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.settle();
      expect(heard).to.deep.equal(['hello']);
    });

    it('calls back once for a message that comes over two channels', async () => {
      server.dispose();
      server = chatServer({conversationChannel: 'presence-conversation.{id}'});
      const heard: string[] = [];
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const channelName = 'presence-conversation.9';
      el.begin(settings({channelName, onMessageReceived: ({message}) => heard.push(message.content)}));
      await server.settle(() => server.subscriptions.has('private-user.1') && server.subscriptions.has(channelName));
      for (const content of ['hello', 'again']) server.message({conversationId: 9, from: 2, content});
      await server.settle();
      expect(heard).to.deep.equal(['hello', 'again']);
    });

    it('sends messages', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings());
      await server.settle(() => chat.isConnected);
      const sent = chat.sendMessage({conversationId: 9, content: 'by hand'});
      await server.settle();
      expect((await sent).content).to.equal('by hand');
    });

    it('whispers a hint, and never the content', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings({channelName: 'private-conversation.9'}));
      await server.settle(() => chat.client?.channels.get('private-conversation.9')?.state === 'subscribed');
      expect(chat.whisperMessage({channel: 'private-conversation.9', content: 'secret words', messageId: 5})).to.equal(true);
      await server.settle();
      const hint = server.log.frames.find(({event}) => event === 'client-message');
      expect((JSON.parse(hint!.text) as {data: unknown}).data).to.deep.equal({conversation_id: '9', message_id: 5});
      expect(JSON.stringify(server.log.frames)).not.to.contain('secret words');
    });

    it('warns of a name that no channel can have, and goes on without', async () => {
      const warned: unknown[] = [];
      const {warn} = console;
      console.warn = (...words: unknown[]) => void warned.push(...words);
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings({channelName: 'conversation 9'}));
      await server.settle(() => chat.isConnected);
      expect(chat.whisperMessage({channel: 'conversation 9', messageId: 5})).to.equal(false);
      console.warn = warn;
      expect(warned).to.have.length(1);
      expect(warned[0]).to.contain('ChatController').and.to.contain('"conversation 9"');
    });

    it('asks its own authorizeChannel where there is one', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const asked: string[] = [];
      const chat = el.begin(settings());
      chat.authorizeChannel = ({channelName, socketId}) => {
        asked.push(channelName);
        return Promise.resolve({auth: server.sign({socketId, channel: channelName})});
      };
      await server.settle(() => chat.client?.channels.get('private-user.1')?.state === 'subscribed');
      expect(asked).to.deep.equal(['private-user.1']);
    });

    it('asks the method of a subclass, with its own fields', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = new OwnAuthorization(el, settings());
      chat.sign = server.sign.bind(server);
      await server.settle(() => chat.client?.channels.get('private-user.1')?.state === 'subscribed');
      expect(chat.asked).to.deep.equal(['private-user.1']);
    });

    it('tells the conversation of a channel that somebody writes, once a second', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings());
      await server.settle(() => chat.isConnected);
      chat.sendTyping({channel: 'presence-conversation.9'});
      chat.sendTyping({conversationId: 9});
      await server.settle();
      const typing = server.log.requests.map(({path}) => path).filter((path) => path.endsWith('/typing'));
      expect(typing).to.have.length(1);
      expect(typing[0]).to.contain('/conversations/9/');
    });

    it('whispers nothing while its host is out of the page', () => {
      const chat = new ChatController(new ChatHost(), settings());
      expect(chat.whisperMessage({channel: 'private-conversation.9', messageId: 5})).to.equal(false);
      chat.sendTyping({conversationId: 9});
      expect(chat.status).to.equal(undefined);
    });

    it('uses a client that is there already, and leaves it alone when it goes', async () => {
      const client = server.client({userId: 1});
      const connected = client.connect();
      await server.settle();
      expect(await connected).to.equal(true);
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const heard: string[] = [];
      const chat = el.begin({client, onMessageReceived: ({message}) => heard.push(message.content)});
      await server.settle(() => chat.client === client);
      chat.dispose();
      await server.advance(3000);
      expect(client.isConnected).to.equal(true);
      server.message({conversationId: 9, from: 2, content: 'hello'});
      await server.settle();
      expect(heard).to.deep.equal([]);
      client.dispose();
    });

    it('connects no client that is the page’s, and leaves its channel, also after a reconnect', async () => {
      const client = server.client({userId: 1});
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const name = 'private-conversation.9';
      const chat = el.begin({client, channelName: name});
      await server.settle();
      expect(client.state).to.equal('idle');
      const isSubscribed = (): boolean => client.channels.get(name)?.state === 'subscribed';
      void client.connect();
      await server.settle(isSubscribed);
      server.closeAll();
      await server.advance(30_000);
      expect(isSubscribed()).to.equal(true);
      chat.dispose();
      await server.settle();
      expect(client.channels.has(name)).to.equal(false);
      client.dispose();
    });

    it('joins its channel again when its host comes back', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const name = 'private-conversation.9';
      const chat = el.begin(settings({channelName: name}));
      const isSubscribed = (): boolean => chat.client?.channels.get(name)?.state === 'subscribed';
      await server.settle(isSubscribed);
      const box = el.parentElement!;
      el.remove();
      await server.settle(() => !chat.client);
      box.append(el);
      await server.settle();
      expect(isSubscribed()).to.equal(true);
    });

    it('follows its channel on when another person comes', async () => {
      const client = server.client({userId: 1});
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const name = 'private-conversation.9';
      const chat = el.begin({client, channelName: name});
      const isSubscribed = (): boolean => client.channels.get(name)?.state === 'subscribed';
      void client.connect();
      await server.settle(isSubscribed);
      void client.connect({userId: 2, token: server.token(2)});
      await server.settle(() => client.userId === 2 && isSubscribed());
      expect(chat.whisperMessage({channel: name, messageId: 5})).to.equal(true);
      chat.dispose();
      await server.settle();
      expect(client.channels.has(name)).to.equal(false);
      client.dispose();
    });

    it('connects for nobody who has gone, or was disposed of, at once', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const box = el.parentElement!;
      const disposed = el.begin(settings());
      disposed.dispose();
      const gone = new ChatHost();
      const left = gone.begin(settings());
      box.append(gone);
      gone.remove();
      await server.settle();
      for (const {client} of [disposed, left]) expect(client === undefined).to.equal(true);
      expect(server.log.attempts).to.deep.equal([]);
    });

    it('is silent after dispose, also when its host comes back', async () => {
      const el = await fixture<ChatHost>(html`<chat-host></chat-host>`);
      const chat = el.begin(settings());
      await server.settle(() => chat.isConnected);
      const box = el.parentElement!;
      chat.dispose();
      el.remove();
      box.append(el);
      await server.advance(3000);
      expect(chat.client).to.equal(undefined);
      expect(server.socketIds).to.deep.equal([]);
      let isRefused = false;
      await chat.sendMessage({conversationId: 9, content: 'x'}).catch(() => (isRefused = true));
      expect(isRefused).to.equal(true);
    });
  });
});
