import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {createChatClient} from '../../src/client/create-chat-client.js';
import type {ChatClient, LiveConversation} from '../../src/client/types.js';
import type {ChatError} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

describe('a client', () => {
  let server: FakeServer;

  /** Clients of Ali that share one connection. */
  const openTwo = async (): Promise<readonly [ChatClient, ChatClient]> => {
    const tokenProvider = (): string => server.token(1);
    const clients = [server.client({userId: 1, tokenProvider}), server.client({userId: 1, tokenProvider})] as const;
    const connected = Promise.all(clients.map((client) => client.connect()));
    await server.settle();
    assert.deepEqual(await connected, [true, true]);
    assert.equal(server.socketIds.length, 1);
    return clients;
  };

  /** The code with which a promise rejects by the time that nothing goes on any more. */
  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    Promise.race([
      promise.then(
        () => 'resolved',
        (error: unknown) => (error as ChatError).code,
      ),
      server.settle().then(() => 'pending'),
    ]);

  const answerTo = async <Answer>(answer: Promise<Answer>): Promise<Answer> => (await Promise.all([answer, server.settle()]))[0];

  beforeEach(() => {
    server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}, {id: 11}]});
  });

  afterEach(() => server.dispose());

  it('holds as many channels as somebody asks for, without a word of Node about leaks', async () => {
    const client = server.client({userId: 1});
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', note);
    const handles = Array.from({length: 20}, (_, index) => client.subscribe(`news-${index}`));
    await Promise.all([client.connect(), server.advance(5_000)]);
    assert.deepEqual(new Set(handles.map(({state}) => state)), new Set(['subscribed']));
    client.dispose();
    assert.deepEqual(new Set(handles.map(({state}) => state)), new Set(['idle']));
    // Node gives a warning in a task of its own.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    assert.deepEqual(warnings, []);
  });

  it('shares its connection with another one of the same person, however the settings say the same', async () => {
    const tokenProvider = (): string => server.token(1);
    const ways = [{userId: 1}, {userId: '1', shareConnection: false}];
    const clients = ways.map((way) => server.client({...way, tokenProvider}));
    const connected = Promise.all(clients.map((client) => client.connect()));
    await server.settle();
    assert.deepEqual(await connected, [true, true]);
    assert.equal(server.socketIds.length, 1);
  });

  it('shares it with nobody who has another token, where nobody says who the person is', async () => {
    const {address, environment} = server;
    const clients = [1, 2].map((id) => createChatClient({...address, environment, token: server.token(id)}));
    await answerTo(Promise.all(clients.map((client) => client.connect())));
    assert.equal(server.socketIds.length, 2);
    for (const client of clients) client.dispose();
  });

  describe('that is told to try again', () => {
    it('connects as by `connect`, if nobody has asked for that yet', async () => {
      const client = server.client({userId: 1});
      const conversation = client.conversation(10);
      conversation.open();
      client.retry();
      await server.settle();
      assert.equal(client.channels.get('private-user.1')?.state, 'subscribed');
      assert.equal(conversation.messages.size, 3);
    });

    it('does so now, rather than when it is due', async () => {
      const client = server.client({userId: 1});
      server.stop('sockets');
      void client.connect();
      await server.advance(60_000);
      const wait = (client.status.retryAt ?? 0) - server.clock.now();
      assert.ok(wait > 1_000, String(wait));
      server.start();
      client.retry();
      await server.advance(1_000);
      assert.equal(client.isConnected, true);
    });

    it('stays connected when others that share the connection let go of it', async () => {
      const [client, other] = await openTwo();
      client.disconnect();
      await server.advance(2_000);
      client.retry();
      other.disconnect();
      await server.settle();
      assert.equal(client.isConnected, true);
    });
  });

  describe('whose session ended while the socket went on', () => {
    const open = async (): Promise<{client: ChatClient; conversation: LiveConversation}> => {
      const client = server.client({userId: 1, tokenProvider: undefined, token: server.token(1)});
      await answerTo(client.connect());
      return {client, conversation: client.conversation(10)};
    };

    it('has what could not be loaded once the person is signed in again', async () => {
      const {client, conversation} = await open();
      server.expireTokens();
      conversation.open();
      void client.conversations.load();
      await server.settle();
      assert.deepEqual([conversation.snapshot().phase, client.conversations.snapshot().phase], ['failed', 'failed']);
      await answerTo(client.connect({token: server.token(1)}));
      assert.deepEqual([conversation.snapshot().phase, client.conversations.snapshot().phase], ['ready', 'ready']);
      assert.equal(conversation.snapshot().conversation?.id, 10);
    });

    it('catches up with what could not be fetched once the person is signed in again', async () => {
      const {client, conversation} = await open();
      conversation.open();
      await server.settle();
      server.faults.events({drop: true});
      for (const content of ['missed', 'heard']) server.message({conversationId: 10, from: 2, content});
      server.expireTokens();
      await server.advance(5_000);
      assert.equal(conversation.snapshot().sync, 'degraded');
      await answerTo(client.connect({token: server.token(1)}));
      assert.equal(conversation.snapshot().sync, 'live');
      assert.equal(conversation.messages.size, 5);
    });

    it('asks the provider again that had no token for a while', async () => {
      let isSignedIn = true;
      const client = server.client({userId: 1, tokenProvider: () => (isSignedIn ? server.token(1) : null)});
      await answerTo(client.connect());
      isSignedIn = false;
      server.expireTokens();
      await server.advance(10_000);
      assert.equal(await codeOf(client.api.getConversation(10)), 'unauthorized');
      isSignedIn = true;
      await server.advance(10_000);
      assert.equal((await answerTo(client.api.getConversation(10))).id, 10);
    });

    it('has what could not be loaded when it is told to try again, once the session cookie is good again', async () => {
      server.signIn(1);
      const client = server.client({userId: 1, tokenProvider: undefined});
      await answerTo(client.connect());
      server.signOut();
      const conversation = client.conversation(10);
      conversation.open();
      await server.settle();
      assert.equal(conversation.snapshot().phase, 'failed');
      server.signIn(1);
      client.retry();
      await server.settle();
      assert.equal(conversation.snapshot().phase, 'ready');
    });
  });

  describe('to which another person comes', () => {
    it('leaves the channels of the former one, though others share the connection', async () => {
      const [client, other] = await openTwo();
      const handle = client.subscribe('private-user.1');
      const heard: unknown[] = [];
      handle.onEvent((event) => heard.push(event));
      const kept = other.subscribe('private-user.1');
      const heardByOther: unknown[] = [];
      kept.onEvent((event) => heardByOther.push(event));
      void client.connect({userId: 2, token: server.token(2)});
      await server.settle();
      server.message({conversationId: 11, from: 2, content: 'for Ali'});
      await server.settle();
      assert.equal(client.userId, 2);
      assert.equal(heardByOther.length, 1);
      assert.deepEqual(heard, []);
      assert.equal(handle.state, 'idle');
    });

    it('does nothing in the name of the next one that the former began, and had no token for yet', async () => {
      let answer: (token: string) => void = () => undefined;
      const tokenProvider = (): Promise<string> => new Promise((resolve) => (answer = resolve));
      const client = server.client({userId: 1, tokenProvider});
      const {id = 0, content} = server.messages(10)[1] ?? {};
      const edited = client.conversation(10).edit(id, 'changed');
      await server.settle();
      void client.connect({userId: 2, token: server.token(2)});
      answer(server.token(2));
      assert.equal(await codeOf(edited), 'aborted');
      assert.equal(server.messages(10)[1]?.content, content);
    });

    it('tells of no state before it speaks for the next one, and nothing of the former is left', async () => {
      const [client] = await openTwo();
      await client.conversations.load();
      const seen: unknown[] = [];
      client.onStateChange(({state}) => seen.push([state, client.userId, client.conversations.snapshot().phase]));
      void client.connect({userId: 2, token: server.token(2)});
      await server.settle();
      assert.deepEqual(seen, [
        ['idle', 2, 'idle'],
        ['connecting', 2, 'idle'],
        ['connected', 2, 'idle'],
      ]);
    });

    it('stays away if the page leaves while the former person is being forgotten', async () => {
      const client = server.client({userId: 2});
      const connected = client.connect({userId: 1, token: server.token(1)});
      client.disconnect();
      assert.equal(await answerTo(connected), false);
      await server.advance(60_000);
      assert.equal(client.state, 'idle');
      assert.equal(await answerTo(client.connect()), true);
    });

    it('does nothing with the token that the page gave for the former one', async () => {
      const {address, environment} = server;
      const token = server.token(1);
      const client = createChatClient({...address, environment, userId: 1, token});
      await answerTo(client.connect());
      const before = server.log.requests.length;
      void client.connect({userId: 2});
      await server.advance(5_000);
      const after = server.log.requests.slice(before);
      assert.ok(after.length > 0);
      assert.ok(after.every(({headers}) => !headers.get('Authorization')?.includes(token)));
      client.dispose();
    });

    it('gives no token to whom a listener brings in between', async () => {
      const client = server.client({userId: 1, tokenProvider: undefined});
      await answerTo(client.connect({token: server.token(1)}));
      client.onStateChange(({state}) => {
        if (state === 'idle' && client.userId === 2) void client.connect({userId: 3, token: 'of the guest'});
      });
      server.log.clear();
      assert.equal(await answerTo(client.connect({userId: 2, token: 'of Vali'})), false);
      await answerTo(client.api.getConversation(10).catch(() => undefined));
      const authorizations = new Set(server.log.requests.map(({headers}) => headers.get('authorization')));
      assert.deepEqual([...authorizations], ['Bearer of the guest']);
    });

    for (const how of ['come', 'are missed and fetched']) {
      it(`tells and shows the next one nothing of messages that ${how}, at which a listener brought that one`, async () => {
        const client = server.client({userId: 1, environment: {...server.environment, isVisible: () => false}});
        const conversation = client.conversation(10);
        conversation.open();
        await answerTo(client.connect());
        const told: unknown[] = [];
        client.onNotify((message) => told.push(['notified', client.userId, message.content]));
        conversation.subscribe(({phase}) => {
          if (phase === 'ready') told.push(['ready', client.userId]);
        });
        conversation.onMessage(({message}) => {
          told.push([client.userId, message.content]);
          void client.connect({userId: 3, token: server.token(3)});
        });
        if (how !== 'come') server.faults.events({drop: true, times: 4});
        for (const content of ['first', 'second']) server.message({conversationId: 10, from: 2, content});
        server.closeAll();
        await server.advance(60_000);
        assert.equal(client.userId, 3);
        assert.deepEqual(
          told.filter((line) => String(line) !== 'ready,1'),
          [[1, 'first']],
        );
      });
    }

    it('settles who waits for a channel of the former one', async () => {
      const [client] = await openTwo();
      server.faults.auth({hang: true});
      const {ready} = client.subscribe('private-conversation.10');
      await server.settle();
      void client.shutdown();
      assert.equal(await codeOf(ready), 'subscription-failed');
    });
  });

  it('tells the server what was read in a conversation that nobody has open', async () => {
    const [client] = await openTwo();
    const {id} = server.message({conversationId: 10, from: 2, content: 'shown by the page itself'});
    await server.settle();
    client.markRead({conversationId: 10, messageIds: [id]});
    await server.advance(1_000);
    assert.equal(server.log.requests.filter(({path}) => path.endsWith('/10/read')).length, 1);
  });

  it('stays connected as long as anybody holds it, and no longer', async () => {
    const client = server.client({userId: 1});
    const holders = [{}, {}];
    for (const holder of holders) client.retain(holder);
    await answerTo(client.connect());
    for (const [at, state] of ['connected', 'idle'].entries()) {
      client.release(holders[at] ?? {});
      await server.advance(5_000);
      assert.equal(client.state, state);
    }
  });

  it('keeps no server alive that renders a page with it, as nothing there is another tab', () => {
    const before = process.getActiveResourcesInfo();
    // Not by the fake server, which keeps each of its clients to itself.
    createChatClient({appKey: 'k', wsHost: 'localhost', userId: 1});
    assert.deepEqual(process.getActiveResourcesInfo(), before);
  });

  it('keeps to its tab where the browser refuses a channel to the others, as Firefox does where it blocks cookies', async () => {
    const openBroadcast = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const client = server.client({userId: 1, environment: {...server.environment, openBroadcast}});
    assert.equal(await answerTo(client.connect()), true);
    const {content} = await answerTo(client.sendMessage({conversationId: 10, content: 'here'}));
    assert.equal(content, 'here');
  });

  describe('that was disposed', () => {
    it('holds no channel, though others share the connection', async () => {
      const [client] = await openTwo();
      client.dispose();
      const handle = client.subscribe('private-conversation.10');
      assert.equal(await codeOf(handle.ready), 'subscription-failed');
      await server.settle();
      assert.deepEqual([...server.subscriptions.keys()], ['private-user.1']);
    });

    it('fetches nothing for a conversation that is opened late, or loaded again', async () => {
      const [client] = await openTwo();
      const known = client.conversation(10);
      known.open();
      await server.settle();
      client.dispose();
      const before = server.log.requests.length;
      known.open();
      await Promise.all([known.reload(), server.settle()]);
      assert.equal(known.snapshot().phase, 'ready');
      client.conversation(11).open();
      await server.settle();
      assert.deepEqual(server.log.requests.slice(before), []);
    });

    it('sends nothing, and says so', async () => {
      const [client] = await openTwo();
      const known = client.conversation(10);
      server.faults.rest({match: /POST .*messages/, status: 422});
      assert.equal(await codeOf(known.send('refused')), 'invalid');
      const {tempId} = known.messages.at(0) ?? {};
      client.dispose();
      assert.equal(await codeOf(known.send('late')), 'aborted');
      assert.equal(await codeOf(client.sendMessage({conversationId: 11, content: 'late'})), 'aborted');
      assert.equal(await codeOf(known.retry(String(tempId))), 'not-found');
      assert.equal(known.messages.size, 1);
    });
  });

  it('leaves a channel alone that was given back before it was asked for, and is held again', async () => {
    let giveBack = (): void => undefined;
    const client = server.client({
      userId: 1,
      authorizeChannel: ({channelName, socketId}) => {
        giveBack();
        return Promise.resolve({auth: server.sign({socketId, channel: channelName})});
      },
    });
    await Promise.all([client.connect(), server.settle()]);
    client.disconnect();
    client.subscribe('private-first');
    const second = client.subscribe('private-second');
    giveBack = () => second.unsubscribe();
    void client.connect();
    await server.advance(5_000);
    giveBack = () => undefined;
    const again = client.subscribe('private-second');
    await server.advance(20_000);
    assert.equal(again.state, 'subscribed');
    assert.ok(server.subscriptions.has('private-second'));
  });

  it('hears what comes over a user channel that is called the same for all, though nobody says who the person is', async () => {
    const {address, environment} = server;
    const client = createChatClient({...address, environment, userChannel: 'private-user.1', token: server.token(1)});
    const conversation = client.conversation(10);
    conversation.open();
    await Promise.all([client.connect(), server.settle()]);
    server.message({conversationId: 10, from: 2, content: 'hello'});
    await server.settle();
    assert.equal(conversation.snapshot().sync, 'live');
    assert.equal(conversation.messages.at(3)?.content, 'hello');
    client.dispose();
  });

  it('stays disposed whoever logs out', async () => {
    const client = server.client({userId: 1});
    client.dispose();
    await client.shutdown();
    assert.equal(client.state, 'disposed');
  });
});
