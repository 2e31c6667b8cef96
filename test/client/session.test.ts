import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {createChatClient} from '../../src/client/index.js';
import type {ChatClient, ChatClientOptions} from '../../src/client/types.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {FakeBrowser} from './fake-browser.js';
import {TabScene} from './tab-scene.js';

describe('what belongs to one person', () => {
  let server: FakeServer;

  afterEach(() => server.dispose());

  const signIn = async (options: Partial<ChatClientOptions> = {}): Promise<ChatClient> => {
    server = createFakeServer({
      users: [
        {id: 1, name: 'Ali Karimov'},
        {id: 2, name: 'Vali Yusupov'},
      ],
      conversations: [{id: 10, messages: 3}],
    });
    const client = server.client({conversationChannel: 'presence-chat.{id}.room', ...options, userId: 1});
    void client.connect();
    await server.settle();
    return client;
  };
  const whispers = (): (string | null)[] =>
    server.log.frames.filter(({direction, event}) => direction === 'in' && event === 'client-typing').map(({channel}) => channel);
  const typingCalls = (): string[] => server.log.requests.map(({path}) => path).filter((path) => path.endsWith('/typing'));

  describe('typing', () => {
    /** Opens the conversation and types in it. Returns what closes it. */
    const type = async (client: ChatClient): Promise<() => void> => {
      const close = client.conversation(10).open();
      await server.settle();
      client.sendTyping({conversationId: 10});
      await server.settle();
      return close;
    };

    it('is whispered where the conversation has a channel of its own that has been joined', async () => {
      await type(await signIn());
      assert.deepEqual(whispers(), ['presence-chat.10.room']);
      assert.deepEqual(typingCalls(), []);
    });

    it('is posted where that channel has not been joined', async () => {
      const client = await signIn();
      server.faults.auth({match: 'presence-chat', status: 403, times: 9});
      await type(client);
      assert.deepEqual([whispers(), typingCalls()], [[], ['/api/conversations/10/typing']]);
    });

    it('is posted where conversations have no channel', async () => {
      const client = await signIn({conversationChannel: undefined});
      await type(client);
      assert.deepEqual([whispers(), typingCalls()], [[], ['/api/conversations/10/typing']]);
    });

    it('of a peer is heard in the conversation whose channel it came over, and under the name that the server knows', async () => {
      const client = await signIn();
      const [here, elsewhere] = [client.conversation(10), client.conversation(11)];
      here.open();
      const heard: unknown[] = [];
      client.onEvent(({conversationId}) => heard.push(conversationId));
      const peer = server.client({userId: 2});
      void peer.connect();
      const room = peer.subscribe('presence-chat.10.room');
      await server.settle();
      await room.ready;
      for (const id of [11, 10]) room.whisper('client-typing', {conversation_id: id, user: {id: 2, name: 'The Boss'}});
      await server.settle();
      assert.deepEqual(elsewhere.snapshot().typing, []);
      assert.deepEqual(
        here.snapshot().typing.map(({name}) => name),
        ['Vali Yusupov'],
      );
      assert.deepEqual(heard, [10]);
    });

    it('of somebody in a channel that is no conversation’s is told to the page, and shown in none', async () => {
      const client = await signIn();
      const conversation = client.conversation(10);
      conversation.open();
      const heard: unknown[] = [];
      client.onEvent(({channel, conversationId}) => heard.push([channel, conversationId]));
      client.subscribe('private-lobby');
      const peer = server.client({userId: 2});
      void peer.connect();
      const lobby = peer.subscribe('private-lobby');
      await server.settle();
      await lobby.ready;
      lobby.whisper('client-typing', {conversation_id: 10, user: {id: 99, name: 'The Boss'}});
      await server.settle();
      assert.deepEqual(heard, [['private-lobby', 10]]);
      assert.deepEqual(conversation.snapshot().typing, []);
    });

    it('leaves no channel joined that the conversation has given back', async () => {
      const client = await signIn();
      const close = await type(client);
      close();
      await server.advance(60_000);
      assert.deepEqual([...client.channels.keys()], ['private-user.1']);
    });

    it('finds the conversation by the name of its channel, and by no other name', async () => {
      const client = await signIn();
      for (const channel of ['presence-chat..room', 'presence-chat.10.hall', 'private-user.10', 'room', ''])
        client.sendTyping({channel});
      await server.settle();
      assert.deepEqual(typingCalls(), []);
      client.sendTyping({channel: 'presence-chat.10.room'});
      await server.settle();
      assert.deepEqual(typingCalls(), ['/api/conversations/10/typing']);
    });

    it('finds no conversation by a channel where conversations have none', async () => {
      const client = await signIn({conversationChannel: undefined});
      client.sendTyping({channel: 'presence-chat.10.room'});
      await server.settle();
      assert.deepEqual(typingCalls(), []);
    });
  });

  it('joins the channel of the person once, however often it connects', async () => {
    const client = await signIn();
    void client.connect();
    await client.connect();
    await server.settle();
    await client.shutdown();
    await server.settle();
    assert.deepEqual([...server.subscriptions.keys()], []);
  });

  it('joins no channel for somebody who is not known', async () => {
    server = createFakeServer({users: [{id: 1, name: 'Ali'}]});
    server.signIn(1);
    const {address, environment} = server;
    const client = createChatClient({...address, environment});
    void client.connect();
    await server.settle();
    assert.equal(client.isConnected, true);
    assert.deepEqual([...client.channels.keys()], []);
    client.dispose();
  });

  it('leaves no channel, timer or lock behind, and sends nothing any more', async () => {
    server = createFakeServer({users: [{id: 1, name: 'Ali'}, {id: 2}], conversations: [{id: 10}, {id: 11}]});
    const browser = new FakeBrowser(server.environment);
    const tab = browser.openTab();
    const client = server.client({userId: 1, environment: {...tab.environment, isVisible: () => false}});
    void client.connect();
    await server.settle();
    server.faults.rest({match: 'POST', unreachable: true, times: 99});
    void client.sendMessage({conversationId: 10, content: 'unsent'}).catch(() => undefined);
    await server.settle();
    // Somebody has to be told of it, after a while.
    server.message({conversationId: 11, from: 2, content: 'news'});
    await server.settle();
    client.dispose();
    server.faults.clear();
    await server.advance(120_000);
    assert.deepEqual([browser.openChannels, browser.lockNames, tab.timers], [0, [], 0]);
    assert.deepEqual(server.messages(10), []);
  });

  it('renews no token once it is over, also where the settings of the socket cannot work', async () => {
    server = createFakeServer({users: [{id: 1}]});
    const {address, clock, environment} = server;
    const token = `e30.${btoa(JSON.stringify({exp: clock.now() / 1000 + 600}))}.x`;
    for (const [settings, state] of [
      [{}, 'idle'],
      [{wsHost: ''}, 'failed'],
    ] as const) {
      const client = createChatClient({...address, ...settings, userId: 1, token, tokenProvider: () => token, environment});
      assert.equal(client.state, state);
      client.dispose();
      await server.advance(2_000);
      assert.equal(clock.pending, 0);
    }
  });

  it('asks for the conversations when its channel is joined, not at each other change of it', async () => {
    const client = await signIn();
    void client.conversations.load();
    await server.settle();
    const lists = (): number => server.log.requests.filter(({path}) => path === '/api/conversations').length;
    const before = lists();
    server.closeAll();
    await server.advance(10_000);
    assert.equal(client.isConnected, true);
    assert.equal(lists() - before, 1);
  });
});

describe('a token', () => {
  let scene: TabScene;

  afterEach(() => scene.server.dispose());

  const told = (): unknown[] => scene.hub.messages.filter((message) => (message as {type: string}).type === 'token');

  it('that one tab gets goes to the others, who do not send it on', async () => {
    scene = new TabScene();
    const tabs = [await scene.openTab(), await scene.openTab(), await scene.openTab()];
    const before = told().length;
    const token = scene.server.token(1);
    void tabs[0]?.client.connect({token});
    await scene.server.settle();
    assert.deepEqual(told().slice(before), [{type: 'token', token}]);
    scene.server.log.requests.length = 0;
    for (const {client} of tabs) await client.api.getConversation(10);
    const used = scene.server.log.requests.map(({headers}) => headers.get('authorization'));
    assert.deepEqual(used, Array<string>(3).fill(`Bearer ${token}`));
  });

  it('that is no text goes to nobody, as a function cannot', async (test) => {
    const errors = test.mock.method(console, 'error', () => undefined);
    test.mock.method(console, 'warn', () => undefined);
    scene = new TabScene();
    const {client} = await scene.openTab();
    const before = told().length;
    for (const token of [{token: scene.server.token(1)}, () => scene.server.token(1)]) {
      void client.connect({token: token as never});
      await scene.server.settle();
    }
    assert.deepEqual([told().slice(before), errors.mock.callCount()], [[], 0]);
  });
});
