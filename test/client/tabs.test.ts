import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {contents, last} from './scene.js';
import {TabScene, type Tab} from './tab-scene.js';

describe('two tabs of one person', () => {
  let scene: TabScene;
  let server: FakeServer;
  let hub: TabScene['hub'];
  let here: Tab;
  let there: Tab;

  beforeEach(async () => {
    scene = new TabScene();
    ({server, hub} = scene);
    here = await scene.openTab();
    there = await scene.openTab();
    assert.equal(server.socketIds.length, 2);
  });

  afterEach(() => server.dispose());

  const said = (): readonly string[] =>
    server
      .messages(10)
      .map(({content}) => content)
      .slice(3);

  it('agree on the draft', () => {
    here.conversation.draft = 'half a thought';
    assert.equal(there.conversation.draft, 'half a thought');
    there.conversation.draft = '';
    assert.equal(here.conversation.draft, '');
  });

  it('agree on what was read, before the server has answered', async () => {
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    assert.ok(there.conversation.snapshot().unreadCount > 0);
    here.conversation.markRead([id]);
    assert.equal(there.conversation.snapshot().unreadCount, 0);
  });

  it('agree that a message of others is unread while only own ones after it are seen', async () => {
    server.message({conversationId: 10, from: 2, content: 'above the view'});
    const {id} = server.message({conversationId: 10, from: 1, content: 'written on the phone'});
    await server.settle();
    const counts = (): readonly number[] => [here, there].map(({conversation}) => conversation.snapshot().unreadCount);
    const before = counts();
    assert.ok(before.every((count) => count > 0 && count === before[0]));
    // A list names all that is in view.
    here.conversation.markRead([id]);
    assert.deepEqual(counts(), before);
  });

  it('agree on what was read where a page names it by a list of its framework', async () => {
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    await server.settle();
    // As Vue hands out what it watches. A browser does not pass such a list from tab to tab.
    here.conversation.markRead(new Proxy([id], {}));
    assert.equal(there.conversation.snapshot().unreadCount, 0);
  });

  it('agree on the unread counts of the list within two seconds', async () => {
    const {id} = server.message({conversationId: 10, from: 2, content: 'read me'});
    const lists = [here, there].map(({client}) => client.conversations);
    await Promise.all([...lists.map((list) => list.load()), server.settle()]);
    const before = lists.map((list) => list.snapshot().unreadTotal);
    assert.ok(before.every((count) => count > 0 && count === before[0]));
    here.conversation.markRead([id]);
    await server.advance(2_000);
    assert.deepEqual(
      lists.map((list) => list.snapshot().unreadTotal),
      [0, 0],
    );
  });

  it('do not renew the token for one another for ever where a channel is denied to both', async () => {
    server.faults.auth({match: 'private-secret', status: 403, times: Infinity});
    const asked = (): number => server.log.requests.filter(({path}) => path.endsWith('/auth')).length;
    for (const {client} of [here, there]) {
      client.subscribe('private-secret');
      await server.advance(20_000);
    }
    const before = asked();
    await server.advance(600_000);
    assert.equal(asked(), before);
    for (const {client} of [here, there]) assert.equal(client.channels.get('private-secret')?.state, 'denied');
  });

  it('both show a message that one of them sends, once', async () => {
    await Promise.all([here.conversation.send('hello'), server.settle()]);
    assert.deepEqual(contents(there.conversation).slice(3), ['hello']);
    assert.deepEqual(contents(here.conversation).slice(3), ['hello']);
    assert.equal(last(there.conversation).status, 'sent');
  });

  it('take over a message whose echo one of them missed', async () => {
    server.faults.events({drop: true, times: 4});
    await Promise.all([here.conversation.send('silent'), server.settle()]);
    await server.advance(2_000);
    assert.deepEqual(contents(there.conversation).slice(3), ['silent']);
  });

  it('come back together: one that waits tries as soon as the other is connected', async () => {
    server.stop('sockets');
    await server.advance(60_000);
    const {retryAt} = there.client.status;
    assert.ok(retryAt !== null && retryAt - server.environment.clock.now() > 1_500);
    server.start();
    here.client.retry();
    await server.advance(1_500);
    assert.deepEqual([here.client.state, there.client.state], ['connected', 'connected']);
  });

  it('send at once what one of them still holds back, as soon as the other is connected', async () => {
    server.stop();
    void there.conversation.send('waits there');
    await server.advance(300_000);
    there.client.disconnect();
    server.start();
    here.client.retry();
    void here.conversation.send('written here');
    await server.advance(1_500);
    assert.equal(here.client.state, 'connected');
    assert.deepEqual(said(), ['waits there', 'written here']);
  });

  it('send at once what one of them still holds back, as soon as somebody writes in a new one', async () => {
    server.stop();
    void there.conversation.send('waits there');
    await server.advance(300_000);
    for (const {client} of [here, there]) client.disconnect();
    server.start();
    const added = await scene.openTab();
    assert.deepEqual(said(), []);
    void added.conversation.send('written in the new one');
    await server.advance(1_500);
    assert.deepEqual(said(), ['waits there', 'written in the new one']);
  });

  it('leave a connected one its pause when somebody writes in the other', async () => {
    server.faults.rest({match: /POST .*messages/, status: 503, times: Infinity});
    void here.conversation.send('not taken yet');
    await server.advance(10_000);
    const tries = (): number => server.log.requestsTo('POST', /messages$/).length;
    const before = tries();
    void there.conversation.send('written in the other');
    await server.settle();
    assert.equal(tries(), before);
  });

  it('say nothing when a page connects at its first attempt, as that would cost others their place in the back/forward cache', async () => {
    await scene.openTab();
    assert.ok(!hub.messages.some((message) => (message as {type: string}).type === 'connected'));
  });

  it('leave one alone that was disconnected', async () => {
    there.client.disconnect();
    here.client.disconnect();
    await Promise.all([here.client.connect(), server.advance(5_000)]);
    assert.deepEqual([here.client.state, there.client.state], ['connected', 'idle']);
  });

  it('share a token that one of them renewed', async () => {
    server.expireTokens(1);
    await Promise.all([here.conversation.send('with a new token'), server.advance(6_000)]);
    assert.ok(hub.messages.some((message) => (message as {type: string}).type === 'token'));
    const before = server.log.requests.length;
    there.conversation.sendTyping();
    await server.settle();
    const statuses = server.log.requests.slice(before).map(({status}) => status);
    assert.deepEqual(statuses, [204], 'the other tab need not be refused first');
  });

  it('log out together, and keep nothing', async () => {
    here.conversation.draft = 'secret';
    await Promise.all([here.client.shutdown(), server.settle()]);
    for (const {client, conversation} of [here, there]) {
      assert.equal(client.userId, null);
      assert.equal(client.isConnected, false);
      assert.equal(conversation.messages.size, 0);
      assert.equal(conversation.draft, '');
    }
    await server.advance(5_000);
    assert.equal(server.socketIds.length, 0);
  });

  it('leave one alone in which somebody has signed in since, who hears of a logout late', async () => {
    await Promise.all([here.client.shutdown(), server.settle()]);
    const logout = hub.messages.find((message) => (message as {type: string}).type === 'logout');
    await server.advance(1_000);
    const later = await scene.openTab();
    later.conversation.draft = 'of the new login';
    hub.say(logout);
    await server.settle();
    assert.deepEqual([later.client.userId, later.client.isConnected], [1, true]);
    assert.equal(later.conversation.draft, 'of the new login');
  });

  it('log out also where another version of this package does not say when', async () => {
    hub.say({type: 'logout'});
    assert.deepEqual([here.client.userId, there.client.userId], [null, null]);
  });

  it('log out also where the clock was set back meanwhile', async () => {
    const {clock} = server.environment;
    let setBack = 0;
    const {client} = await scene.openTab({
      clock: {
        now: () => clock.now() - setBack,
        setTimeout: (...args) => clock.setTimeout(...args),
        clearTimeout: (timer) => clock.clearTimeout(timer),
      },
    });
    setBack = 3_600_000;
    hub.say({type: 'logout', at: clock.now() - setBack});
    assert.equal(client.userId, null);
  });
});
