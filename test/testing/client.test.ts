import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatClient} from '../../src/client/types.js';
import {MessageSentEvent} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';

describe('the fake server, to the client of this package', () => {
  let server: FakeServer;
  let ali: ChatClient;
  let vali: ChatClient;

  beforeEach(async () => {
    server = createFakeServer({
      users: [
        {id: 1, name: 'Ali'},
        {id: 2, name: 'Vali'},
      ],
      conversations: [{id: 10, messages: 3}],
    });
    ali = server.client({userId: 1});
    vali = server.client({userId: 2});
    const connected = Promise.all([ali.connect(), vali.connect()]);
    await server.settle();
    assert.deepEqual(await connected, [true, true]);
  });

  afterEach(() => server.dispose());

  it('lets two people talk', async () => {
    const heard: string[] = [];
    vali.onEventType(MessageSentEvent, (event) => heard.push(event.message.content));
    const conversation = ali.conversation(10);
    conversation.open();
    await server.settle();
    assert.equal(conversation.messages.size, 3);
    const sending = conversation.send('hello');
    await server.settle();
    const sent = await sending;
    assert.deepEqual(heard, ['hello']);
    assert.equal(conversation.messages.at(3)?.id, sent.id);
    assert.equal(conversation.messages.size, 4);
  });

  it('comes back by the virtual clock after the server went away', async () => {
    server.stop();
    await server.settle();
    assert.equal(ali.isConnected, false);
    server.start();
    await server.advance(5_000);
    assert.equal(ali.isConnected, true);
    assert.deepEqual([...server.subscriptions.keys()].sort(), ['private-user.1', 'private-user.2']);
  });

  it('says why nothing comes to rest while a test has stopped all timers', async (test) => {
    const stopped = test.mock.method(globalThis, 'setTimeout', () => 0);
    await assert.rejects(server.settle(), /setTimeout is faked/);
    await assert.rejects(server.advance(1_000), /setTimeout is faked/);
    stopped.mock.restore();
    await server.settle();
  });

  it('says what is missing where a test runner hides what answers are made of', (test) => {
    const {Response, TextDecoder} = globalThis;
    test.after(() => Object.assign(globalThis, {Response, TextDecoder}));
    Reflect.deleteProperty(globalThis, 'Response');
    Reflect.deleteProperty(globalThis, 'TextDecoder');
    assert.throws(() => createFakeServer(), /without Response, TextDecoder\b/);
  });

  it('takes nobody and nothing for an id that was left out', () => {
    const none = undefined as unknown as number;
    assert.throws(() => server.message({conversationId: 10, from: none, content: 'hello'}), TypeError);
    assert.throws(() => server.message({conversationId: none, from: 1, content: 'hello'}), /^TypeError: undefined is no id/);
    assert.throws(() => server.typing({conversationId: 10, user: none}), TypeError);
    assert.throws(() => server.client({userId: none}), TypeError);
    assert.equal(server.users.size, 2);
  });

  it('leaves no timer and no socket behind when it ends', async () => {
    server.dispose();
    await server.settle();
    assert.equal(server.socketIds.length, 0);
    assert.equal(server.clock.pending, 0);
  });
});
