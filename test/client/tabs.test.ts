import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ChatClient, LiveConversation} from '../../src/client/types.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {contents, last} from './scene.js';

/** The channels between the tabs of one browser. A message reaches every other holder of the same name, as in a browser. */
class BroadcastHub {
  readonly #open = new Set<FakeChannel>();
  readonly messages: unknown[] = [];

  readonly open = (name: string): BroadcastChannel => {
    const channel = new FakeChannel(name, (from, data) => {
      this.messages.push(data);
      for (const other of this.#open)
        if (other !== from && other.name === name) other.dispatchEvent(new MessageEvent('message', {data}));
    });
    channel.onClose = () => this.#open.delete(channel);
    this.#open.add(channel);
    return channel as unknown as BroadcastChannel;
  };
}

class FakeChannel extends EventTarget {
  readonly name: string;
  readonly #post: (from: FakeChannel, data: unknown) => void;
  onClose = (): void => undefined;

  constructor(name: string, post: (from: FakeChannel, data: unknown) => void) {
    super();
    this.name = name;
    this.#post = post;
  }

  postMessage(data: unknown): void {
    this.#post(this, structuredClone(data));
  }

  close(): void {
    this.onClose();
  }
}

interface Tab {
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
}

describe('two tabs of one person', () => {
  let server: FakeServer;
  let hub: BroadcastHub;
  let here: Tab;
  let there: Tab;

  const openTab = async (): Promise<Tab> => {
    // Functions of its own keep a tab from sharing the connection of another, as another page would.
    const {fetch} = server.environment;
    const environment = {...server.environment, fetch: ((...args) => fetch(...args)) as typeof fetch, openBroadcast: hub.open};
    const client = server.client({userId: 1, environment});
    const conversation = client.conversation(10);
    conversation.open();
    const connected = client.connect();
    await server.settle();
    assert.equal(await connected, true);
    return {client, conversation};
  };

  beforeEach(async () => {
    server = createFakeServer({
      users: [
        {id: 1, name: 'Ali Karimov'},
        {id: 2, name: 'Vali Yusupov'},
      ],
      conversations: [{id: 10, messages: 3}],
    });
    hub = new BroadcastHub();
    here = await openTab();
    there = await openTab();
    assert.equal(server.socketIds.length, 2);
  });

  afterEach(() => server.dispose());

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
});
