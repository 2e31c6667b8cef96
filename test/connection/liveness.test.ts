import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Bed} from './support/set-up.js';
import {healthy, unreachable, type Script} from './support/scripted-server.js';

const refusing =
  (code: number): Script =>
  (link) => {
    link.socket.accept();
    link.complain(code, 'Not you');
  };

/** A connected bed, ten seconds on, so that the connection counts as a good one. */
async function connected(): Promise<Bed> {
  const bed = new Bed();
  await bed.connect();
  await bed.pass(10_000);
  return bed;
}

describe('ConnectionController and a link that falls silent', () => {
  it('asks after 15 s of silence, and is content with any answer', async () => {
    const bed = await connected();
    await bed.pass(4999);
    assert.equal(bed.server.last.count('pusher:ping'), 0);
    await bed.pass(1);
    assert.equal(bed.server.last.count('pusher:ping'), 1);
    await bed.pass(50_000);
    assert.equal(bed.server.links.length, 1);
    assert.ok(bed.server.last.count('pusher:ping') >= 3);
    assert.deepEqual(bed.states, ['connecting', 'connected']);
    bed.connection.dispose();
  });

  it('asks nothing while the server talks', async () => {
    const bed = await connected();
    for (let second = 0; second < 60; second += 1) {
      bed.server.last.deliver('pusher:ping', {});
      await bed.pass(1000);
    }
    assert.equal(bed.server.last.count('pusher:ping'), 0);
    assert.equal(bed.server.last.count('pusher:pong'), 60);
    bed.connection.dispose();
  });

  it('notices a half-open link within 25 s, and replaces the socket', async () => {
    const bed = await connected();
    bed.server.last.socket.silence();
    await bed.pass(25_000);
    assert.ok(bed.states.includes('waiting'));
    assert.equal(bed.server.links.length, 2);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  for (const [what, happens] of [
    ['the network comes back', (bed: Bed) => bed.page.goOnline()],
    ['the page becomes visible', (bed: Bed) => bed.page.show()],
    ['the page is resumed', (bed: Bed) => bed.page.resume()],
  ] as const) {
    it(`shows a half-open link within 2 s after ${what}, and replaces it after 4 s, however often that happens`, async () => {
      const bed = await connected();
      bed.server.last.socket.silence();
      happens(bed);
      await bed.pass(1000);
      happens(bed);
      await bed.pass(1000);
      assert.equal(bed.state, 'connecting');
      assert.equal(bed.connection.status.cause, 'silent');
      await bed.pass(2500);
      assert.equal(bed.server.links.length, 2);
      assert.equal(bed.state, 'connected');
      bed.connection.dispose();
    });
  }

  it('keeps a slow link that answers in the end', async () => {
    const bed = await connected();
    bed.server.last.onReceive = () => undefined;
    bed.page.show();
    await bed.pass(3000);
    assert.equal(bed.state, 'connecting');
    bed.server.last.deliver('pusher:pong', {});
    await bed.pass(0);
    assert.equal(bed.state, 'connected');
    assert.equal(bed.connection.socketId, '1.1');
    await bed.pass(10_000);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  for (const [what, slept, isHidden] of [
    ['an hour', 3_600_000, false],
    ['an hour, behind other windows', 3_600_000, true],
    ['half a minute', 30_000, false],
  ] as const) {
    it(`believes no silence of a machine that slept for ${what}, but asks`, async () => {
      const bed = await connected();
      if (isHidden) bed.page.hide();
      let woken = 0;
      bed.connection.onWake(() => (woken += 1));
      bed.clock.jump(slept);
      await bed.pass(5000);
      assert.equal(woken, 1);
      assert.equal(bed.server.last.count('pusher:ping'), 1);
      assert.equal(bed.server.links.length, 1);
      assert.equal(bed.state, 'connected');
      bed.connection.dispose();
    });
  }

  it('asks once more when it slept while it waited for the answer', async () => {
    const bed = await connected();
    bed.server.last.onReceive = () => undefined;
    bed.page.show();
    bed.clock.jump(60_000);
    await bed.pass(4000);
    assert.equal(bed.server.links.length, 1, 'the answer may still be in the queue');
    assert.equal(bed.server.last.count('pusher:ping'), 2);
    bed.server.last.behave();
    bed.server.last.deliver('pusher:pong', {});
    await bed.pass(60_000);
    assert.equal(bed.server.last.number, 1);
    bed.connection.dispose();
  });

  it('does not mistake the throttled timers of a hidden page for a sleep', async () => {
    const bed = await connected();
    let woken = 0;
    bed.connection.onWake(() => (woken += 1));
    bed.page.hide();
    for (let minute = 0; minute < 5; minute += 1) {
      bed.clock.jump(55_000);
      await bed.pass(5000);
    }
    assert.equal(woken, 0);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  it('notices a half-open link also in a hidden page whose timers are throttled', async () => {
    const bed = await connected();
    bed.page.hide();
    bed.server.last.socket.silence();
    for (let minute = 0; minute < 3; minute += 1) {
      bed.clock.jump(55_000);
      await bed.pass(5000);
    }
    assert.equal(bed.server.links.length, 2);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  it('tries at once when the machine has slept through the wait', async () => {
    const bed = new Bed(unreachable);
    bed.random = 0.999;
    void bed.connection.connect();
    await bed.pass(200_000);
    while ((bed.connection.status.retryAt ?? 0) - bed.clock.now() < 5000) await bed.pass(500);
    const before = bed.server.links.length;
    bed.server.script = healthy;
    bed.clock.jump(3_600_000);
    bed.page.resume();
    await bed.pass(300);
    assert.equal(bed.server.links.length, before + 1);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  it('notices by its own timer that the machine has slept through the wait, where nothing else tells', async () => {
    const bed = new Bed(unreachable);
    bed.random = 0.999;
    void bed.connection.connect();
    await bed.pass(200_000);
    bed.server.script = healthy;
    bed.clock.jump(3_600_000);
    await bed.pass(21_000);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  it('survives a clock that is set back by a day', async () => {
    const bed = await connected();
    bed.clock.jump(-86_400_000);
    await bed.pass(30_000);
    assert.equal(bed.state, 'connected');
    bed.server.last.socket.drop();
    await bed.pass(3000);
    assert.equal(bed.state, 'connected');
    assert.equal(bed.server.links.length, 2);
    bed.connection.dispose();
  });

  it('asks at once when the server says that it missed an answer (4201)', async () => {
    const bed = await connected();
    bed.server.last.complain(4201, 'Pong reply not received in time');
    await bed.pass(0);
    assert.equal(bed.server.last.count('pusher:ping'), 1);
    bed.connection.dispose();
  });
});

describe('ConnectionController and the life of its page', () => {
  it('keeps the socket when the browser says that it is offline, and asks it', async () => {
    const bed = await connected();
    bed.page.goOffline();
    assert.equal(bed.state, 'offline');
    assert.equal(bed.connection.status.cause, 'no-network');
    await bed.pass(100);
    assert.equal(bed.state, 'connected', 'the server answered, so the browser is wrong');
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  it('makes no second socket beside that one, whatever hope there is', async () => {
    const bed = await connected();
    bed.server.last.socket.silence();
    bed.page.goOffline();
    bed.connection.hope();
    await bed.pass(2000);
    assert.equal(bed.state, 'offline');
    assert.equal(bed.connection.status.cause, 'silent');
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  it('is offline once nobody answers, tries each 30 s, and soon when the network is back', async () => {
    const bed = await connected();
    bed.server.last.socket.silence();
    bed.server.script = unreachable;
    bed.page.goOffline();
    await bed.pass(4000);
    assert.equal(bed.state, 'offline');
    assert.equal(bed.server.links.length, 1);
    await bed.pass(30_000);
    assert.equal(bed.server.links.length, 2);
    assert.equal(bed.state, 'offline');
    bed.server.script = healthy;
    await bed.pass(5000);
    bed.page.goOnline();
    await bed.pass(100);
    assert.equal(bed.server.links.length, 2, 'not at the same moment as everybody else');
    await bed.pass(200);
    assert.equal(bed.state, 'connected');
    assert.ok(!bed.states.includes('waiting'), 'it was not online in between');
    bed.connection.dispose();
  });

  it('goes offline while it waits, tries each 30 s, and does not wait on when the network is back', async () => {
    const bed = new Bed(unreachable);
    await bed.connect();
    bed.page.goOffline();
    assert.equal(bed.state, 'offline');
    await bed.pass(29_999);
    assert.equal(bed.server.links.length, 1);
    await bed.pass(1);
    assert.equal(bed.server.links.length, 2);
    bed.server.script = (link) => link.welcome();
    await bed.pass(2000);
    bed.page.goOnline();
    await bed.pass(300);
    assert.equal(bed.state, 'connected');
    bed.connection.dispose();
  });

  it('does not put a try off for the hope that it works now', async () => {
    const bed = new Bed(unreachable);
    bed.random = 0.999;
    await bed.connect();
    await bed.pass(bed.connection.status.retryAt! - bed.clock.now() - 10);
    bed.page.goOnline();
    await bed.pass(10);
    assert.equal(bed.server.links.length, 2);
    bed.connection.dispose();
  });

  it('lets an attempt go on when the browser says that it is offline', async () => {
    const bed = new Bed((link) => link.socket.accept());
    void bed.connection.connect();
    await bed.pass(1000);
    bed.page.goOffline();
    assert.equal(bed.state, 'connecting');
    bed.connection.dispose();
  });

  it('believes a server that refuses or has no room rather than a browser that says that it is offline', async () => {
    for (const code of [4001, 4004]) {
      const bed = new Bed(refusing(code));
      await bed.connect();
      const {state, retryAt} = bed.connection.status;
      bed.page.goOffline();
      assert.deepEqual([bed.state, bed.connection.status.retryAt], [state, retryAt]);
      await bed.pass(300_000);
      assert.ok(bed.server.links.length >= 2);
      assert.equal(bed.state, state);
      bed.connection.dispose();
    }
  });

  it('does not hurry back to a server without room', async () => {
    const bed = new Bed(refusing(4004));
    await bed.connect();
    await bed.pass(2000);
    bed.page.show();
    await bed.pass(10_000);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  it('does not hurry back to a server that refused', async () => {
    const bed = new Bed(refusing(4001));
    await bed.connect();
    bed.page.show();
    bed.page.goOnline();
    await bed.pass(30_000);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });

  for (const [what, leaves, returns] of [
    ['pagehide and pageshow', (bed: Bed) => bed.page.leave(), (bed: Bed) => bed.page.comeBack()],
    ['freeze and resume', (bed: Bed) => bed.page.freeze(), (bed: Bed) => bed.page.resume()],
    ['freeze and pageshow', (bed: Bed) => bed.page.freeze(), (bed: Bed) => bed.page.comeBack()],
  ] as const) {
    it(`closes the socket and comes back with ${what}`, async () => {
      const bed = await connected();
      const handle = bed.connection.subscribe('private-user.1');
      await bed.pass(0);
      let woken = 0;
      bed.connection.onWake(() => (woken += 1));
      leaves(bed);
      assert.equal(bed.state, 'suspended');
      assert.equal(bed.server.last.socket.readyState, 2, 'closed within the event itself');
      assert.equal(bed.clock.pending, 0, 'and nothing is left to run');
      bed.page.show();
      await bed.pass(600_000);
      assert.equal(bed.server.links.length, 1);
      assert.equal(woken, 0);
      returns(bed);
      await bed.pass(100);
      assert.equal(bed.state, 'connected');
      assert.equal(handle.state, 'subscribed');
      assert.equal(woken, 1);
      bed.connection.dispose();
    });
  }

  it('takes the `pageshow` at the end of each load for no news', async () => {
    const bed = await connected();
    let woken = 0;
    bed.connection.onWake(() => (woken += 1));
    const pings = bed.server.last.count('pusher:ping');
    bed.page.load();
    await bed.pass(0);
    assert.equal(woken, 0);
    assert.equal(bed.server.last.count('pusher:ping'), pings);
    bed.connection.dispose();
  });

  it('keeps the page fit for the back/forward cache', () => {
    const bed = new Bed();
    const types = [...bed.page.window.types, ...bed.page.document.types];
    assert.deepEqual(
      types.filter((type) => type.includes('unload')),
      [],
    );
    bed.connection.dispose();
    assert.equal(bed.page.listeners, 0);
  });

  it('is not woken by a page whose connection nobody wants', async () => {
    const bed = new Bed();
    let woken = 0;
    bed.connection.onWake(() => (woken += 1));
    bed.page.leave();
    bed.page.comeBack();
    bed.page.goOffline();
    bed.page.goOnline();
    bed.page.show();
    await bed.pass(60_000);
    assert.equal(bed.server.links.length, 0);
    assert.equal(woken, 0);
    assert.deepEqual(bed.states, []);
    bed.connection.dispose();
  });

  it('waits longer in a page that nobody looks at', async () => {
    const bed = new Bed(unreachable);
    bed.random = 0.999;
    bed.page.hide();
    void bed.connection.connect();
    await bed.pass(400_000);
    const wait = bed.connection.status.retryAt! - bed.server.times.at(-1)!;
    assert.ok(wait > 30_000 && wait <= 60_500, `waits ${wait} ms`);
    bed.page.show();
    await bed.pass(300);
    assert.ok(bed.clock.now() - bed.server.times.at(-1)! <= 300, 'and not at all once somebody looks');
    bed.connection.dispose();
  });

  it('tells of coming back once, however many signs of it there are', async () => {
    const bed = await connected();
    let woken = 0;
    bed.connection.onWake(() => (woken += 1));
    bed.page.resume();
    bed.page.show();
    bed.page.comeBack();
    bed.page.goOnline();
    assert.equal(woken, 1);
    bed.connection.dispose();
  });
});
