import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {forgetWarnings, type ChatError, type Id} from '../../src/model/index.js';
import {createFakeServer} from '../../src/testing/fake-server.js';
import {contents, last, openScene, type Scene} from './scene.js';

describe('a live conversation', () => {
  let scene: Scene;

  afterEach(() => scene.server.dispose());

  const open = async (messages?: number, options?: Parameters<typeof openScene>[1]): Promise<Scene> => {
    scene = await openScene(messages, options);
    return scene;
  };

  it('loads the newest page, and older ones on demand', async () => {
    const {server, conversation} = await open(120);
    assert.equal(conversation.messages.size, 50);
    assert.equal(conversation.snapshot().phase, 'ready');
    assert.equal(conversation.snapshot().hasOlder, true);
    await Promise.all([conversation.loadOlder(), conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.messages.size, 100);
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.messages.size, 120);
    assert.equal(conversation.snapshot().hasOlder, false);
  });

  it('says that older messages are being loaded, until they are there or refused', async () => {
    const {server, conversation} = await open(120);
    const isLoading = (): boolean => conversation.snapshot().loadingOlder;
    for (const status of [200, 403]) {
      if (status !== 200) server.faults.rest({match: /GET .*messages$/, status, times: 1});
      const loading = conversation.loadOlder();
      assert.equal(isLoading(), true);
      await Promise.all([loading, server.settle()]);
      assert.equal(isLoading(), false);
    }
  });

  it('is followed for as long as somebody has it open, however often others close it', async () => {
    const {server, conversation} = await open(0);
    const close = conversation.open();
    close();
    close();
    assert.equal(conversation.snapshot().sync, 'live');
    server.message({conversationId: 10, from: 2, content: 'still there'});
    await server.settle();
    assert.deepEqual(contents(conversation), ['still there']);
  });

  it('can be closed by a listener that hears that it is catching up, and opened again', async (t) => {
    const thrown = t.mock.method(console, 'error', () => undefined);
    const {server, client} = await open();
    server.addConversation({id: 11, messages: 3});
    const conversation = client.conversation(11);
    const close = conversation.open();
    await server.settle();
    conversation.subscribe(({sync}) => {
      if (sync === 'catching-up') close();
    });
    server.closeAll();
    await server.advance(30_000);
    assert.equal(conversation.snapshot().sync, 'off');
    conversation.open();
    server.message({conversationId: 11, from: 2, content: 'after that'});
    await server.settle();
    assert.equal(last(conversation).content, 'after that');
    assert.equal(thrown.mock.callCount(), 0);
  });

  it('takes what was read, edited or deleted, and another title, from the wire without asking', async () => {
    const {server, conversation} = await open(3);
    await Promise.all([conversation.send('Seen?'), server.settle()]);
    await server.advance(20_000);
    server.log.clear();
    const [edited, deleted] = conversation.messages.slice(0, 2);
    server.edit(Number(edited?.id), 'edited');
    server.remove(Number(deleted?.id));
    await server.settle();
    assert.equal(conversation.messages.get(edited?.id ?? '')?.content, 'edited');
    assert.notEqual(conversation.messages.get(deleted?.id ?? '')?.deletedAt ?? null, null);
    server.read({conversationId: 10, reader: 2});
    await server.settle();
    assert.equal(last(conversation).status, 'read');
    server.update(10, {title: 'Another title'});
    await server.settle();
    assert.equal(conversation.snapshot().conversation?.title, 'Another title');
    assert.deepEqual(server.log.requestsTo('GET', /conversations.10/), []);
  });

  it('shows that it is loading again what was refused, and goes on showing what is there', async () => {
    const {server, conversation} = await open();
    server.addConversation({id: 11, messages: 3});
    server.faults.rest({match: /GET .*11.messages/, status: 403, times: 1});
    const refused = scene.client.conversation(11);
    refused.open();
    await server.settle();
    assert.equal(refused.snapshot().error?.code, 'forbidden');
    for (const [one, phase] of [
      [refused, 'loading'],
      [conversation, 'ready'],
    ] as const) {
      const loading = one.reload();
      assert.deepEqual([one.snapshot().phase, one.snapshot().error], [phase, null]);
      await Promise.all([loading, server.settle()]);
    }
  });

  it('asks once when it is to be loaded again, whether it was refused before or is there', async () => {
    const {server, client} = await open();
    server.addConversation({id: 11, messages: 3});
    server.faults.rest({match: /GET .*11.messages/, status: 403, times: 1});
    const refused = client.conversation(11);
    refused.open();
    await server.settle();
    assert.equal(refused.snapshot().phase, 'failed');
    for (const asked of ['/api/conversations/11/messages', '/api/conversations/11/changes']) {
      server.log.clear();
      await Promise.all([refused.reload(), server.settle()]);
      assert.equal(refused.snapshot().phase, 'ready');
      assert.deepEqual(
        server.log.requestsTo('GET', /messages|changes/).map(({path}) => path),
        [asked],
      );
    }
  });

  it('says why older messages cannot be had, and loads them when asked again', async () => {
    const {server, conversation} = await open(80);
    server.faults.rest({match: /GET .*messages$/, status: 500, times: 1});
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.snapshot().olderError?.code, 'server');
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.snapshot().olderError, null);
    assert.equal(conversation.messages.size, 80);
  });

  it('catches up with what was missed: new, edited, deleted, read, reacted to, and reactions taken back', async () => {
    const {server, conversation} = await open(3);
    await Promise.all([conversation.send('mine'), server.settle()]);
    const mine = last(conversation);
    const [first, second, third] = server.messages(10);
    server.react(third?.id ?? 0, {user: 2, emoji: '🎉'});
    await server.settle();
    assert.equal(conversation.messages.at(2)?.reactions[0]?.emoji, '🎉');
    server.stop('sockets');
    await server.settle();
    server.react(mine.id, {user: 2, emoji: '👍'});
    server.react(third?.id ?? 0, {user: 2, emoji: '🎉', remove: true});
    server.edit(first?.id ?? 0, 'edited');
    server.remove(second?.id ?? 0);
    server.message({conversationId: 10, from: 2, content: 'while you were away'});
    server.read({conversationId: 10, reader: 2, messageIds: [mine.id]});
    server.start();
    await server.advance(30_000);
    assert.equal(conversation.messages.at(0)?.content, 'edited');
    assert.notEqual(conversation.messages.at(1)?.deletedAt, null);
    assert.equal(last(conversation).content, 'while you were away');
    assert.equal(conversation.messages.get(mine.id)?.status, 'read');
    assert.deepEqual(conversation.messages.get(mine.id)?.reactions, [{emoji: '👍', count: 1, userIds: [2]}]);
    assert.deepEqual(conversation.messages.at(2)?.reactions, []);
    assert.equal(conversation.snapshot().newWhileAway, 1);
    assert.equal(conversation.snapshot().sync, 'live');
  });

  it('fetches what was too large for an event: a message, and an edit of one', async () => {
    const {server, conversation} = await open(1);
    const large = 'x'.repeat(9_500);
    const {id} = server.message({conversationId: 10, from: 2, content: large});
    await server.settle();
    assert.equal(last(conversation).content, large);
    server.edit(id, `${large}, edited`);
    await server.settle();
    assert.equal(last(conversation).content, `${large}, edited`);
    assert.equal(conversation.messages.size, 2);
  });

  it('looks for what a peer whispers of, and not for each of a hundred whispers about nothing', async () => {
    const {server, conversation} = await open(0, {conversationChannel: 'presence-conversation.{id}'});
    const peer = server.client({userId: 2});
    void peer.connect();
    const room = peer.subscribe('presence-conversation.10');
    await server.settle();
    const whisper = (id: Id): boolean => room.whisper('client-message', {conversation_id: 10, message_id: id});
    const lose = (content: string): Id => {
      server.faults.events({drop: true, times: 2, match: /Message/});
      return server.message({conversationId: 10, from: 2, content}).id;
    };
    whisper(lose('first'));
    await server.settle();
    assert.deepEqual(contents(conversation), ['first']);
    server.log.clear();
    for (let nothing = 0; nothing < 100; nothing += 1) {
      whisper(`nothing ${nothing}`);
      await server.advance(50);
    }
    const looks = server.log.requestsTo('GET', /changes/).length;
    assert.ok(looks <= 4, `${looks} looks`);
    whisper(lose('second'));
    await server.advance(1_500);
    assert.deepEqual(contents(conversation), ['first', 'second']);
    server.log.clear();
    await server.advance(5_000);
    assert.equal(server.log.requestsTo('GET', /changes/).length, 0, 'nobody whispers any more');
  });

  it('catches up with as many messages as a page has, each as long as may be', async () => {
    scene = await openScene();
    const {server, conversation} = scene;
    server.stop();
    await server.settle();
    const content = '😀'.repeat(10_000);
    for (let count = 0; count < 200; count += 1) server.message({conversationId: 10, from: 2, content});
    server.start();
    await server.advance(60_000);
    assert.equal(conversation.snapshot().sync, 'live');
    assert.equal(conversation.messages.size, 203);
  });

  it('closes a silent loss by the next change, within the gap time', async () => {
    const {server, conversation} = await open(0);
    server.faults.events({drop: true, times: 1, match: /Message/});
    server.message({conversationId: 10, from: 2, content: 'lost'});
    server.message({conversationId: 10, from: 2, content: 'heard'});
    await server.settle();
    assert.deepEqual(contents(conversation), []);
    await server.advance(2_000);
    assert.deepEqual(contents(conversation), ['lost', 'heard']);
  });

  it('heals a silent loss that nothing follows within five minutes', async () => {
    const {server, conversation} = await open(0);
    server.faults.events({drop: true, match: /Message/});
    server.message({conversationId: 10, from: 2, content: 'lost'});
    await server.advance(301_000);
    assert.deepEqual(contents(conversation), ['lost']);
  });

  it('shows typing, never one’s own, and lets it expire', async () => {
    const {server, conversation} = await open();
    server.typing({conversationId: 10, user: 2});
    server.typing({conversationId: 10, user: 1});
    await server.settle();
    assert.deepEqual(
      conversation.snapshot().typing.map(({firstName}) => firstName),
      ['Vali'],
    );
    await server.advance(7_000);
    assert.deepEqual(conversation.snapshot().typing, []);
  });

  it('ends typing when the message arrives, also where nobody has it open', async () => {
    const {server, client, conversation} = await open();
    server.addConversation({id: 11});
    for (const typed of [conversation, client.conversation(11)]) {
      server.typing({conversationId: Number(typed.id), user: 2});
      await server.settle();
      assert.equal(typed.snapshot().typing.length, 1);
      server.message({conversationId: Number(typed.id), from: 2, content: 'done'});
      await server.settle();
      assert.deepEqual(typed.snapshot().typing, []);
    }
  });

  it('tells typing at most once a second', async () => {
    const {server, conversation} = await open();
    const count = (): number => server.log.requests.filter(({path}) => path.includes('typing')).length;
    for (let key = 0; key < 20; key += 1) conversation.sendTyping();
    await server.settle();
    assert.equal(count(), 1);
    await server.advance(999);
    conversation.sendTyping();
    await server.settle();
    assert.equal(count(), 1);
    await server.advance(2);
    conversation.sendTyping();
    await server.settle();
    assert.equal(count(), 2);
  });

  it('tells what was read once, in a bundle, and counts it', async () => {
    const {server, conversation} = await open(0);
    const ids = [1, 2, 3].map((number) => server.message({conversationId: 10, from: 2, content: `m${number}`}).id);
    await server.settle();
    assert.equal(conversation.snapshot().unreadCount, 3);
    conversation.markRead(ids.slice(0, 2));
    assert.equal(conversation.snapshot().unreadCount, 1);
    conversation.markRead(ids);
    conversation.markRead(ids);
    await server.advance(1_000);
    assert.equal(conversation.snapshot().unreadCount, 0);
    conversation.markRead(ids);
    await server.advance(1_000);
    assert.equal(server.log.requestsTo('POST', /read$/).length, 1);
  });

  it('marks where the unread ones began when it was opened, and nothing that arrives live', async () => {
    const {server, conversation} = await open(0);
    assert.equal(conversation.snapshot().firstUnreadId, null);
    server.message({conversationId: 10, from: 2, content: 'live'});
    await server.settle();
    assert.equal(conversation.snapshot().unreadCount, 1);
    assert.equal(conversation.snapshot().firstUnreadId, null);
    const other = server.client({userId: 1, tokenProvider: () => server.token(1)});
    const again = other.conversation(10);
    again.open();
    await Promise.all([other.connect(), server.settle()]);
    assert.equal(again.snapshot().firstUnreadId, again.messages.at(0)?.id);
  });

  it('tells again what was read when the server could not take it', async () => {
    const {server, conversation} = await open(0);
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    server.faults.rest({match: /\/read/, status: 503, times: 1});
    conversation.markRead([id]);
    await server.advance(10_000);
    assert.equal(server.log.requests.filter(({path}) => path.includes('/read')).length, 2);
  });

  it('tells what was read once somebody is signed in again whose session had ended', async () => {
    const {server, conversation} = await open(0);
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    const mend = server.faults.rest({match: /\/read/, status: 401, times: Infinity});
    conversation.markRead([id]);
    await server.advance(10_000);
    mend();
    await server.advance(60_000);
    assert.equal(server.log.requestsTo('POST', /read$/).at(-1)?.status, 204);
  });

  it('tells what was read less and less often for as long as the server cannot take it', async () => {
    const {server, conversation} = await open(0);
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    const calls = (): number => server.log.requests.filter(({path}) => path.includes('/read')).length;
    const mend = server.faults.rest({match: /\/read/, status: 500, times: Infinity});
    conversation.markRead([id]);
    await server.advance(3_600_000);
    const made = calls();
    assert.ok(made < 70, `${made} calls in an hour`);
    mend();
    await server.advance(600_000);
    assert.equal(calls(), made + 1);
  });

  it('tells the rest of what was read where the server refuses a part of it', async () => {
    const {server, conversation} = await open(0);
    const ids = Array.from({length: 250}, (_, number) => server.message({conversationId: 10, from: 2, content: `m${number}`}).id);
    await server.settle();
    server.faults.rest({match: /\/read/, status: 422, times: 1});
    conversation.markRead(ids);
    await server.advance(10_000);
    assert.deepEqual(
      server.log.requestsTo('POST', /read$/).map(({status}) => status),
      [422, 204],
    );
  });

  it('takes any answer of success to what was read', async () => {
    const {server, conversation} = await open(0);
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    server.faults.rest({match: /\/read/, body: 'ok', times: Infinity});
    conversation.markRead([id]);
    await server.advance(60_000);
    assert.equal(server.log.requests.filter(({path}) => path.includes('/read')).length, 1);
  });

  it('says what failed when the first page cannot be had, and recovers', async () => {
    const {server, conversation, client} = await open(2);
    const other = client.conversation(99);
    other.open();
    await server.settle();
    assert.equal(other.snapshot().phase, 'failed');
    assert.match(other.snapshot().error?.code ?? '', /not-found|forbidden/);
    assert.equal(conversation.snapshot().phase, 'ready');
  });

  it('loads when it is opened again, though it was closed before its first page came', async () => {
    const {server} = await open();
    const client = server.client({userId: 2});
    await Promise.all([client.connect(), server.settle()]);
    const conversation = client.conversation(10);
    conversation.open()();
    conversation.open();
    await server.settle();
    assert.equal(conversation.snapshot().phase, 'ready');
    assert.equal(conversation.messages.size, 3);
  });

  it('goes on with the next event after a malformed one, and reports it', async () => {
    const {server, conversation, client} = await open(0);
    const errors: ChatError[] = [];
    client.onError((error) => errors.push(error));
    server.emit('private-user.1', 'X', {type: 'message', data: {message: {id: {}, content: 7}}});
    server.message({conversationId: 10, from: 2, content: 'good'});
    await server.settle();
    assert.deepEqual(contents(conversation), ['good']);
    assert.deepEqual(
      errors.map(({code}) => code),
      ['malformed-event'],
    );
  });

  it('is shown beside a message that cannot be read, as of an account that is gone, and closes its gaps', async () => {
    const {server} = await open(3);
    const {fetch} = server.environment;
    const withoutSender: typeof fetch = async (...args) => {
      const text = await (await fetch(...args)).text();
      return new Response(text.replaceAll(/"sender":\{"id":2,[^}]*\}/g, '"sender":null') || null);
    };
    const client = server.client({userId: 1, environment: {...server.environment, fetch: withoutSender}});
    const errors: string[] = [];
    client.onError((error) => errors.push(error.message));
    const conversation = client.conversation(10);
    conversation.open();
    await Promise.all([client.connect(), server.settle()]);
    assert.equal(conversation.snapshot().phase, 'ready');
    assert.match(errors[0] ?? '', /answer\.data\[\d\]\.sender/);
    server.faults.events({drop: true});
    server.message({conversationId: 10, from: 2, content: 'unreadable'});
    server.message({conversationId: 10, from: 1, content: 'good'});
    await server.advance(2_000);
    assert.equal(last(conversation).content, 'good');
    assert.equal(conversation.snapshot().sync, 'live');
  });

  it('shows what comes in while the replica that is asked lags behind, and does not storm it', async () => {
    const {server} = await open(0);
    const {fetch} = server.environment;
    let lag = true;
    let looks = 0;
    const replica: typeof fetch = (input, init) => {
      const url = input instanceof Request ? input.url : input.toString();
      if (!lag || !url.includes('/changes')) return fetch(input, init);
      looks += 1;
      return Promise.resolve(new Response('{"data":[],"revision":0,"has_more":false,"reset":false}'));
    };
    const client = server.client({userId: 1, environment: {...server.environment, fetch: replica}});
    const conversation = client.conversation(10);
    conversation.open();
    await Promise.all([client.connect(), server.settle()]);
    server.faults.events({drop: true});
    server.message({conversationId: 10, from: 2, content: 'lost on the wire'});
    server.message({conversationId: 10, from: 2, content: 'came'});
    await server.advance(4_000);
    assert.deepEqual(contents(conversation), ['came']);
    await server.advance(60_000);
    assert.ok(looks < 10, `${looks} looks`);
    lag = false;
    await server.advance(16_000);
    assert.deepEqual(contents(conversation), ['lost on the wire', 'came']);
    assert.equal(conversation.snapshot().sync, 'live');
  });

  it('receives over two channels what it shows once', async () => {
    const {server, conversation} = await open(0, {conversationChannel: 'private-conversation.{id}'});
    const message = server.message({conversationId: 10, from: 2, content: 'once'});
    server.emit('private-conversation.10', 'again', {type: 'message', data: {message, tempId: null}});
    await server.settle();
    assert.deepEqual(contents(conversation), ['once']);
  });

  it('drops everything of one person when another one comes', async () => {
    const {server, client, conversation} = await open(3);
    conversation.draft = 'secret';
    server.stop();
    void conversation.send('unsent secret').catch(() => undefined);
    await server.advance(100);
    server.start();
    const switched = client.connect({userId: 2, token: server.token(2)});
    await server.advance(2_000);
    assert.equal(await switched, true);
    assert.equal(conversation.draft, '');
    assert.equal(conversation.userId, 2);
    assert.equal(conversation.messages.size, 3);
    assert.ok(!contents(conversation).includes('unsent secret'));
    assert.deepEqual([...server.subscriptions.keys()], ['private-user.2']);
  });

  it('does not connect somebody who is logged out, or gives way to another, while the former is being forgotten', async () => {
    const {server, client} = await open(3);
    const coming = client.connect({userId: 2, token: server.token(2)});
    const over = client.shutdown();
    await server.advance(2_000);
    await over;
    assert.equal(await coming, false);
    assert.equal(client.state, 'idle');
    assert.deepEqual([...server.subscriptions.keys()], []);
    const first = client.connect({userId: 2, token: server.token(2)});
    const second = client.connect({userId: 1, token: server.token(1)});
    await server.advance(2_000);
    assert.deepEqual(await Promise.all([first, second]), [false, true]);
    assert.deepEqual([...server.subscriptions.keys()], ['private-user.1']);
  });

  it('lets go of the connection 2 s after its last holder, and takes it up again', async () => {
    const {server, client} = await open();
    const holder = {};
    client.retain(holder);
    client.release(holder);
    client.retain(holder);
    await server.advance(5_000);
    assert.equal(server.socketIds.length, 1);
    client.release(holder);
    await server.advance(1_900);
    assert.equal(server.socketIds.length, 1);
    await server.advance(200);
    assert.equal(server.socketIds.length, 0);
    client.retain(holder);
    await server.advance(3_000);
    assert.equal(server.socketIds.length, 1);
  });

  it('is not connected by a holder that comes back if nobody wanted it connected', async () => {
    const {server, client} = await open();
    const unasked = server.client({userId: 2});
    client.disconnect();
    for (const one of [client, unasked]) {
      const holder = {};
      one.retain(holder);
      one.release(holder);
      await server.advance(3_000);
      one.retain(holder);
      await server.advance(3_000);
      assert.equal(one.state, 'idle');
    }
    assert.equal(server.socketIds.length, 0);
  });

  for (const end of ['disconnect', 'shutdown'] as const) {
    it(`is not connected by a holder that comes back after ${end}(), though nobody held it by then`, async () => {
      const {server, client} = await open();
      const holder = {};
      client.retain(holder);
      client.release(holder);
      await server.advance(3_000);
      void client[end]();
      await server.settle();
      client.retain(holder);
      await server.advance(3_000);
      assert.equal(client.state, 'idle');
      assert.equal(server.socketIds.length, 0);
    });
  }

  it('looks for what is new each time that it is opened, also where no socket can be had', async () => {
    const {server, client} = await open(0);
    const other = client.conversation(11);
    server.addConversation({id: 11});
    server.stop('sockets');
    await server.settle();
    const close = other.open();
    await server.settle();
    close();
    server.message({conversationId: 11, from: 2, content: 'meanwhile'});
    other.open();
    await server.settle();
    assert.deepEqual(contents(other), ['meanwhile']);
  });

  it('shares one socket among clients of the same person', async () => {
    const {server} = await open();
    const provider = (): string => server.token(1);
    const [a, b] = [server.client({userId: 1, tokenProvider: provider}), server.client({userId: 1, tokenProvider: provider})];
    const before = server.socketIds.length;
    const connected = Promise.all([a.connect(), b.connect()]);
    await server.settle();
    assert.deepEqual(await connected, [true, true]);
    assert.equal(server.socketIds.length, before + 1);
    a.disconnect();
    await server.settle();
    assert.equal(b.isConnected, true);
  });

  it('follows the channel of whoever has an id that Pusher allows in the name of one', async () => {
    for (const userId of ['ali.k@example.com', 'a=b,c;d']) {
      const server = createFakeServer({users: [{id: userId, name: 'Ali'}, {id: 2}], conversations: [{id: 10}]});
      const client = server.client({userId});
      await Promise.all([client.connect(), server.settle()]);
      const {state} = client.channels.get(`private-user.${userId}`) ?? {};
      server.dispose();
      assert.equal(state, 'subscribed');
    }
  });

  it('warns of a channel that cannot be, and goes on without', async (t) => {
    const settings = [
      {userId: 'a|b'},
      {userId: 1, userChannel: 'private user.{id}'},
      {userId: 1, conversationChannel: 'presence-conversation:{id}'},
    ];
    for (const options of settings) {
      forgetWarnings();
      const warn = t.mock.method(console, 'warn', () => undefined);
      const server = createFakeServer({users: [{id: options.userId, name: 'Ali'}, {id: 2}], conversations: [{id: 10}]});
      const client = server.client(options);
      const conversation = client.conversation(10);
      conversation.open();
      const connecting = client.connect();
      await server.settle();
      const {phase} = conversation.snapshot();
      server.dispose();
      warn.mock.restore();
      assert.equal(await connecting, true);
      assert.equal(phase, 'ready');
      assert.equal(warn.mock.callCount(), 1);
      assert.match(String(warn.mock.calls[0]?.arguments[0]), /is not a channel name/);
    }
  });

  it('follows changes again after a 404 that passed, as while the backend is deployed', async () => {
    const {server, conversation} = await open(120);
    await Promise.all([conversation.loadOlder(), server.settle()]);
    const id = conversation.messages.at(0)?.id ?? 0;
    const back = server.faults.rest({status: 404, times: 1000});
    server.closeAll();
    await server.advance(5_000);
    back();
    server.closeAll();
    server.edit(Number(id), 'edited');
    await server.advance(30_000);
    assert.equal(conversation.snapshot().sync, 'live');
    assert.equal(conversation.messages.get(id)?.content, 'edited');
  });

  it('shows the newer text of what came while it was closed, where the backend does not count', async () => {
    const server = createFakeServer({revisions: false, users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}]});
    const client = server.client({userId: 1});
    const conversation = client.conversation(10);
    scene = {server, client, conversation};
    await Promise.all([client.connect(), server.settle()]);
    server.faults.rest({match: /messages/, hang: true, times: 1});
    const close = conversation.open();
    await server.settle();
    const {id} = server.message({conversationId: 10, from: 2, content: 'old'});
    await server.settle();
    close();
    server.edit(id, 'new');
    await server.settle();
    conversation.open();
    await server.advance(3_000);
    assert.equal(conversation.messages.get(id)?.content, 'new');
  });

  it('shows nothing as new that was read elsewhere meanwhile', async () => {
    const {server, client, conversation} = await open(0);
    server.stop('sockets');
    await server.advance(1_000);
    const {id} = server.message({conversationId: 10, from: 2, content: 'hello'});
    await server.settle();
    await Promise.all([client.api.markRead(10, [id]), server.settle()]);
    server.start();
    await server.advance(60_000);
    const {unreadCount, newWhileAway} = conversation.snapshot();
    assert.deepEqual([unreadCount, newWhileAway], [0, 0]);
  });

  it('counts what came in while the count of the server was on its way, where no row comes with a message', async () => {
    const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10, messages: 3}]});
    const {fetch} = server.environment;
    let arrive: (() => void) | null | undefined;
    const slowly: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (arrive === null && new Request(url).url.endsWith('/conversations/10')) {
        await new Promise<void>((resolve) => (arrive = resolve));
      }
      return answer;
    };
    const client = server.client({userId: 1, environment: {...server.environment, fetch: slowly}});
    const conversation = client.conversation(10);
    scene = {server, client, conversation};
    conversation.open();
    await Promise.all([client.connect(), server.settle()]);
    server.faults.events({match: 'ConversationChangedEvent', drop: true, times: 100});
    const {unreadCount} = conversation.snapshot();
    arrive = null;
    void conversation.reload();
    await server.settle();
    server.message({conversationId: 10, from: 2, content: 'hello'});
    await server.settle();
    (arrive as (() => void) | null)?.();
    await server.settle();
    assert.equal(conversation.snapshot().unreadCount, unreadCount + 1);
  });

  it('counts what came in after the server had counted and before the first page, where no row comes with a message', async () => {
    const server = createFakeServer({users: [{id: 1}, {id: 2}], conversations: [{id: 10}]});
    server.faults.events({match: /ConversationChangedEvent/, drop: true, times: Infinity});
    const first = server.message({conversationId: 10, from: 2, content: 'first'});
    server.faults.rest({match: /GET .*messages/, delay: 500, times: 1});
    const client = server.client({userId: 1});
    const conversation = client.conversation(10);
    scene = {server, client, conversation};
    conversation.open();
    void client.connect();
    await server.settle();
    assert.equal(conversation.snapshot().unreadCount, 1);
    server.message({conversationId: 10, from: 2, content: 'second'});
    await server.advance(1_000);
    assert.deepEqual(contents(conversation), ['first', 'second']);
    const {unreadCount, firstUnreadId} = conversation.snapshot();
    assert.deepEqual([unreadCount, firstUnreadId], [2, first.id]);
  });
});
