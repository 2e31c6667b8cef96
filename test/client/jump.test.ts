import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {RestChatApi, type ChatApi} from '../../src/api/index.js';
import type {LiveConversation} from '../../src/client/types.js';
import {Logger} from '../../src/logging/index.js';
import {ApiError, type Id, type Message} from '../../src/model/index.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {contents, last, openScene, type Scene} from './scene.js';

/** How many pages of messages were fetched. */
const fetches = ({server}: Scene): number => server.log.requests.filter(({path}) => path.endsWith('/messages')).length;

describe('a jump in a live conversation', () => {
  let scene: Scene;

  afterEach(() => {
    scene.server.dispose();
    Logger.disable();
    Logger.setSink(null);
  });

  const open = async (messages: number, options?: Parameters<typeof openScene>[1]): Promise<Scene> => {
    scene = await openScene(messages, options);
    return scene;
  };

  const idAt = (index: number): number => scene.server.messages(10).at(index)?.id ?? 0;

  async function jumpTo(id: number): Promise<void> {
    await Promise.all([scene.conversation.loadAround(id), scene.server.settle()]);
  }

  /** The conversation of another client of Ali, with this API. */
  async function openWith(api: ChatApi): Promise<LiveConversation> {
    const {server} = scene;
    const client = server.client({userId: 1, api});
    const conversation = client.conversation(10);
    conversation.open();
    await Promise.all([client.connect(), server.settle()]);
    return conversation;
  }

  /** The conversation of a client whose backend knows nothing any more of the messages that are put into `gone`. */
  async function openLosing(
    messages: number,
  ): Promise<{server: FakeServer; conversation: LiveConversation; gone: Set<Id | undefined>}> {
    const {server} = await open(messages);
    const gone = new Set<Id | undefined>();
    return {server, conversation: await openWith(withoutRows(server, gone)), gone};
  }

  /** What is shown is what the server has, from the first shown message on, without a hole. */
  function checkStretch(): void {
    const {messages} = scene.conversation;
    const shown = messages.slice(0, messages.size).map(({id, content}) => [Number(id), content]);
    const rows = scene.server.messages(10).map(({id, content}) => [id, content]);
    const from = rows.findIndex(([id]) => id === shown[0]?.[0]);
    assert.deepEqual(shown, rows.slice(from, from + shown.length));
  }

  it('brings a message that is not loaded with one fetch, and the newest ones back with none', async () => {
    const {conversation} = await open(500);
    const before = fetches(scene);
    await jumpTo(idAt(200));
    assert.equal(fetches(scene) - before, 1);
    assert.ok(conversation.messages.get(idAt(200)));
    assert.deepEqual([conversation.snapshot().hasOlder, conversation.snapshot().hasNewer], [true, true]);
    checkStretch();
    conversation.loadLatest();
    assert.equal(fetches(scene) - before, 1);
    assert.equal(last(conversation).id, idAt(-1));
    assert.equal(conversation.snapshot().hasNewer, false);
    checkStretch();
  });

  it('fetches nothing for a message that is loaded, nor for one of the newest after a jump', async () => {
    const {conversation} = await open(500);
    await jumpTo(idAt(100));
    const before = fetches(scene);
    await jumpTo(idAt(101));
    assert.equal(conversation.snapshot().hasNewer, true);
    await jumpTo(idAt(-3));
    assert.equal(conversation.snapshot().hasNewer, false);
    assert.equal(fetches(scene), before);
  });

  it('joins what it brings to what is loaded, where they touch', async () => {
    const {conversation} = await open(500);
    await jumpTo(idAt(-60));
    assert.equal(conversation.snapshot().hasNewer, false);
    assert.equal(last(conversation).id, idAt(-1));
    checkStretch();
  });

  it('pages on from there in both directions until it meets the newest messages', async () => {
    const {server, conversation} = await open(400);
    await jumpTo(idAt(200));
    const {size} = conversation.messages;
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.messages.size, size + 50);
    for (let page = 0; page < 10 && conversation.snapshot().hasNewer; page += 1) {
      await Promise.all([conversation.loadNewer(), server.settle()]);
    }
    assert.equal(conversation.snapshot().hasNewer, false);
    checkStretch();
    server.message({conversationId: 10, from: 2, content: 'live again'});
    await server.settle();
    assert.equal(last(conversation).content, 'live again');
  });

  it('counts what comes in meanwhile, tells of it once, and shows it at the end', async () => {
    const {server, conversation} = await open(500);
    const received: Message[] = [];
    conversation.onMessage((news) => received.push(news.message));
    await jumpTo(idAt(100));
    const shown = contents(conversation);
    const {unreadCount} = conversation.snapshot();
    for (const content of ['one', 'two']) server.message({conversationId: 10, from: 2, content});
    await server.settle();
    assert.deepEqual(contents(conversation), shown);
    assert.deepEqual([conversation.snapshot().newAfter, conversation.snapshot().unreadCount], [2, unreadCount + 2]);
    assert.deepEqual(
      received.map(({content}) => content),
      ['one', 'two'],
    );
    conversation.loadLatest();
    assert.deepEqual(contents(conversation).slice(-2), ['one', 'two']);
    assert.equal(conversation.snapshot().newAfter, 0);
    checkStretch();
  });

  it('returns to the end with one’s own message, even offline', async () => {
    const {server, conversation} = await open(500);
    await jumpTo(idAt(100));
    server.stop();
    await server.advance(1_000);
    void conversation.send('mine');
    assert.equal(last(conversation).content, 'mine');
    assert.equal(conversation.messages.at(conversation.messages.size - 2)?.id, idAt(-1));
    assert.equal(conversation.snapshot().hasNewer, false);
    server.start();
    await server.advance(60_000);
    assert.equal(last(conversation).status, 'sent');
    checkStretch();
  });

  it('follows edits, deletions and read marks in what is shown, live and after a gap', async () => {
    const {server, conversation} = await open(500);
    await Promise.all([conversation.send('mine'), server.settle()]);
    const mine = last(conversation);
    await jumpTo(idAt(100));
    server.edit(idAt(100), 'edited live');
    await server.settle();
    assert.equal(conversation.messages.get(idAt(100))?.content, 'edited live');
    server.stop('sockets');
    await server.settle();
    server.edit(idAt(101), 'edited unseen');
    server.read({conversationId: 10, reader: 2, messageIds: [mine.id]});
    server.start();
    await server.advance(30_000);
    assert.equal(conversation.messages.get(idAt(101))?.content, 'edited unseen');
    assert.equal(conversation.snapshot().sync, 'live');
    conversation.loadLatest();
    assert.equal(conversation.messages.get(mine.id)?.status, 'read');
    checkStretch();
  });

  it('fetches what is shown again when the backend no longer knows what changed', async () => {
    const {server, conversation} = await open(500);
    await jumpTo(idAt(100));
    server.stop('sockets');
    await server.settle();
    server.edit(idAt(100), 'edited unseen');
    server.forgetChanges(10);
    server.start();
    await server.advance(30_000);
    assert.equal(conversation.messages.get(idAt(100))?.content, 'edited unseen');
    assert.equal(conversation.snapshot().hasNewer, true);
    checkStretch();
  });

  it('fetches what is shown again also where somebody jumps to a part of it before that is there', async () => {
    const {server} = await open(500);
    let isAgain = false;
    const api = changedApi(server, (list) => (id, query) => {
      if (isAgain && query?.around !== undefined) {
        isAgain = false;
        queueMicrotask(() => void conversation.loadAround(idAt(100)));
      }
      return list(id, query);
    });
    const conversation = await openWith(api);
    await Promise.all([conversation.loadAround(idAt(100)), server.settle()]);
    server.stop('sockets');
    await server.settle();
    server.edit(idAt(100), 'edited unseen');
    server.forgetChanges(10);
    server.start();
    isAgain = true;
    await server.advance(5_000);
    assert.equal(isAgain, false);
    assert.equal(conversation.messages.get(idAt(100))?.content, 'edited unseen');
  });

  it('goes to the newest where what is shown cannot be had again', async () => {
    const {server} = await open(500);
    const api = changedApi(server, (list) => async (id, query) => {
      if (query?.around !== undefined && isBack) throw new ApiError('server', 'Busy.', {status: 503});
      return list(id, query);
    });
    let isBack = false;
    const conversation = await openWith(api);
    await Promise.all([conversation.loadAround(idAt(100)), server.settle()]);
    assert.equal(conversation.snapshot().hasNewer, true);
    server.stop('sockets');
    await server.settle();
    server.edit(idAt(100), 'edited unseen');
    server.forgetChanges(10);
    server.start();
    isBack = true;
    await server.advance(30_000);
    assert.equal(conversation.snapshot().hasNewer, false);
    assert.equal(last(conversation).id, idAt(-1));
  });

  it('takes no page that is older than what came over the wire', async () => {
    const {server, conversation} = await open(500);
    server.faults.rest({delay: 1_000, match: /messages/, times: 1});
    const jump = conversation.loadAround(idAt(100));
    await server.settle();
    server.edit(idAt(100), 'edited meanwhile');
    await server.advance(2_000);
    await jump;
    assert.equal(conversation.messages.get(idAt(100))?.content, 'edited meanwhile');
  });

  it('gives up a jump for the one after it, and for going back', async () => {
    const {server, conversation} = await open(500);
    const first = assert.rejects(conversation.loadAround(idAt(50)), {code: 'aborted'});
    const second = assert.rejects(conversation.loadAround(idAt(100)), {code: 'aborted'});
    assert.equal(conversation.snapshot().jumpingTo, idAt(100));
    conversation.loadLatest();
    await Promise.all([first, second, server.settle()]);
    assert.equal(conversation.snapshot().jumpingTo, null);
    assert.equal(last(conversation).id, idAt(-1));
  });

  it('brings nothing of one person when another one comes meanwhile', async () => {
    const {server, client, conversation} = await open(500);
    server.faults.rest({delay: 1_000, match: /messages/, times: 1});
    const jump = assert.rejects(conversation.loadAround(idAt(100)), {code: 'aborted'});
    await server.settle();
    const switched = client.connect({userId: 2, token: server.token(2)});
    await server.advance(5_000);
    assert.equal(await switched, true);
    await jump;
    assert.equal(conversation.messages.get(idAt(100)), undefined);
    assert.deepEqual([conversation.snapshot().jumpingTo, conversation.snapshot().hasNewer], [null, false]);
    checkStretch();
  });

  it('says so when a message does not exist, and stays where it was', async () => {
    const {server, conversation} = await open(500);
    for (const hasNewer of [false, true]) {
      const shown = contents(conversation);
      await Promise.all([assert.rejects(conversation.loadAround(98_765), ApiError), server.settle()]);
      assert.deepEqual(contents(conversation), shown);
      assert.deepEqual([conversation.snapshot().jumpingTo, conversation.snapshot().hasNewer], [null, hasNewer]);
      await jumpTo(idAt(100));
    }
  });

  it('asks once for a page, however many want it', async () => {
    const {server, conversation} = await open(500);
    const before = fetches(scene);
    await Promise.all([conversation.loadOlder(), conversation.loadOlder(), server.settle()]);
    assert.equal(fetches(scene) - before, 1);
  });

  it('asks for nothing before the first message, nor after the last one', async () => {
    const {server, conversation} = await open(3);
    const before = fetches(scene);
    await Promise.all([conversation.loadOlder(), conversation.loadNewer(), server.settle()]);
    assert.equal(fetches(scene) - before, 0);
    assert.equal(conversation.snapshot().loadingOlder, false);
  });

  for (const [what, ask] of [
    ['an older page', (conversation) => conversation.loadOlder()],
    ['a jump', (conversation) => conversation.loadAround(idAt(100))],
  ] as const satisfies readonly [string, (conversation: LiveConversation) => Promise<void>][]) {
    it(`shows the next person nothing of ${what} that an API of the page brings in spite of having been told to stop`, async () => {
      const {server} = await open(500);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const api = changedApi(server, (list) => async (id, query) => {
        const page = await list(id, {...query, signal: undefined});
        if (query?.before !== undefined || query?.around !== undefined) await held;
        return page;
      });
      const client = server.client({userId: 1, api});
      const conversation = client.conversation(10);
      conversation.open();
      await Promise.all([client.connect(), server.settle()]);
      const asked = ask(conversation).catch(() => undefined);
      await server.settle();
      void client.shutdown();
      release();
      await Promise.all([asked, server.settle()]);
      assert.equal(conversation.messages.size, 0);
    });
  }

  it('says why newer messages cannot be had, and loads them when asked again', async () => {
    const {server, conversation} = await open(500);
    await jumpTo(idAt(100));
    const {size} = conversation.messages;
    server.faults.rest({match: /GET .*messages$/, status: 500, times: 1});
    const loading = conversation.loadNewer();
    assert.equal(conversation.snapshot().loadingNewer, true);
    await Promise.all([loading, server.settle()]);
    assert.equal(conversation.snapshot().loadingNewer, false);
    assert.equal(conversation.snapshot().newerError?.code, 'server');
    await Promise.all([conversation.loadNewer(), server.settle()]);
    assert.equal(conversation.snapshot().newerError, null);
    assert.equal(conversation.messages.size, size + 50);
  });

  it('goes on in both directions although the messages at the edges are gone, as no tombstones were left', async () => {
    const {server, conversation, gone} = await openLosing(500);
    await Promise.all([conversation.loadAround(idAt(200)), server.settle()]);
    const {messages} = conversation;
    const {size} = messages;
    for (const index of [0, 1, 2, size - 1]) gone.add(messages.at(index)?.id);
    await Promise.all([conversation.loadOlder(), server.settle()]);
    await Promise.all([conversation.loadNewer(), server.settle()]);
    const {olderError, newerError} = conversation.snapshot();
    assert.deepEqual([olderError, newerError], [null, null]);
    assert.ok(messages.size > size + 90, `only ${messages.size - size} more`);
    const shown = messages.slice(0, messages.size).map(({id}) => Number(id));
    const rows = server.messages(10).map(({id}) => id);
    assert.deepEqual(shown, rows.slice(rows.indexOf(shown[0] ?? 0)).slice(0, shown.length));
  });

  it('goes on however many messages at the edge are gone', async () => {
    const {server, conversation, gone} = await openLosing(500);
    for (let page = 0; page < 3; page += 1) await Promise.all([conversation.loadOlder(), server.settle()]);
    const {messages} = conversation;
    const {size} = messages;
    for (let index = 0; index < 70; index += 1) gone.add(messages.at(index)?.id);
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.ok(messages.size > size, `still ${messages.size}`);
  });

  it('says that it cannot go on where the whole conversation is gone', async () => {
    const {server, conversation} = await open(500);
    server.faults.rest({match: /GET .*messages$/, status: 404, times: 100});
    await Promise.all([conversation.loadOlder(), server.settle()]);
    assert.equal(conversation.snapshot().olderError?.code, 'not-found');
  });

  it('goes to a hit of a search, and back', async () => {
    const {server, client, conversation} = await open(0);
    server.message({conversationId: 10, from: 2, content: 'the needle'});
    for (let count = 0; count < 200; count += 1) server.message({conversationId: 10, from: 2, content: 'hay'});
    await server.settle();
    await client.connect();
    const hits = client.api.listMessages(10, {search: 'needle'});
    await server.settle();
    const hit = (await hits).messages[0];
    await jumpTo(Number(hit?.id));
    assert.equal(conversation.messages.get(hit?.id ?? '')?.content, 'the needle');
    conversation.loadLatest();
    assert.equal(last(conversation).content, 'hay');
  });

  it('lets go of what is far from what is looked at, and loads it again', async () => {
    const {server, conversation} = await open(1_100, {maxMessages: 500});
    const older = (): Promise<unknown> => Promise.all([conversation.loadOlder(), server.settle()]);
    for (let page = 0; page < 14; page += 1) await older();
    assert.ok(conversation.messages.size <= 500);
    assert.equal(conversation.snapshot().hasNewer, true);
    checkStretch();
    for (let page = 0; page < 40 && conversation.snapshot().hasNewer; page += 1) {
      await Promise.all([conversation.loadNewer(), server.settle()]);
      assert.ok(conversation.messages.size <= 500);
      checkStretch();
    }
    assert.equal(last(conversation).id, idAt(-1));
    assert.equal(conversation.snapshot().hasOlder, true);
  });

  it('lets go of the oldest while the end is looked at, and of nothing that somebody reads', async () => {
    const {server, conversation} = await open(0, {maxMessages: 500});
    for (let count = 0; count < 600; count += 1) server.message({conversationId: 10, from: 2, content: `m${count}`});
    await server.settle();
    assert.ok(conversation.messages.size <= 500);
    assert.equal(last(conversation).content, 'm599');
    const read = conversation.messages.at(3)?.id;
    conversation.open(() => read);
    for (let count = 600; count < 1_200; count += 1) server.message({conversationId: 10, from: 2, content: `m${count}`});
    await server.settle();
    assert.ok(conversation.messages.size <= 500);
    assert.ok(conversation.messages.get(read ?? ''));
    checkStretch();
  });

  it('finds the first unread one in the page that holds it', async () => {
    const {server, conversation} = await open(200);
    const total = conversation.snapshot().unreadCount;
    assert.ok(total > 50, 'not all unread ones are loaded');
    assert.equal(conversation.snapshot().firstUnreadId, null);
    while (conversation.snapshot().hasOlder) await Promise.all([conversation.loadOlder(), server.settle()]);
    const others = server.messages(10).filter(({sender}) => Number(sender.id) !== 1);
    assert.equal(Number(conversation.snapshot().firstUnreadId), others.at(-total)?.id);
  });

  it('takes two pages, and says so once, where the backend does not know around', async () => {
    const {server, conversation} = await open(500);
    const said: string[] = [];
    Logger.enable('ConversationStore');
    Logger.setSink(({message}) => said.push(message));
    const other = await openWith(withoutAround(server));
    const before = fetches(scene);
    await Promise.all([other.loadAround(idAt(100)), server.settle()]);
    assert.equal(fetches(scene) - before, 3);
    assert.deepEqual([other.messages.indexOf(idAt(50)), other.messages.indexOf(idAt(100)), other.messages.size], [0, 50, 100]);
    assert.equal(other.snapshot().hasOlder, true);
    await Promise.all([other.loadAround(idAt(300)), server.settle()]);
    assert.equal(fetches(scene) - before, 5);
    assert.ok(other.messages.get(idAt(300)));
    assert.equal(other.snapshot().hasNewer, true);
    assert.equal(conversation.snapshot().hasNewer, false);
    assert.equal(said.filter((line) => line.includes('around')).length, 1);
  });

  it('shows no hole where somebody who hears of it goes back to the newest', async () => {
    const {conversation, server} = await open(300);
    let isFirst = true;
    conversation.messages.subscribe(({type}) => {
      if (type !== 'reset' || !isFirst) return;
      isFirst = false;
      conversation.loadLatest();
    });
    await Promise.allSettled([conversation.loadAround(idAt(20)), server.settle()]);
    checkStretch();
  });
});

/** An API of the fake server whose pages of messages are fetched by what `change` makes of the way to fetch them. */
function changedApi(server: FakeServer, change: (fetch: ChatApi['listMessages']) => ChatApi['listMessages']): ChatApi {
  const {fetch, clock} = server.environment;
  const token = Promise.resolve(server.token(1));
  const source = {get: () => token, refresh: () => token};
  const api = new RestChatApi({apiBase: server.address.apiBase, fetch, clock, token: source});
  api.listMessages = change(api.listMessages.bind(api));
  return api;
}

/** The routes of a backend that was written before `around`. */
function withoutAround(server: FakeServer): ChatApi {
  return changedApi(server, (list) => (id, query) => list(id, {...query, around: undefined}));
}

/** Of these messages the backend knows nothing any more, not even where they were. */
function withoutRows(server: FakeServer, gone: ReadonlySet<Id | undefined>): ChatApi {
  return changedApi(server, (list) => async (id, query) => {
    const from = query?.before ?? query?.after;
    if (gone.has(from)) throw new ApiError('not-found', 'No such message.', {status: 404});
    const {limit = 50} = query ?? {};
    const page = await list(id, {...query, limit: limit + gone.size});
    const left = page.messages.filter((message) => !gone.has(message.id));
    return {...page, messages: query?.before === undefined ? left.slice(0, limit) : left.slice(-limit)};
  });
}
