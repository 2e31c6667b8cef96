import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {hostileChannels, OWN_CHANNELS, SOCKET_IDS} from '../server/hostile-channels.js';
import {recordParity, type ParityTarget, type Transcript} from '../server/parity.js';
import {start} from '../server/start.js';
import {LaravelServer, whyNot, type Login} from './laravel-server.js';

const APP = {appId: '1001', key: 'demo-key', secret: 'demo-secret'};

interface Difference {
  readonly reverb: readonly string[];
  readonly ours: readonly string[];
}

/** Where the embedded server is meant to answer otherwise than Reverb 1.10, beside what the script leaves out. */
const INTENDED: Readonly<Record<string, Difference>> = {
  // Reverb cuts the connection; Pusher's documentation promises the code.
  'unknown app key: end': {reverb: ['1006'], ours: ['4001']},
};

/** One in so many hostile names: Laravel takes some 20 ms for each. `HOSTILE_STEP=1` is the full size. */
const HOSTILE_STEP = Number(process.env['HOSTILE_STEP'] ?? 13);

const heardAt = (target: Omit<ParityTarget, keyof typeof APP>): Promise<Transcript> => recordParity({...APP, ...target});

describe('The embedded server and Laravel with Reverb', {skip: whyNot()}, () => {
  let laravel: LaravelServer;
  let ali: Login;

  before(async () => {
    laravel = await LaravelServer.start({port: 18432, reverbPort: 18433});
    ali = await laravel.login('ali@example.com');
  });
  after(() => laravel.stop());

  it('say the same on the wire, but for what is listed', async () => {
    await using embedded = await start();
    const ours = await heardAt({wsUrl: embedded.url.replace('http', 'ws'), httpUrl: embedded.url});
    const reverb = await heardAt({
      wsUrl: `ws://127.0.0.1:${laravel.reverbPort}`,
      httpUrl: `http://127.0.0.1:${laravel.reverbPort}`,
    });

    const expected = reverb.map(({step, heard}) => {
      const difference = INTENDED[step];
      if (!difference) return {step, heard};
      assert.deepEqual(heard, difference.reverb, `${step}: Reverb has changed`);
      return {step, heard: difference.ours};
    });
    assert.deepEqual(ours, expected);
  });

  it('sign the same channels: one’s own, and none that look like them', async () => {
    for (const name of OWN_CHANNELS) assert.equal(await verdict('1.1', name), 200, name);
    const names = hostileChannels().filter((_, index) => index % HOSTILE_STEP === 0);
    assert.ok(names.length > 0);
    for (let index = 0; index < names.length; index += 20) {
      const batch = names.slice(index, index + 20);
      const verdicts = await Promise.all(batch.map((name) => verdict('1.1', name)));
      for (const [n, status] of verdicts.entries())
        assert.ok([403, 422].includes(status), `${JSON.stringify(batch[n])}: ${status}`);
    }
  });

  it('sign for nothing but a socket id', async () => {
    for (const id of [...SOCKET_IDS, 1.1, null, ['1.1'], {a: 1}, true]) {
      assert.equal(await verdict(id, 'private-user.1'), 422, JSON.stringify(id));
    }
  });

  async function verdict(socketId: unknown, channel: unknown): Promise<number> {
    const body = {socket_id: socketId, channel_name: channel};
    const response = await laravel.request('POST', '/broadcasting/auth', {token: ali.token, body});
    assert.equal((await response.text()).includes('demo-key'), response.status === 200);
    return response.status;
  }
});
