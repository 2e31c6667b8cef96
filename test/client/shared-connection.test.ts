import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {ChatClient, ChatClientOptions, LiveConversation} from '../../src/client/types.js';
import type {ChatError, ChatEvent, Clock, Id} from '../../src/model/index.js';
import {createFakeServer, type FakeServer} from '../../src/testing/fake-server.js';
import {seededRandom} from '../../src/testing/random.js';
import {FakeBrowser, type FakeTab} from './fake-browser.js';
import {contents} from './scene.js';

type Options = Partial<Omit<ChatClientOptions, 'userId'>> & {readonly userId?: Id};

interface Tab {
  readonly browser: FakeTab;
  readonly client: ChatClient;
  readonly conversation: LiveConversation;
  readonly events: ChatEvent[];
  readonly errors: ChatError[];
}

/** Long enough for three questions without an answer, and a new socket. */
const FROZEN = 12_000;
/** Long enough for whoever is next to connect, and everybody to catch up. */
const HANDOVER = 1_000;
/** How many courses of events are tried. */
const SEEDS = 40;

describe('tabs that share a connection', () => {
  let server: FakeServer;
  let browser: FakeBrowser;
  let tabs: Tab[];

  const addTab = (options: Options = {}): Tab => {
    const own = browser.openTab();
    const client = own.inPage(() => server.client({userId: 1, environment: own.environment, shareConnection: true, ...options}));
    const conversation = client.conversation(10);
    const tab: Tab = {browser: own, client, conversation, events: [], errors: []};
    conversation.open();
    client.onEvent((event) => tab.events.push(event));
    client.onError((error) => tab.errors.push(error));
    tabs.push(tab);
    return tab;
  };

  /** Opens a tab that connects, and waits for what it loads: that takes time on the machine, and none on the clock. */
  const startTab = async (): Promise<void> => {
    void addTab().client.connect();
    await import('../../src/client/shared-connection/index.js');
  };

  const openTab = async (options?: Options): Promise<Tab> => {
    const tab = addTab(options);
    const connected = tab.client.connect();
    await server.settle(() => tab.client.state === 'connected' && tab.conversation.snapshot().sync === 'live');
    assert.equal(await connected, true);
    return tab;
  };

  const openTabs = async (count: number): Promise<readonly Tab[]> => {
    for (let opened = 0; opened < count; opened += 1) await openTab();
    return tabs;
  };

  const say = (content: string): void => void server.message({conversationId: 10, from: 2, content});

  const assertAllLive = (some: readonly Tab[], what = 'the tabs'): void => {
    const states = some.map(({client, conversation}) => [client.state, conversation.snapshot().sync]);
    assert.deepEqual(
      states,
      some.map(() => ['connected', 'live']),
      what,
    );
  };

  /** Everything that was said is shown in each of these tabs, once and in order. */
  const assertAllShow = (some: readonly Tab[], what = 'the tabs'): void => {
    const said = server.messages(10).map(({content}) => content);
    for (const {conversation} of some) assert.deepEqual(contents(conversation), said, what);
  };

  // Node 20 has no navigator, of which every page asks whether it is online.
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  before(() => Object.defineProperty(globalThis, 'navigator', {value: {onLine: true}, configurable: true}));
  after(() => {
    if (navigator) Object.defineProperty(globalThis, 'navigator', navigator);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  beforeEach(() => {
    server = createWorld();
    browser = new FakeBrowser(server.environment);
    tabs = [];
  });

  afterEach(() => server.dispose());

  it('have one socket, whose events reach each of them', async () => {
    const all = await openTabs(3);
    assert.equal(server.socketIds.length, 1);
    assert.equal(server.log.attempts.length, 1);
    assert.equal(new Set(all.map(({client}) => client.socketId)).size, 1);
    say('to all');
    await server.settle();
    assertAllShow(all);
    for (const {events} of all) assert.equal(events.filter(({type}) => type === 'message').length, 2, 'by both channels');
  });

  it('each send over it, and see what the others sent', async () => {
    const all = await openTabs(3);
    for (const [index, {conversation}] of all.entries()) {
      await Promise.all([conversation.send(`from ${index}`), server.settle()]);
    }
    assertAllShow(all);
    assert.equal(server.messages(10).length, 6);
  });

  it('whisper over it, and hear the whispers of others', async () => {
    const all = await openTabs(2);
    const vali = server.client({userId: 2});
    const heard: ChatEvent[] = [];
    vali.onEvent((event) => heard.push(event));
    vali.conversation(10).open();
    void vali.connect();
    await server.settle();
    for (const {conversation} of all) {
      conversation.sendTyping();
      await server.settle();
    }
    assert.deepEqual(
      heard.map(({type}) => type),
      ['typing', 'typing'],
    );
    vali.conversation(10).sendTyping();
    await server.settle();
    for (const {conversation} of all) assert.equal(conversation.snapshot().typing[0]?.name, 'Vali Yusupov');
  });

  it('know who is there, also after somebody came and went', async () => {
    const [here, there] = await openTabs(2);
    const members = (tab: Tab | undefined): string[] => [
      ...(tab?.client.channels.get('presence-conversation.10')?.members?.keys() ?? []),
    ];
    const vali = server.client({userId: 2});
    vali.conversation(10).open();
    void vali.connect();
    await server.settle();
    assert.deepEqual(
      [members(here), members(there)],
      [
        ['1', '2'],
        ['1', '2'],
      ],
    );
    vali.dispose();
    await server.settle();
    assert.deepEqual([members(here), members(there)], [['1'], ['1']]);
  });

  it('keep a channel as long as one of them holds it', async () => {
    const [here, there] = (await openTabs(2)) as [Tab, Tab];
    const handles = [here, there].map(({client}) => client.subscribe('private-extra'));
    await server.settle();
    assert.deepEqual(
      handles.map(({state}) => state),
      ['subscribed', 'subscribed'],
    );
    handles[0]?.unsubscribe();
    await server.settle();
    assert.ok(server.subscriptions.has('private-extra'));
    there.browser.crash();
    await server.settle();
    assert.ok(!server.subscriptions.has('private-extra'));
    assertAllLive([here]);
  });

  it('each join a channel that needs no permission', async () => {
    const handles = (await openTabs(2)).map(({client}) => client.subscribe('news'));
    await server.settle();
    for (const {state} of handles) assert.equal(state, 'subscribed');
  });

  it('leave a channel when the last of them has given it back, which need not have the socket', async () => {
    await openTabs(2);
    const handles = tabs.map(({client}) => client.subscribe('private-extra'));
    await server.settle();
    for (const handle of handles) {
      assert.ok(server.subscriptions.has('private-extra'));
      handle.unsubscribe();
      await server.settle();
    }
    assert.ok(!server.subscriptions.has('private-extra'));
  });

  it('hear nothing of a channel that only another one holds', async () => {
    const typing = {type: 'typing', data: {conversation_id: 11, user: {id: 2, name: 'Vali Yusupov'}}};
    for (const [index, {client}] of (await openTabs(2)).entries()) {
      const {ready} = client.subscribe(`private-extra.${index}`);
      await Promise.all([ready, server.settle()]);
      server.emit(`private-extra.${index}`, 'UserIsTypingEvent', typing);
      await server.settle();
    }
    assert.deepEqual(
      tabs.map(({events}) => events.map(({channel}) => channel)),
      [['private-extra.0'], ['private-extra.1']],
    );
  });

  it('give the one with the socket a channel that another already holds', async () => {
    const [here, there] = (await openTabs(2)) as [Tab, Tab];
    for (const {client} of [there, here]) {
      const {ready} = client.subscribe('private-extra');
      await server.settle();
      await ready;
    }
    assert.equal(server.log.frames.filter(({event, channel}) => event === 'pusher:subscribe' && channel === null).length, 3);
  });

  it('are each told that a channel is refused, and go on without it', async () => {
    server.faults.auth({match: 'private-secret', status: 403, times: 4});
    const all = await openTabs(2);
    const handles = all.map(({client}) => client.subscribe('private-secret'));
    await server.advance(5_000);
    for (const handle of handles) assert.equal(handle.state, 'denied');
    for (const {errors} of all)
      assert.deepEqual(
        errors.map(({code}) => code),
        ['subscription-denied'],
      );
    say('in spite of it');
    await server.settle();
    assertAllShow(all);
  });

  it('ask again with the permission of another tab when the server does not take that of the first', async () => {
    const [first, second] = (await openTabs(2)) as [Tab, Tab];
    server.faults.auth({match: 'private-extra', body: '{"auth":"fake-key:nonsense"}'});
    const handles = [first, second].map(({client}) => client.subscribe('private-extra'));
    await server.advance(25_000);
    for (const {state} of handles) assert.equal(state, 'subscribed');
    assertAllLive(tabs);
  });

  it('join what a function of the page permits, whatever else is in its answer', async () => {
    for (let opened = 0; opened < 2; opened += 1) {
      await openTab({
        authorizeChannel: async ({channelName: channel, socketId}) => {
          const channelData = JSON.stringify({user_id: '1'});
          const member = channel.startsWith('presence-') ? {channelData} : {};
          // No tab can tell another one a function.
          return {auth: server.sign({socketId, channel, ...member}), ...member, headers: () => undefined};
        },
      });
    }
    assertAllLive(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('hear each at once that the server does not take a permission, though it names no channel', async () => {
    const all = await openTabs(2);
    for (const {client} of all) {
      server.faults.auth({match: 'private-extra', body: '{"auth":"fake-key:nonsense"}'});
      const handle = client.subscribe('private-extra');
      await server.settle();
      assert.equal(handle.state, 'waiting');
      handle.unsubscribe();
    }
  });

  it('hear each at once that the server refuses a channel by name, as soketi does', async () => {
    const {createWebSocket} = server.environment;
    const refusal = {event: 'pusher:subscription_error', channel: 'private-extra', data: {type: 'AuthError', status: 401}};
    browser = new FakeBrowser({
      ...server.environment,
      createWebSocket: (url) =>
        listening(createWebSocket(url), (event, listener) =>
          listener(String(event.data).includes('4009') ? new MessageEvent('message', {data: JSON.stringify(refusal)}) : event),
        ),
    });
    server.faults.auth({match: 'private-extra', body: '{"auth":"fake-key:nonsense"}', times: Infinity});
    const all = await openTabs(2);
    const handles = all.map(({client}) => client.subscribe('private-extra'));
    await server.settle();
    for (const {state} of handles) assert.equal(state, 'waiting');
    await server.advance(9_000);
    for (const {state} of handles) assert.equal(state, 'denied');
    for (const {errors} of all) assert.match(String(errors), /private-extra was refused/);
  });

  for (const [what, end] of [
    ['crashes', ({browser: tab}: Tab) => tab.crash()],
    ['is closed', ({browser: {page}}: Tab) => page.leave()],
    ['disconnects', ({client}: Tab) => client.disconnect()],
    ['is disposed of', ({client}: Tab) => client.dispose()],
  ] as const) {
    it(`go on when the one with the socket ${what}`, async () => {
      const [leader, ...others] = (await openTabs(3)) as [Tab, Tab, Tab];
      const former = leader.client.socketId;
      say('before');
      await server.settle();
      end(leader);
      say('in the gap');
      await server.advance(HANDOVER);
      say('after');
      await server.settle();
      assertAllLive(others);
      assertAllShow(others);
      assert.equal(server.socketIds.length, 1);
      assert.notEqual(others[0].client.socketId, former);
      for (const {errors} of others) assert.deepEqual(errors, []);
    });
  }

  it('join at once what was asked for while the socket went from one to the other', async () => {
    let latency = 0;
    browser = slowBrowser(server, () => latency);
    const [leader, next, third] = (await openTabs(3)) as [Tab, Tab, Tab];
    latency = 500;
    leader.browser.crash();
    await server.advance(300);
    const handles = [next, third].map(({client}) => client.subscribe('private-extra'));
    await server.advance(3_000);
    for (const {state} of handles) assert.equal(state, 'subscribed');
    assertAllLive([next, third]);
  });

  it('do not show that the socket is another one', async () => {
    const [leader, ...others] = (await openTabs(3)) as [Tab, Tab, Tab];
    const states: string[] = [];
    for (const {client} of others) client.onStateChange(({state}) => states.push(state));
    leader.browser.crash();
    await server.advance(HANDOVER);
    assert.deepEqual(states, []);
  });

  it('go on one after the other until the last', async () => {
    await openTabs(5);
    for (const [index, {browser: tab}] of tabs.slice(0, 4).entries()) {
      tab.crash();
      say(`gap ${index}`);
      await server.advance(HANDOVER);
      assertAllLive(tabs.slice(index + 1));
      assertAllShow(tabs.slice(index + 1));
      assert.equal(server.socketIds.length, 1);
    }
  });

  it('try another socket where the one of the next is not welcomed in eight seconds', async () => {
    const [leader, ...others] = (await openTabs(3)) as [Tab, Tab, Tab];
    server.faults.sockets({neverWelcome: true, times: 1});
    leader.browser.crash();
    await server.advance(HANDOVER);
    assert.equal(server.log.attempts.length, 2);
    await server.advance(8_000 + 3_000);
    assertAllLive(others);
    assert.equal(server.socketIds.length, 1);
  });

  it('take over from one that is frozen, which follows once it wakes up', async () => {
    const [leader, ...others] = (await openTabs(3)) as [Tab, Tab, Tab];
    leader.browser.freeze();
    say('while frozen');
    await server.advance(FROZEN);
    assertAllLive(others);
    assertAllShow(others);
    say('by the new one');
    await server.settle();
    assertAllShow(others);
    leader.browser.thaw();
    await server.advance(FROZEN);
    assertAllLive(tabs);
    say('to all again');
    await server.settle();
    assertAllShow(tabs);
    assert.equal(server.socketIds.length, 1);
    assert.equal(new Set(tabs.map(({client}) => client.socketId)).size, 1);
    for (const {browser: tab} of others) tab.crash();
    await server.advance(HANDOVER);
    assert.equal(server.socketIds.length, 1, 'it takes over again in its turn');
    assertAllLive([leader]);
  });

  it('go on with the one that has the socket, whatever one says that has it no more', async () => {
    const all = await openTabs(3);
    const states: string[] = [];
    for (const {client} of all) client.onStateChange(({state}) => states.push(state));
    const name = browser.channelNames.find((channel) => channel.includes(':socket-'))!;
    const from = 'a tab that was frozen';
    browser.say(name, {type: 'closed', from, close: {code: 1006, reason: '', opened: true, welcomed: true}});
    await server.settle();
    assertAllLive(all);
    const requests = server.log.requests.length;
    browser.say(name, {type: 'welcome', from, socketId: '1.1'});
    await server.settle();
    assert.equal(server.log.requests.length, requests, 'nobody goes over to the former socket');
    browser.say(name, {type: 'leading', from});
    await server.settle();
    assertAllLive(all);
    await server.advance(FROZEN);
    assert.deepEqual(states, []);
    assert.equal(server.log.attempts.length, 1);
  });

  it('stay as they are when one that was frozen asks for another that had the socket before', async () => {
    const all = await openTabs(3);
    const name = browser.channelNames.find((channel) => channel.includes(':socket-'))!;
    const requests = server.log.requests.length;
    browser.say(name, {type: 'ask', from: 'a tab that was frozen', to: 'a tab that is gone'});
    await server.settle();
    assertAllLive(all);
    assert.equal(server.log.requests.length, requests, 'none of them joins its channels again');
  });

  it('wait for the one whose socket takes long to be welcomed, and open no other', async () => {
    let latency = 7_000;
    browser = slowBrowser(server, () => latency);
    for (let opened = 0; opened < 2; opened += 1) await startTab();
    await server.advance(HANDOVER);
    // Of the first frame only.
    latency = 0;
    await server.advance(7_000);
    assertAllLive(tabs);
    assert.equal(server.log.attempts.length, 1);
  });

  it('leave the lead to one that is only slow: what is asked is answered without a timer', async () => {
    const [leader] = (await openTabs(2)) as [Tab];
    const {socketId} = leader.client;
    const states: string[] = [];
    for (const {client} of tabs) client.onStateChange(({state}) => states.push(state));
    await server.advance(60_000);
    assert.deepEqual(states, [], 'nor does any of them take a silent server for a dead one');
    for (const {client} of tabs) assert.equal(client.socketId, socketId);
    assert.equal(server.log.attempts.length, 1);
  });

  it('give the socket to another when the page goes into the back/forward cache, and take part again when it is back', async () => {
    const [leader, other] = (await openTabs(2)) as [Tab, Tab];
    leader.browser.page.leave();
    await server.settle();
    assert.equal(leader.client.state, 'suspended');
    assert.equal(leader.browser.timers, 0);
    say('while away');
    await server.advance(HANDOVER);
    assertAllLive([other]);
    leader.browser.page.comeBack();
    await server.advance(HANDOVER);
    assertAllLive(tabs);
    assertAllShow(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('pass over one whose page is in the back/forward cache when the socket goes to the next', async () => {
    const [leader, next, third] = (await openTabs(3)) as [Tab, Tab, Tab];
    next.browser.page.leave();
    next.browser.freeze();
    leader.browser.crash();
    await server.advance(HANDOVER);
    assertAllLive([third]);
    assert.equal(server.socketIds.length, 1);
  });

  it('hold no lock and no channel while the page is in the back/forward cache', async () => {
    const [only] = (await openTabs(1)) as [Tab];
    assert.ok(browser.lockNames.some((name) => name.includes(':socket-')));
    only.browser.page.leave();
    await server.settle();
    assert.deepEqual(browser.lockNames, []);
    assert.ok(browser.channelNames.every((name) => !name.includes(':socket-')));
  });

  it('leave each other nothing to wait for in the back/forward cache, from which a browser drops pages that want a lock', async () => {
    const [leader] = (await openTabs(2)) as [Tab, Tab];
    assert.ok(browser.wantsLocks(leader.browser));
    leader.browser.page.leave();
    await server.settle();
    assert.ok(!browser.wantsLocks(leader.browser));
  });

  it('hold no lock after the browser has refused to make a socket', async () => {
    const {environment} = browser.openTab();
    void addTab({environment: {...environment, createWebSocket: refuse}}).client.connect();
    await import('../../src/client/shared-connection/index.js');
    await server.settle();
    assert.deepEqual(browser.lockNames, []);
  });

  it('come back one socket strong after the server was away', async () => {
    await openTabs(3);
    server.stop();
    await server.advance(30_000);
    say('while it was away');
    server.start();
    await server.advance(60_000);
    assertAllLive(tabs);
    assertAllShow(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('come back together: none of them waits on once another has got through', async () => {
    await openTabs(4);
    server.stop();
    await server.advance(30_000);
    server.start();
    const isBack = ({client}: Tab): boolean => client.isConnected;
    for (let waited = 0; waited < 60 && !tabs.some(isBack); waited += 1) await server.advance(1_000);
    await server.advance(1_000);
    assertAllLive(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('are dropped without a rush: none of them connects at once', async () => {
    await openTabs(4);
    server.closeAll();
    await server.advance(199);
    assert.equal(server.log.attempts.length, 1);
    await server.advance(10_000);
    assertAllLive(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('are dropped without a rush also where a lock is passed on sooner than a message', async () => {
    let latency = 0;
    const {clock} = server.environment;
    for (let count = 0; count < 3; count += 1) {
      const {environment} = browser.openTab();
      const openBroadcast = (name: string): BroadcastChannel => late(environment.openBroadcast!(name), clock, () => latency);
      await openTab({environment: {...environment, openBroadcast}});
    }
    latency = 50;
    server.closeAll();
    await server.advance(199);
    assert.equal(server.log.attempts.length, 1);
    await server.advance(10_000);
    assertAllLive(tabs);
  });

  it('try no more often than they would alone: none twice within a second', async () => {
    await openTabs(4);
    server.stop('sockets');
    await server.advance(120_000);
    for (const {browser: tab} of tabs) {
      const gaps = tab.attempts.slice(1).map((at, index) => at - (tab.attempts[index] ?? 0));
      assert.ok(gaps.length > 2);
      assert.ok(
        gaps.every((gap) => gap >= 1_000),
        String(gaps),
      );
    }
  });

  it('find a half-open link when somebody looks at a tab that does not have the socket', async () => {
    await openTabs(3);
    server.silence();
    say('unheard');
    tabs[2]?.browser.page.hide();
    tabs[2]?.browser.page.show();
    await server.advance(10_000);
    assertAllLive(tabs);
    assertAllShow(tabs);
  });

  it('each look for what was lost unnoticed when somebody looks at them', async () => {
    const [looked] = (await openTabs(2)) as [Tab, Tab];
    await server.advance(20_000);
    server.faults.events({drop: true, times: 20});
    say('unheard');
    await server.settle();
    for (const {conversation} of tabs) assert.equal(conversation.messages.size, 3);
    looked.browser.page.hide();
    looked.browser.page.show();
    await server.settle();
    assertAllShow([looked]);
  });

  it('look for conversations that nobody has open, too', async () => {
    server.addConversation({id: 11});
    const [looked] = (await openTabs(1)) as [Tab];
    const {conversations} = looked.client;
    await Promise.all([conversations.load(), server.settle()]);
    await server.advance(20_000);
    server.faults.events({drop: true, share: 1});
    server.message({conversationId: 11, from: 2, content: 'unheard'});
    await server.settle();
    const isKnown = (): boolean =>
      conversations.snapshot().conversations.some(({lastMessage}) => lastMessage?.content === 'unheard');
    assert.equal(isKnown(), false);
    looked.browser.page.hide();
    looked.browser.page.show();
    await server.settle();
    assert.equal(isKnown(), true);
  });

  it('refuse together what the server refuses, and come back', async () => {
    await openTabs(2);
    server.faults.sockets({error: {code: 4001}, times: 1});
    server.closeAll();
    await server.advance(5_000);
    assert.ok(tabs.some(({client}) => client.state === 'refused'));
    await server.advance(400_000);
    assertAllLive(tabs);
    assert.equal(server.socketIds.length, 1);
  });

  it('stay away together from a server that is full, although one of them was about to go on', async () => {
    const [leader, ...others] = (await openTabs(3)) as [Tab, Tab, Tab];
    // Reverb says so, and leaves the socket open.
    server.faults.sockets({error: {code: 4004}, times: Infinity});
    leader.browser.crash();
    await server.advance(HANDOVER);
    for (const {client} of others) {
      const {state, cause, code} = client.status;
      assert.deepEqual({state, cause, code}, {state: 'waiting', cause: 'over-capacity', code: 4004});
    }
    await server.advance(14_000);
    assert.equal(server.log.attempts.length, 2);
  });

  it('log out together', async () => {
    const [here] = (await openTabs(3)) as [Tab];
    await Promise.all([here.client.shutdown(), server.settle()]);
    await server.advance(5_000);
    assert.equal(server.socketIds.length, 0);
    assert.deepEqual(browser.lockNames, []);
    assert.equal(browser.openChannels, 0);
    for (const {client, browser: tab} of tabs) {
      assert.equal(client.userId, null);
      assert.equal(tab.timers, 0);
    }
  });

  it('leave no lock, timer, listener or channel when they are disposed of', async () => {
    await openTabs(3);
    for (const {client} of tabs) client.dispose();
    await server.advance(5_000);
    assert.deepEqual(browser.lockNames, []);
    assert.equal(browser.openChannels, 0);
    for (const {browser: tab} of tabs) {
      assert.equal(tab.timers, 0);
      assert.equal(tab.page.listeners, 0);
    }
    assert.equal(server.socketIds.length, 0);
  });

  it('are not harmed by what they cannot read', async () => {
    await openTabs(2);
    const name = browser.channelNames.find((channel) => channel.includes(':socket-'))!;
    for (const data of nonsense(browser.messages)) browser.say(name, data);
    await server.advance(HANDOVER);
    say('after the nonsense');
    await server.advance(FROZEN);
    assertAllLive(tabs);
    assertAllShow(tabs);
  });

  it('pass no token on', async () => {
    await openTabs(3);
    tabs[0]?.browser.crash();
    await server.advance(HANDOVER);
    const tokens = server.log.requests.map(({headers}) => headers.get('Authorization')?.slice('Bearer '.length) ?? '');
    const said = JSON.stringify(browser.messages.filter((message) => (message as {type: unknown}).type !== 'token'));
    assert.ok(tokens.length > 0);
    for (const token of tokens) assert.ok(!said.includes(token));
  });

  it('come to one socket and the same messages whatever happens to them', async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const random = seededRandom(seed);
      server = createWorld(seed);
      browser = new FakeBrowser(server.environment);
      tabs = [];
      const living = (): Tab[] => tabs.filter(({browser: tab}) => !tab.isGone);
      const any = (): Tab | undefined => living()[Math.floor(random() * living().length)];
      const happenings: readonly (() => unknown)[] = [
        () => (living().length < 5 ? startTab() : undefined),
        () => any()?.browser.crash(),
        () => any()?.browser.freeze(),
        () => any()?.browser.thaw(),
        () => any()?.browser.page.leave(),
        () => any()?.browser.page.comeBack(),
        () => any()?.client.disconnect(),
        () => void any()?.client.connect(),
        () => server.closeAll(),
        () => server.silence(),
        () => server.stop('sockets'),
        () => server.start(),
        () => any()?.browser.page.show(),
        () => server.faults.auth({status: 500}),
        () => say(`said ${random()}`),
        () =>
          void any()
            ?.conversation.send(`sent ${random()}`)
            .catch(() => undefined),
      ];
      for (let step = 0; step < 40; step += 1) {
        await happenings[Math.floor(random() * happenings.length)]?.();
        await server.advance(random() * 3_000);
      }
      server.start();
      for (const {browser: tab, client} of living()) {
        tab.thaw();
        tab.page.comeBack();
        void client.connect();
      }
      if (living().length === 0) await startTab();
      await server.advance(120_000);
      say('the last word');
      await server.settle();
      const what = `seed ${seed}`;
      assertAllLive(living(), what);
      assertAllShow(living(), what);
      assert.equal(server.socketIds.length, 1, what);
      for (const {client} of tabs) client.dispose();
      await server.advance(10_000);
      for (const {browser: tab} of living()) assert.equal(tab.timers, 0, what);
      assert.deepEqual(browser.channelNames, [], what);
      server.dispose();
    }
  });

  for (const [what, missing] of [
    ['Web Locks', {locks: null}],
    ['BroadcastChannel', {openBroadcast: null}],
    ['the permission to use locks', {locks: {request: () => Promise.reject(new DOMException('No.', 'SecurityError'))}}],
    ['the permission to talk to each other', {openBroadcast: refuse}],
  ] as const) {
    it(`have each their own socket without ${what}`, async () => {
      for (let count = 0; count < 2; count += 1) {
        const {environment} = browser.openTab();
        await openTab({environment: {...environment, ...(missing as object)}});
      }
      assert.equal(server.socketIds.length, 2);
      say('to both');
      await server.settle();
      assertAllShow(tabs);
      for (const {client} of tabs) client.disconnect();
      await server.settle();
      assert.equal(server.socketIds.length, 0);
    });
  }

  it('try again later without the permission to use locks, where the browser makes no socket either', async () => {
    const {environment} = browser.openTab();
    const locks = {request: () => Promise.reject(new DOMException('No.', 'SecurityError'))};
    const {client} = addTab({environment: {...environment, locks, createWebSocket: refuse}});
    void client.connect();
    await import('../../src/client/shared-connection/index.js');
    await server.settle();
    assert.equal(client.state, 'waiting');
  });

  it('have each their own socket where the lock for the shared one is refused, which is asked for once', async () => {
    for (let count = 0; count < 2; count += 1) {
      const {environment} = browser.openTab();
      const {request} = environment.locks!;
      let asked = 0;
      const refuseLock = (): Promise<never> => {
        asked += 1;
        // One that asked again and again would leave no time for anything else.
        return asked > 9 ? new Promise(() => undefined) : Promise.reject(new DOMException('No.', 'InvalidStateError'));
      };
      const locks = {
        request: (name: string, ...rest: [LockOptions, () => void]) =>
          /:socket-1:[^}]*\}$/u.test(name) ? refuseLock() : request(name, ...rest),
      };
      await openTab({environment: {...environment, locks: locks as LockManager}});
      assert.equal(asked, 1);
    }
    assert.equal(server.socketIds.length, 2);
  });

  it('share nothing with another person, nor with those who did not ask for it', async () => {
    await openTab();
    await openTab({userId: 2});
    await openTab({shareConnection: false});
    assert.equal(server.socketIds.length, 3);
  });
});

/** One in which frames take so many milliseconds to arrive. */
function slowBrowser({environment}: FakeServer, latency: () => number): FakeBrowser {
  const {clock, createWebSocket} = environment;
  return new FakeBrowser({...environment, createWebSocket: (url) => slow(createWebSocket(url), clock, latency)});
}

function refuse(): never {
  throw new DOMException('No.', 'SecurityError');
}

function createWorld(seed = 1): FakeServer {
  return createFakeServer({
    users: [
      {id: 1, name: 'Ali Karimov'},
      {id: 2, name: 'Vali Yusupov'},
    ],
    conversations: [{id: 10, messages: 3}],
    conversationChannel: 'presence-conversation.{id}',
    seed,
  });
}

/** A socket whose frames take so many milliseconds to arrive. */
function slow(socket: WebSocket, clock: Clock, latency: () => number): WebSocket {
  return listening(socket, (event, listener) =>
    latency() ? void clock.setTimeout(() => listener(event), latency()) : listener(event),
  );
}

/** A socket whose frames come by way of `pass`. */
function listening(socket: WebSocket, pass: (event: MessageEvent, listener: (event: MessageEvent) => void) => void): WebSocket {
  return new Proxy(socket, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, listener: ((event: MessageEvent) => void) | null) =>
      Reflect.set(target, name, listener && name === 'onmessage' ? (event: MessageEvent) => pass(event, listener) : listener),
  });
}

/** A channel whose messages take so many milliseconds to arrive. */
function late(channel: BroadcastChannel, clock: Clock, latency: () => number): BroadcastChannel {
  const addEventListener = (type: string, listener: (event: Event) => void): void =>
    channel.addEventListener(type, (event) =>
      latency() ? void clock.setTimeout(() => listener(event), latency()) : listener(event),
    );
  return new Proxy(channel, {
    get: (target, name) => {
      if (name === 'addEventListener') return addEventListener;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What was said, with each field missing, and with each field of another kind; and what nobody says. */
function* nonsense(messages: readonly unknown[]): Generator {
  const kinds = [null, undefined, 7, -1, '', 'x', true, [], {}, {from: 'x'}, new Map([[1, 2]]), ['a', {}]];
  yield* kinds;
  const byType = new Map(messages.map((message) => [(message as {type: unknown}).type, message as Record<string, unknown>]));
  for (const message of byType.values()) {
    for (const field of Object.keys(message)) {
      for (const value of kinds) yield {...message, [field]: value};
    }
  }
  for (const type of ['constructor', '__proto__', 'toString', 'unheard-of']) yield {type, from: 'x'};
}
