import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {ClientEnvironment} from '../../src/client/types.js';
import type {FakeServer} from '../../src/testing/fake-server.js';
import {TabScene, type Tab} from './tab-scene.js';

describe('telling the person of a message', () => {
  let scene: TabScene;
  let server: FakeServer;
  /** The tab, by the order of opening, and the message of each notification. */
  let told: string[];
  let opened: number;

  const openTab = async (isVisible: boolean, isOpen = true, environment: Partial<ClientEnvironment> = {}): Promise<Tab> => {
    const tab = await scene.openTab(environment, {isOpen});
    const number = (opened += 1);
    tab.isVisible = isVisible;
    tab.client.onNotify(({content}) => told.push(`${number} ${content}`));
    return tab;
  };

  /** Vali writes, and everything that follows from it happens. */
  const hear = async (content: string): Promise<number> => {
    const {id} = server.message({conversationId: 10, from: 2, content});
    await server.advance(2_000);
    return id;
  };

  beforeEach(() => {
    scene = new TabScene();
    ({server} = scene);
    told = [];
    opened = 0;
  });

  afterEach(() => server.dispose());

  it('is done once by one of three tabs that nobody looks at', async () => {
    await openTab(false);
    await openTab(false);
    await openTab(false, false);
    await hear('a');
    await hear('b');
    assert.deepEqual(
      told.map((line) => line.slice(2)),
      ['a', 'b'],
    );
  });

  it('is done by the tab that somebody looks at, if it shows something else', async () => {
    await openTab(false);
    await openTab(true, false);
    await openTab(false);
    await hear('a');
    assert.deepEqual(told, ['2 a']);
  });

  it('is done by a tab in which the conversation was open before', async () => {
    const {conversation} = await openTab(true, false);
    const close = conversation.open();
    await hear('a');
    close();
    await hear('b');
    assert.deepEqual(told, ['1 b']);
  });

  it('is left undone while a visible tab has the conversation open', async () => {
    await openTab(false);
    const looked = await openTab(true);
    await openTab(true, false);
    await hear('a');
    assert.deepEqual(told, []);
    looked.isVisible = false;
    await hear('b');
    assert.deepEqual(told, ['3 b']);
  });

  it('is left undone for what the person has read elsewhere meanwhile, and not for what others have read', async () => {
    await openTab(false);
    const hearRead = async (content: string, reader: number): Promise<void> => {
      const {id} = server.message({conversationId: 10, from: 2, content});
      server.read({conversationId: 10, reader, messageIds: [id]});
      await server.advance(2_000);
    };
    await hearRead('a', 1);
    await hearRead('b', 3);
    assert.deepEqual(told, ['1 b']);
  });

  it('is left undone for what was deleted meanwhile, whichever of the two is heard of first', async () => {
    await openTab(false);
    for (const fault of [{}, {shuffle: 2}]) {
      const takeBack = server.faults.events({...fault, times: Infinity});
      const {id} = server.message({conversationId: 10, from: 2, content: 'a'});
      server.remove(id);
      await server.advance(2_000);
      takeBack();
    }
    assert.deepEqual(told, []);
  });

  it('is done once for a message that comes again: doubled, late, by the wire and by catching up', async () => {
    await openTab(false);
    await openTab(false, false);
    server.faults.events({duplicate: true, times: 10});
    await hear('a');
    server.closeAll();
    await server.advance(400_000);
    assert.deepEqual(
      told.map((line) => line.slice(2)),
      ['a'],
    );
  });

  it('is done for a message that an open conversation missed and fetched', async () => {
    await openTab(false);
    server.faults.events({drop: true, times: 10});
    await hear('missed');
    assert.deepEqual(told, []);
    await server.advance(300_000);
    server.closeAll();
    await server.advance(30_000);
    assert.deepEqual(told, ['1 missed']);
  });

  it('is done for a message that is too long for the wire, and not for its edit', async () => {
    await openTab(false, false);
    await openTab(true, false);
    const long = 'long '.repeat(2_000);
    await hear(long);
    assert.deepEqual(told, [`2 ${long}`]);
    for (const {id} of server.messages(10).slice(0, 3)) server.edit(id, `${long}, edited`);
    await server.advance(2_000);
    assert.equal(told.length, 1);
  });

  it('is done at once for all of a burst, and costs no time for those that are read meanwhile', async () => {
    await openTab(false);
    await openTab(false);
    const burst = Array.from({length: 60}, (_, index) => server.message({conversationId: 10, from: 2, content: `${index}`}));
    await server.advance(800);
    const read = burst.slice(0, 30).map(({id}) => id);
    server.read({conversationId: 10, reader: 1, messageIds: read});
    await server.advance(200);
    assert.deepEqual(
      told.map((line) => line.slice(2)),
      burst.slice(30).map(({content}) => content),
    );
  });

  it('is left undone when the message is read in time, here, in another tab or on another device', async () => {
    const here = await openTab(false);
    const there = await openTab(false);
    // The server tells it too late.
    server.faults.rest({match: /read/, delay: 5_000, times: 2});
    for (const {conversation} of [here, there]) {
      const {id} = server.message({conversationId: 10, from: 2, content: 'a'});
      await server.settle();
      conversation.markRead([id]);
      await server.advance(2_000);
    }
    const {id: next} = server.message({conversationId: 10, from: 2, content: 'b'});
    await server.settle();
    server.read({conversationId: 10, reader: 1, messageIds: [next]});
    await server.advance(2_000);
    assert.equal(here.conversation.messages.size, 6);
    assert.deepEqual(told, []);
  });

  it('is never done for what the person wrote, nor for history', async () => {
    const here = await openTab(false);
    await openTab(false);
    await Promise.all([here.conversation.send('mine'), server.advance(2_000)]);
    assert.deepEqual(told, []);
  });

  it('is done by every tab where tabs can neither lock nor talk', async () => {
    const alone: Partial<ClientEnvironment> = {locks: null, openBroadcast: null};
    await openTab(false, true, alone);
    await openTab(false, true, alone);
    await hear('a');
    assert.deepEqual(told.sort(), ['1 a', '2 a']);
  });

  it('ends with the session: nothing is told after a logout, and no timer is left', async () => {
    const here = await openTab(false);
    server.message({conversationId: 10, from: 2, content: 'a'});
    await server.settle();
    await Promise.all([here.client.shutdown(), server.settle()]);
    here.client.dispose();
    await server.advance(2_000);
    assert.deepEqual(told, []);
    assert.equal(server.clock.pending, 0);
  });

  it('tells the next person nothing that was fetched for the former', async () => {
    const here = await openTab(false, false);
    server.faults.rest({match: 'GET /api/conversations/10/messages', delay: 5_000});
    server.message({conversationId: 10, from: 2, content: 'long '.repeat(2_000)});
    await server.settle();
    void here.client.connect({userId: 3, token: server.token(3)});
    await server.advance(10_000);
    assert.deepEqual(told, []);
  });
});
