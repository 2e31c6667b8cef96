import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ConnectionCause, ConnectionState} from '../../src/model/index.js';
import {Bed} from './support/set-up.js';
import {healthy, unreachable, type Script} from './support/scripted-server.js';

/** The most attempts that backoff makes in the first minute of a fault that never ends. */
const MOST_IN_A_MINUTE = 10;

const openOnly: Script = (link) => link.socket.accept();
const failOnly: Script = ({socket}) => queueMicrotask(() => (socket.onerror as (() => void) | null)?.());

function assertSpaced(times: readonly number[]): void {
  for (let index = 1; index < times.length; index += 1) {
    const gap = times[index]! - times[index - 1]!;
    assert.ok(gap >= 1000, `attempts ${index} and ${index + 1} are ${gap} ms apart`);
  }
}

interface Row {
  readonly what: string;
  readonly script: Script;
  readonly state: ConnectionState;
  readonly cause: ConnectionCause;
  readonly code: number | null;
  /** How soon (ms) the next attempt may come, and how late. */
  readonly wait: readonly [number, number];
}

const firstFrame =
  (code: number, message: string): Script =>
  (link) => {
    link.socket.accept();
    link.complain(code, message);
  };
/** As Reverb does it with some: what is wrong, and then the end of the TCP connection without a word. */
const firstFrameAndCut =
  (code: number, message: string): Script =>
  (link) => {
    link.socket.accept();
    link.complain(code, message);
    link.socket.drop(1006);
  };
const closeAfterOpening =
  (code: number): Script =>
  (link) => {
    link.socket.accept();
    link.socket.drop(code);
  };

const SOON = [1000, 21_000] as const;
const ROOM = [15_000, 300_000] as const;
const REFUSED = [60_000, 300_000] as const;

const BEFORE_THE_WELCOME: readonly Row[] = [
  {what: 'nothing listens', script: unreachable, state: 'waiting', cause: 'unreachable', code: 1006, wait: SOON},
  {
    what: 'the socket is accepted and dropped',
    script: closeAfterOpening(1006),
    state: 'waiting',
    cause: 'dropped',
    code: 1006,
    wait: SOON,
  },
  {
    what: 'an unknown app key (4001)',
    script: firstFrame(4001, 'Application does not exist'),
    state: 'refused',
    cause: 'unknown-app',
    code: 4001,
    wait: REFUSED,
  },
  {
    what: 'an unknown app key (4001), and the link cut',
    script: firstFrameAndCut(4001, 'Application does not exist'),
    state: 'refused',
    cause: 'unknown-app',
    code: 4001,
    wait: REFUSED,
  },
  {
    what: 'too many messages (4301), and the link cut',
    script: firstFrameAndCut(4301, 'Rate limit exceeded'),
    state: 'waiting',
    cause: 'rate-limited',
    code: 4301,
    wait: SOON,
  },
  {
    what: 'no room (4004), socket left open',
    script: firstFrame(4004, 'Application is over connection quota'),
    state: 'waiting',
    cause: 'over-capacity',
    code: 4004,
    wait: ROOM,
  },
  {
    what: 'an origin that is not allowed (4009), socket left open',
    script: firstFrame(4009, 'Origin not allowed'),
    state: 'refused',
    cause: 'origin-not-allowed',
    code: 4009,
    wait: REFUSED,
  },
  {
    what: 'a message it could not read (4200)',
    script: firstFrame(4200, 'Invalid message format'),
    state: 'waiting',
    cause: 'dropped',
    code: 4200,
    wait: SOON,
  },
  {
    what: 'too many messages (4301)',
    script: firstFrame(4301, 'Rate limit exceeded'),
    state: 'waiting',
    cause: 'rate-limited',
    code: 4301,
    wait: SOON,
  },
];

const CLOSE_CODES: readonly (readonly [number, ConnectionState, ConnectionCause])[] = [
  [1000, 'waiting', 'dropped'],
  [1001, 'waiting', 'dropped'],
  [1002, 'waiting', 'dropped'],
  [1003, 'waiting', 'dropped'],
  [1005, 'waiting', 'dropped'],
  [1006, 'waiting', 'dropped'],
  [1007, 'waiting', 'dropped'],
  [1008, 'waiting', 'dropped'],
  [1009, 'waiting', 'dropped'],
  [1010, 'waiting', 'dropped'],
  [1011, 'waiting', 'server-error'],
  [1012, 'waiting', 'dropped'],
  [1013, 'waiting', 'over-capacity'],
  [1014, 'waiting', 'dropped'],
  [1015, 'waiting', 'dropped'],
  [3000, 'waiting', 'dropped'],
  [4000, 'refused', 'config'],
  [4001, 'refused', 'unknown-app'],
  [4002, 'refused', 'server-error'],
  [4003, 'refused', 'unknown-app'],
  [4004, 'waiting', 'over-capacity'],
  [4005, 'refused', 'config'],
  [4006, 'refused', 'config'],
  [4007, 'refused', 'config'],
  [4008, 'refused', 'config'],
  [4009, 'refused', 'origin-not-allowed'],
  [4010, 'refused', 'server-error'],
  [4099, 'refused', 'server-error'],
  [4100, 'waiting', 'over-capacity'],
  [4199, 'waiting', 'server-error'],
  [4200, 'waiting', 'dropped'],
  [4201, 'waiting', 'dropped'],
  [4202, 'waiting', 'dropped'],
  [4299, 'waiting', 'dropped'],
  [4300, 'waiting', 'server-error'],
  [4301, 'waiting', 'rate-limited'],
  [4999, 'waiting', 'server-error'],
];

describe('ConnectionController under faults of the socket', () => {
  describe('before the welcome', () => {
    for (const {what, script, state, cause, code, wait} of BEFORE_THE_WELCOME) {
      it(`answers ${what} with ${state}, and tries again`, async () => {
        const bed = new Bed(script);
        assert.equal(await bed.connect(), false);
        const {status} = bed.connection;
        assert.deepEqual({state: status.state, cause: status.cause, code: status.code}, {state, cause, code});
        assert.equal(bed.server.open.length, 0, 'no socket is left behind');
        assert.equal(bed.errors.length, 1);
        const planned = status.retryAt! - bed.clock.now();
        assert.ok(planned >= wait[0] && planned <= wait[1], `waits ${planned} ms`);
        bed.server.script = healthy;
        await bed.pass(planned);
        assert.equal(bed.state, 'connected');
        bed.connection.dispose();
      });
    }

    it('takes a failure for the end where no close follows, as in Node 22', async () => {
      const bed = new Bed(failOnly);
      void bed.connection.connect();
      await bed.pass(0);
      const {state, cause, code} = bed.connection.status;
      assert.deepEqual({state, cause, code}, {state: 'waiting', cause: 'unreachable', code: 1006});
      assert.equal(bed.server.open.length, 0);
      bed.connection.dispose();
    });

    it('gives a welcome that never comes 8 seconds', async () => {
      const bed = new Bed(openOnly);
      const connected = bed.connection.connect();
      await bed.pass(7999);
      assert.equal(bed.state, 'connecting');
      await bed.pass(1);
      assert.equal(await connected, false);
      assert.equal(bed.state, 'waiting');
      assert.equal(bed.connection.status.cause, 'timeout');
      assert.equal(bed.server.open.length, 0);
      bed.connection.dispose();
    });

    it('gives a socket that never opens 8 seconds', async () => {
      const bed = new Bed(() => undefined);
      await Promise.all([bed.connection.connect(), bed.pass(8000)]);
      assert.equal(bed.connection.status.cause, 'timeout');
      bed.connection.dispose();
    });

    it('is failed where the browser refuses to make the socket', async () => {
      const bed = new Bed(healthy, {
        environment: {
          createWebSocket: () => {
            throw new DOMException('Blocked', 'SecurityError');
          },
        },
      });
      assert.equal(await bed.connect(), false);
      assert.equal(bed.state, 'failed');
      assert.equal(bed.errors.length, 1);
      bed.page.leave();
      bed.page.comeBack();
      await bed.pass(600_000);
      assert.deepEqual(bed.states, ['connecting', 'failed']);
      bed.connection.dispose();
    });

    it('reports a refusal once, and not at each slow attempt', async () => {
      const bed = new Bed(firstFrame(4001, 'Application does not exist'));
      await bed.connect();
      await bed.pass(1_200_000);
      assert.ok(bed.server.links.length >= 5, 'the wait does not grow for ever');
      assert.equal(bed.errors.length, 1);
      bed.connection.dispose();
    });

    it('reports it also where nobody waits for connect(), and again if it comes back after a good connection', async () => {
      const bed = new Bed();
      await bed.connect();
      for (const reports of [1, 2]) {
        await bed.pass(10_000);
        bed.server.script = firstFrame(4001, 'Application does not exist');
        bed.server.last.socket.drop();
        await bed.pass(2000);
        assert.equal(bed.state, 'refused');
        assert.ok(bed.connection.status.retryAt! - bed.clock.now() < 120_000, 'the wait has not grown yet');
        await bed.pass(600_000);
        assert.equal(bed.errors.length, reports);
        bed.server.script = healthy;
        await bed.pass(300_000);
        assert.equal(bed.state, 'connected');
      }
      bed.connection.dispose();
    });

    it('lets a person retry a refusal at once, and does not try once more when it had planned to', async () => {
      const bed = new Bed(firstFrame(4009, 'Origin not allowed'));
      await bed.connect();
      bed.server.script = healthy;
      await bed.pass(1000);
      bed.connection.retry();
      await bed.pass(0);
      assert.equal(bed.state, 'connected');
      bed.states.length = 0;
      await bed.pass(300_000);
      assert.deepEqual(bed.states, []);
      bed.connection.dispose();
    });
  });

  describe('by close code', () => {
    for (const [code, state, cause] of CLOSE_CODES) {
      it(`is ${state} (${cause}) after ${code} before the welcome, and comes back`, async () => {
        const bed = new Bed(closeAfterOpening(code));
        await bed.connect();
        assert.equal(bed.state, state);
        assert.equal(bed.connection.status.cause, cause);
        bed.server.script = healthy;
        await bed.pass(300_000);
        assert.equal(bed.state, 'connected');
        bed.connection.dispose();
      });

      it(`comes back from ${code} after the welcome, at most once a second`, async () => {
        const bed = new Bed();
        await bed.connect();
        bed.server.last.socket.drop(code);
        await bed.pass(0);
        assert.equal(bed.state, state);
        await bed.pass(300_000);
        assert.equal(bed.state, 'connected');
        assertSpaced(bed.server.times);
        bed.connection.dispose();
      });

      it(`makes a bounded number of attempts while every welcome is followed by ${code}`, async () => {
        const bed = new Bed((link) => {
          link.welcome();
          link.socket.drop(code);
        });
        void bed.connection.connect();
        await bed.pass(60_000);
        assertSpaced(bed.server.times);
        assert.ok(bed.server.links.length <= MOST_IN_A_MINUTE, `${bed.server.links.length} attempts in a minute`);
        bed.connection.dispose();
      });
    }
  });

  it('never tries more than once a second, whoever asks for it', async () => {
    const bed = new Bed(closeAfterOpening(4200));
    bed.random = 0;
    for (let round = 0; round < 100; round += 1) {
      void bed.connection.connect();
      bed.connection.retry();
      bed.page.goOffline();
      bed.page.goOnline();
      bed.page.hide();
      bed.page.show();
      bed.page.leave();
      bed.page.comeBack();
      await bed.pass(100);
    }
    assertSpaced(bed.server.times);
    assert.ok(bed.server.links.length >= 5, 'and yet it tries');
    bed.connection.dispose();
  });

  it('counts the second from when the socket was made, however long the page took until then', async () => {
    const bed = new Bed(closeAfterOpening(4200));
    bed.random = 0;
    bed.connection.onStateChange(({state}) => state === 'connecting' && bed.server.links.length === 0 && bed.clock.jump(900));
    await bed.connect();
    await bed.pass(5000);
    assert.ok(bed.server.links.length >= 2, 'and yet it tries');
    assertSpaced(bed.server.times);
    bed.connection.dispose();
  });

  it('has no timer of pusher-js left while it waits', async () => {
    const bed = new Bed(closeAfterOpening(4200));
    await bed.connect();
    assert.equal(bed.clock.pending, 1);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
    assert.equal(bed.clock.pending, 0);
  });

  it('forgets earlier failures only after ten good seconds', async () => {
    const bed = new Bed();
    await bed.connect();
    await bed.pass(9000);
    bed.server.last.socket.drop();
    await bed.pass(0);
    assert.equal(bed.connection.status.attempt, 1);
    await bed.pass(2000);
    assert.equal(bed.connection.status.attempt, 2);
    await bed.pass(10_000);
    bed.server.last.socket.drop();
    await bed.pass(0);
    const wait = bed.connection.status.retryAt! - bed.clock.now();
    assert.ok(wait >= 200 && wait <= 1500, `waits ${wait} ms`);
    await bed.pass(1500);
    assert.equal(bed.connection.status.attempt, 1);
    bed.connection.dispose();
  });

  it('takes a complaint after the welcome as news, and keeps the socket', async () => {
    const bed = new Bed();
    await bed.connect();
    bed.server.last.complain(4200, 'Invalid message format');
    await bed.pass(0);
    const handle = bed.connection.subscribe('private-user.1');
    await bed.pass(0);
    assert.equal(bed.state, 'connected');
    assert.equal(handle.state, 'subscribed');
    assert.match(bed.errors[0]!.message, /reported an error \(4200\).*Invalid message format/);
    bed.connection.dispose();
  });

  it('takes a refused whisper (4009, 4301) as news, and keeps its channels', async () => {
    for (const code of [4009, 4301]) {
      const bed = new Bed();
      const handle = bed.connection.subscribe('private-user.1');
      await bed.connect();
      await bed.pass(0);
      assert.equal(handle.whisper('client-typing', {}), true);
      bed.server.last.complain(code, 'Not you');
      await bed.pass(60_000);
      assert.equal(handle.state, 'subscribed');
      assert.equal(bed.asked.length, 1);
      assert.equal(bed.server.links.length, 1);
      assert.equal(bed.errors.length, 1);
      assert.match(bed.errors[0]!.message, /Not you/);
      bed.connection.dispose();
    }
  });

  it('comes back from a rate limit (4301) that ends in a cut, not at once', async () => {
    const bed = new Bed();
    await bed.connect();
    await bed.pass(10_000);
    const last = bed.clock.now();
    bed.server.last.complain(4301, 'Rate limit exceeded');
    bed.server.last.socket.drop(1006);
    await bed.pass(0);
    assert.equal(bed.state, 'waiting');
    await bed.pass(30_000);
    assert.equal(bed.state, 'connected');
    assert.ok(bed.server.times.at(-1)! - last >= 200);
    bed.connection.dispose();
  });

  it('stays away after disconnect(), and tells whoever waits', async () => {
    const bed = new Bed(openOnly);
    const connected = bed.connection.connect();
    bed.connection.disconnect();
    assert.equal(await connected, false);
    assert.equal(bed.state, 'idle');
    assert.equal(bed.connection.status.cause, 'requested');
    await bed.pass(600_000);
    bed.page.leave();
    bed.page.comeBack();
    await bed.pass(600_000);
    assert.equal(bed.server.links.length, 1);
    assert.equal(bed.server.open.length, 0);
    bed.connection.dispose();
  });

  it('makes no socket where a listener closes the connection as soon as it tries', async () => {
    const bed = new Bed();
    bed.connection.onStateChange(({state}) => {
      if (state === 'connecting') bed.connection.disconnect();
    });
    assert.equal(await bed.connect(), false);
    assert.equal(bed.state, 'idle');
    assert.equal(bed.server.links.length, 0);
    bed.connection.dispose();
  });

  it('counts its attempts anew after disconnect()', async () => {
    const bed = new Bed(unreachable);
    await bed.connect();
    await bed.pass(60_000);
    assert.ok(bed.connection.status.attempt > 3);
    bed.connection.disconnect();
    assert.equal(bed.connection.status.attempt, 0);
    void bed.connection.connect();
    await bed.pass(1000);
    assert.equal(bed.connection.status.attempt, 1);
    bed.connection.dispose();
  });

  it('survives a listener that throws, and one that closes the connection', async () => {
    const bed = new Bed();
    const reported: unknown[] = [];
    const original = globalThis.console.error;
    globalThis.console.error = (error: unknown) => reported.push(error);
    try {
      bed.connection.onStateChange(() => {
        throw new Error('A host page is at fault.');
      });
      bed.connection.onStateChange(({state}) => {
        if (state === 'connected') bed.connection.disconnect();
      });
      bed.connection.subscribe('private-user.1');
      await bed.connect();
      await bed.pass(0);
    } finally {
      globalThis.console.error = original;
    }
    assert.equal(bed.state, 'idle');
    assert.ok(reported.length >= 2);
    assert.equal(bed.server.open.length, 0);
    assert.equal(bed.asked.length, 0);
    bed.connection.dispose();
  });
});
