import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {MessagesReadEvent, SubscriptionError, UserIsTypingEvent, type ChatEvent} from '../../src/model/index.js';
import {healthy, unreachable} from './support/scripted-server.js';
import {Bed, endpoint} from './support/set-up.js';

const TYPING = {type: 'typing', data: {conversation_id: 7, user: {id: 45, name: 'Ali'}}};

describe('ConnectionController', () => {
  it('opens nothing before it is asked to', async () => {
    const bed = new Bed();
    await bed.pass(60_000);
    assert.equal(bed.server.links.length, 0);
    assert.equal(bed.state, 'idle');
  });

  it('connects, and says so on the way', async () => {
    const bed = new Bed();
    assert.equal(await bed.connect(), true);
    assert.deepEqual(bed.states, ['connecting', 'connected']);
    assert.equal(bed.connection.socketId, '1.1');
    assert.match(bed.server.last.socket.url, /^wss:\/\/chat\.test:443\/app\/demo-key\?protocol=7&client=js/);
    bed.connection.dispose();
  });

  it('tells all of one state after the other, also if one of them leaves as soon as it is connected', async () => {
    const bed = new Bed();
    const heard: string[] = [];
    bed.connection.onStateChange(({state}) => {
      if (state === 'connected') bed.connection.disconnect();
    });
    bed.connection.onStateChange(({state}, previous) => heard.push(`${previous.state} to ${state}`));
    await bed.connect();
    assert.deepEqual(heard, ['idle to connecting', 'connecting to connected', 'connected to idle']);
    bed.connection.dispose();
  });

  it('answers connect() where it is connected, and makes no second socket', async () => {
    const bed = new Bed();
    await bed.connect();
    assert.equal(await bed.connection.connect(), true);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  for (const [what, end] of [
    ['fails', () => undefined],
    ['is given up', (bed: Bed) => bed.connection.disconnect()],
  ] as const) {
    it(`answers connect() by how that attempt ends where a listener calls it as the one before ${what}`, async () => {
      const bed = new Bed(what === 'fails' ? unreachable : () => undefined);
      const answers: Promise<boolean>[] = [];
      bed.connection.onStateChange(({state}) => {
        if (state === 'connecting' || answers.length > 0) return;
        bed.server.script = healthy;
        answers.push(bed.connection.connect());
      });
      const first = bed.connect();
      end(bed);
      await bed.pass(10_000);
      assert.equal(await first, false);
      assert.deepEqual(await Promise.all(answers), [true]);
      bed.connection.dispose();
    });
  }

  it('finds hosted Pusher by its cluster alone', async () => {
    const bed = new Bed(undefined, {endpoint: {...endpoint, wsHost: null, cluster: 'eu'}});
    assert.equal(await bed.connect(), true);
    assert.match(bed.server.last.socket.url, /^wss:\/\/ws-eu\.pusher\.com:443\/app\/demo-key\?/);
    bed.connection.dispose();
  });

  it('goes to a port and below a path, and without TLS where it is told to', async () => {
    const bed = new Bed(undefined, {endpoint: {...endpoint, wsPort: 8080, wsPath: '/reverb', scheme: 'http'}});
    assert.equal(await bed.connect(), true);
    assert.match(bed.server.last.socket.url, /^ws:\/\/chat\.test:8080\/reverb\/app\/demo-key\?/);
    bed.connection.dispose();
  });

  it('subscribes a channel, and hands decoded events to all who listen', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe('private-user.1');
    const heard: ChatEvent[] = [];
    const typing: UserIsTypingEvent[] = [];
    const read: MessagesReadEvent[] = [];
    handle.onEvent((event) => heard.push(event));
    bed.connection.onEventType(UserIsTypingEvent, (event) => typing.push(event));
    bed.connection.onEventType(MessagesReadEvent, (event) => read.push(event));
    await bed.connect();
    await bed.pass(0);
    await handle.ready;
    assert.equal(handle.state, 'subscribed');
    bed.server.last.deliver('App\\Events\\Typing', JSON.stringify(TYPING), 'private-user.1');
    await bed.pass(0);
    assert.equal(heard.length, 1);
    assert.equal(typing[0]?.user.name, 'Ali');
    assert.equal(read.length, 0);
    bed.connection.dispose();
  });

  it('comes back after a drop, and subscribes again', async () => {
    const bed = new Bed();
    const handle = bed.connection.subscribe('private-user.1');
    await bed.connect();
    await bed.pass(10_000);
    bed.server.last.socket.drop();
    await bed.pass(0);
    assert.equal(bed.state, 'waiting');
    assert.equal(bed.connection.status.cause, 'dropped');
    assert.equal(handle.state, 'idle');
    await bed.pass(1500);
    assert.equal(bed.state, 'connected');
    assert.equal(bed.connection.socketId, '2.1');
    assert.equal(handle.state, 'subscribed');
    bed.connection.dispose();
  });
});

describe('ConnectionController and those who ask for it', () => {
  it('asks an open connection for a sign of life at retry(), and makes no second socket', async () => {
    const bed = new Bed();
    await bed.connect();
    bed.connection.retry();
    await bed.pass(2000);
    assert.equal(bed.server.last.count('pusher:ping'), 1);
    assert.equal(bed.server.links.length, 1);
    assert.deepEqual(bed.states, ['connecting', 'connected']);
    bed.connection.dispose();
  });

  it('makes no second attempt at retry() while one is under way', async () => {
    const bed = new Bed((link) => link.socket.accept());
    void bed.connection.connect();
    await bed.pass(2000);
    bed.connection.retry();
    await bed.pass(2000);
    assert.equal(bed.server.links.length, 1);
    assert.equal(bed.state, 'connecting');
    bed.connection.dispose();
  });

  it('connects at retry(), too, and not in a page that is frozen', async () => {
    const bed = new Bed();
    bed.connection.retry();
    await bed.pass(0);
    assert.equal(bed.state, 'connected');
    bed.page.freeze();
    await bed.pass(2000);
    bed.connection.retry();
    await bed.pass(2000);
    assert.equal(bed.state, 'suspended');
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  it('opens no socket in a page that is rendered beforehand, and one as soon as somebody sees it', async () => {
    const bed = new Bed();
    bed.page.hide();
    bed.page.document.prerendering = true;
    const isConnected = bed.connection.connect();
    bed.page.comeBack();
    bed.connection.retry();
    await bed.pass(60_000);
    assert.equal(bed.server.links.length, 0);
    assert.equal(bed.state, 'suspended');
    bed.page.activate();
    await bed.pass(0);
    assert.equal(bed.state, 'connected');
    assert.equal(await isConnected, true);
    assert.equal(bed.server.links.length, 1);
    assert.deepEqual(bed.errors, []);
    bed.connection.dispose();
  });

  it('says that it tries sooner when it is asked to while it waits', async () => {
    const bed = new Bed(unreachable);
    bed.random = 0.9;
    void bed.connection.connect();
    await bed.pass(200_000);
    const planned = bed.connection.status.retryAt!;
    while (bed.connection.status.retryAt === planned) await bed.pass(100);
    const last = bed.server.times.at(-1)!;
    bed.connection.retry();
    assert.equal(bed.state, 'waiting');
    assert.equal(bed.connection.status.retryAt, last + 1000);
    await bed.pass(1000);
    assert.equal(bed.server.times.at(-1), last + 1000);
    bed.connection.dispose();
  });

  it('tries at retry() also where the clock was set back since the last one', async () => {
    const bed = new Bed((link) => {
      link.socket.accept();
      link.complain(4001, 'Application does not exist');
    });
    bed.connection.retry();
    await bed.pass(5000);
    bed.clock.jump(-86_400_000);
    bed.connection.retry();
    await bed.pass(1000);
    assert.equal(bed.server.links.length, 2);
    bed.connection.dispose();
  });

  it('connects again at retry() after disconnect(), however often a button that does both is pressed', async () => {
    const bed = new Bed();
    await bed.connect();
    for (let press = 0; press < 3; press += 1) {
      bed.connection.disconnect();
      bed.connection.retry();
      await bed.pass(100);
    }
    await bed.pass(1000);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  it('has nothing to say of a disconnect() that ends nothing', async () => {
    const bed = new Bed();
    bed.connection.disconnect();
    assert.deepEqual(bed.states, []);
    assert.equal(bed.connection.status.cause, 'none');
    await bed.connect();
    bed.connection.disconnect();
    bed.connection.disconnect();
    assert.deepEqual(bed.states, ['connecting', 'connected', 'idle']);
    assert.equal(bed.connection.status.cause, 'requested');
    bed.connection.dispose();
  });

  for (const [what, lose] of [
    ['is lost', (bed: Bed) => bed.server.last.socket.drop(1006)],
    ['is closed because the page is left', (bed: Bed) => bed.page.leave()],
  ] as const) {
    it(`stays closed if a listener of a channel disconnects as the socket ${what}`, async () => {
      const bed = new Bed();
      const handle = bed.connection.subscribe('news');
      await bed.connect();
      handle.onStateChange((state) => state === 'idle' && bed.connection.disconnect());
      lose(bed);
      await bed.pass(0);
      bed.page.comeBack();
      await bed.pass(60_000);
      assert.deepEqual(bed.states, ['connecting', 'connected', 'idle']);
      assert.equal(bed.server.links.length, 1);
      bed.connection.dispose();
    });
  }

  it('stays closed, and leaves no timer, if a listener of a channel ends it as the token is refused', async () => {
    for (const end of ['disconnect', 'dispose'] as const) {
      const bed = new Bed();
      const handle = bed.connection.subscribe('news');
      await bed.connect();
      handle.onStateChange((state) => state === 'idle' && bed.connection[end]());
      bed.authorize = () => Promise.reject(new SubscriptionError('unauthorized', 'private-a', 'Unknown token', 401));
      bed.connection.subscribe('private-a');
      await bed.pass(60_000);
      assert.deepEqual(bed.states, ['connecting', 'connected', end === 'dispose' ? 'disposed' : 'idle']);
      assert.equal(bed.clock.pending, 0);
      bed.connection.dispose();
    }
  });

  it('is over once it is disposed of, whatever is asked of it', async () => {
    const bed = new Bed();
    await bed.connect();
    bed.connection.dispose();
    bed.connection.dispose();
    bed.connection.disconnect();
    bed.connection.retry();
    assert.equal(await bed.connection.connect(), false);
    assert.equal(bed.clock.pending, 0);
    await bed.pass(60_000);
    assert.equal(bed.state, 'disposed');
    assert.deepEqual(bed.states, ['connecting', 'connected', 'disposed']);
    assert.equal(bed.server.links.length, 1);
  });
});
