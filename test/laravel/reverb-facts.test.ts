import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import PusherServer from 'pusher';
import {LaravelServer, whyNot} from './laravel-server.js';
import {errorOf, RawSocket} from './raw-socket.js';
import {ReverbNode} from './reverb-node.js';

const PORT = 18420;
const REVERB_PORT = 18421;
const ADDRESS = `ws://127.0.0.1:${REVERB_PORT}/app`;

/**
 * What the connection is built on: how the real Reverb (1.10) behaves where its documentation says nothing. A test that fails
 * here after an update of Reverb means that something in `src/connection/` may have to change.
 */
describe('Reverb', {skip: whyNot()}, () => {
  let server: LaravelServer;

  before(async () => {
    server = await LaravelServer.start({
      port: PORT,
      reverbPort: REVERB_PORT,
      env: {REVERB_ALLOWED_ORIGINS: '127.0.0.1,localhost', REVERB_APP_MAX_CONNECTIONS: '3'},
    });
  });

  after(() => server.stop());

  /** Proves that a socket is still served: the answer to a ping, sent after everything else. */
  async function isServed(socket: RawSocket): Promise<boolean> {
    socket.send({event: 'pusher:ping', data: {}});
    await socket.next('pusher:pong');
    return socket.isOpen;
  }

  async function using<Result>(
    url: string,
    run: (socket: RawSocket) => Promise<Result>,
    headers?: Record<string, string>,
  ): Promise<Result> {
    const socket = new RawSocket(url, headers);
    try {
      return await run(socket);
    } finally {
      socket.close();
      await socket.closed;
    }
  }

  const signature = (socketId: string, channel: string): string =>
    `demo-key:${createHmac('sha256', 'demo-secret').update(`${socketId}:${channel}`).digest('hex')}`;

  it('announces an activity timeout of 30 s', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      const {data} = await socket.next('pusher:connection_established');
      assert.equal((JSON.parse(String(data)) as {activity_timeout: number}).activity_timeout, 30);
    }));

  it('answers an unknown app key with 4001 and then cuts the connection without a close frame', async () => {
    const socket = new RawSocket(`${ADDRESS}/nonsense`);
    assert.equal(errorOf(await socket.next('pusher:error')).code, 4001);
    assert.equal(await socket.closed, 1006);
  });

  it('answers one connection too many with 4004', async () => {
    const others = [1, 2, 3].map(() => new RawSocket(`${ADDRESS}/demo-key`));
    for (const [n, socket] of others.entries()) {
      const id = await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: `private-user.${n}`, auth: signature(id, `private-user.${n}`)}});
      await socket.next('pusher_internal:subscription_succeeded');
    }
    await using(`${ADDRESS}/demo-key`, async (socket) => {
      assert.equal(errorOf(await socket.next('pusher:error')).code, 4004);
      assert.equal(socket.isOpen, true);
      assert.equal(socket.frames.length, 0);
    });
    for (const socket of others) socket.close();
    await Promise.all(others.map((socket) => socket.closed));
  });

  it('answers a foreign origin with 4009 and leaves the socket open', () =>
    using(
      `${ADDRESS}/demo-key`,
      async (socket) => {
        assert.deepEqual(errorOf(await socket.next('pusher:error')), {code: 4009, message: 'Origin not allowed'});
        assert.equal(await isServed(socket), true);
      },
      {origin: 'https://example.com'},
    ));

  it('refuses a client without an origin too, once origins are listed', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => assert.equal(errorOf(await socket.next('pusher:error')).code, 4009), {}));

  it('answers a bad signature with 4009 without naming the channel, and leaves the socket open', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: 'private-user.1', auth: 'demo-key:00'}});
      const frame = await socket.next('pusher:error');
      assert.equal(errorOf(frame).code, 4009);
      assert.equal(frame.channel, undefined);
      assert.doesNotMatch(JSON.stringify(frame), /user\.1/);
      assert.equal(await isServed(socket), true);
    }));

  it('takes a signature only with the socket it was made for', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: 'private-user.1', auth: signature('1.1', 'private-user.1')}});
      assert.equal(errorOf(await socket.next('pusher:error')).code, 4009);
    }));

  it('answers a whisper of somebody who is no member with 4009', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      await socket.connected();
      socket.send({event: 'client-typing', channel: 'private-user.1', data: {}});
      assert.equal(errorOf(await socket.next('pusher:error')).code, 4009);
      assert.equal(await isServed(socket), true);
    }));

  for (const [name, frame] of [
    ['what is not JSON', 'nonsense'],
    ['an unknown pusher event', '{"event":"pusher:nonsense","data":{}}'],
    ['pusher:signin', '{"event":"pusher:signin","data":{"auth":"x","user_data":"{}"}}'],
  ] as const) {
    it(`answers ${name} with 4200 and leaves the socket open`, () =>
      using(`${ADDRESS}/demo-key`, async (socket) => {
        await socket.connected();
        socket.send(frame);
        assert.equal(errorOf(await socket.next('pusher:error')).code, 4200);
        assert.equal(await isServed(socket), true);
      }));
  }

  it('closes with 1009 for a frame over 10,000 bytes, and not for one below', async () => {
    const frame = (bytes: number): string => JSON.stringify({event: 'pusher:ping', data: {a: 'a'.repeat(bytes - 40)}});
    const socket = new RawSocket(`${ADDRESS}/demo-key`);
    await socket.connected();
    socket.send(frame(9_900));
    await socket.next('pusher:pong');
    socket.send(frame(10_100));
    assert.equal(await socket.closed, 1009);
  });

  it('refuses a trigger over 10,000 bytes with 413, headers counted, and nobody gets the event', async () => {
    const pusher = new PusherServer({
      appId: '1001',
      key: 'demo-key',
      secret: 'demo-secret',
      host: '127.0.0.1',
      port: String(REVERB_PORT),
      useTLS: false,
    });
    const status = (bytes: number): Promise<number> =>
      pusher.trigger('private-user.1', 'x', 'a'.repeat(bytes)).then(
        (response) => response.status,
        (error: unknown) => (error as {status?: number}).status ?? 0,
      );
    assert.equal(await status(9_000), 200);
    assert.equal(await status(9_900), 413);
  });

  it('fails at `terminate_connections` while somebody is in a private channel only, and cuts nobody', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      const id = await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: 'private-user.1', auth: signature(id, 'private-user.1')}});
      await socket.next('pusher_internal:subscription_succeeded');
      await assert.rejects(new ReverbNode(REVERB_PORT).terminate('1'), {status: 500});
      assert.equal(await isServed(socket), true);
    }));

  it('counts a channel as private by its first letters, without the dash', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: 'privatefoo'}});
      assert.equal(errorOf(await socket.next('pusher:error')).code, 4009);
    }));

  it('delivers before it acknowledges nothing: what is triggered after the ack arrives', () =>
    using(`${ADDRESS}/demo-key`, async (socket) => {
      const id = await socket.connected();
      socket.send({event: 'pusher:subscribe', data: {channel: 'private-user.1', auth: signature(id, 'private-user.1')}});
      await socket.next('pusher_internal:subscription_succeeded');
      const ali = await server.login('ali@example.com');
      await server.request('POST', '/api/conversations/1/messages', {
        token: ali.token,
        body: {content: 'fact', temp_id: 'fact-1'},
      });
      const {channel, data} = await socket.next('App\\Events\\MessageSentEvent');
      assert.equal(channel, 'private-user.1');
      assert.equal((JSON.parse(String(data)) as {data: {tempId: string}}).data.tempId, 'fact-1');
    }));

  it('cuts all connections without a close frame when it is stopped by SIGTERM', async () => {
    const socket = new RawSocket(`${ADDRESS}/demo-key`);
    await socket.connected();
    await server.stopReverb();
    assert.equal(await socket.closed, 1006);
    assert.deepEqual(socket.frames, []);
    await server.startReverb();
  });
});
