import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it} from 'node:test';
import {Faults} from '../../demo/server/faults.js';
import {defaultLimits} from '../../demo/server/limits.js';
import {Channels} from '../../demo/server/pusher/channels.js';
import {SocketServer} from '../../demo/server/pusher/socket-server.js';
import {TokenBucket} from '../../demo/server/pusher/token-bucket.js';
import {start} from './start.js';
import {Wire} from './wire.js';

/** A generous rate, for tests that are about another limit. */
const ANY_RATE = {frameBurst: 1_000_000};

async function upgradeStatus(url: string, origin?: string): Promise<number> {
  using wire = new Wire(url, origin === undefined ? {} : {origin});
  return await new Promise((resolve) => {
    wire.socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    wire.socket.once('open', () => resolve(101));
  });
}

async function errorAfter(wire: Wire, event: string, data?: unknown, channel?: string): Promise<unknown> {
  wire.send(event, data, channel);
  return (await wire.next('pusher:error')).data;
}

describe('the door', () => {
  it('lets in pages of this machine and programs, and refuses other origins while it is still HTTP', async () => {
    await using server = await start();
    for (const origin of [undefined, 'http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:8443']) {
      assert.equal(await upgradeStatus(server.wsUrl, origin), 101, String(origin));
    }
    for (const origin of ['https://example.com', 'null', 'http://localhost.example.com', 'file://']) {
      assert.equal(await upgradeStatus(server.wsUrl, origin), 403, origin);
    }
    assert.equal(await upgradeStatus(`${server.url.replace('http', 'ws')}/elsewhere`), 404);
  });

  it('tells a wrong key 4001 and closes with it', async () => {
    await using server = await start();
    const wire = new Wire(server.wsUrl.replace('demo-key', 'other-key'));
    assert.deepEqual((await wire.next('pusher:error')).data, {code: 4001, message: 'Application does not exist'});
    assert.equal(await wire.closed, 4001);
  });

  it('tells the hundred and first socket of an address 4004, and has room again when one goes', async () => {
    await using server = await start();
    const wires = await Promise.all(Array.from({length: 100}, () => Wire.connect(server.wsUrl)));
    const late = new Wire(server.wsUrl);
    assert.deepEqual((await late.next('pusher:error')).data, {code: 4004, message: 'Application is over connection quota'});
    assert.equal(await late.closed, 4004);
    wires[0]?.socket.close();
    await wires[0]?.closed;
    const next = await Wire.connect(server.wsUrl);
    for (const wire of [...wires, next]) wire.close();
  });

  it('counts all addresses together as well', async () => {
    await using server = await start({limits: {sockets: 2}});
    using first = await Wire.connect(server.wsUrl);
    using second = await Wire.connect(server.wsUrl);
    assert.ok(first.socketId !== second.socketId);
    assert.equal(await new Wire(server.wsUrl).closed, 4004);
  });
});

describe('frames', () => {
  it('are answered with 4200 when they are no frames, and with a close after twenty', async () => {
    await using server = await start();
    using wire = await Wire.connect(server.wsUrl);
    const broken = [
      '',
      '{',
      '[]',
      '5',
      'null',
      '{}',
      '{"event":7}',
      '{"event":"pusher:signin"}',
      '{"event":"pusher:subscribe"}',
      '{"event":"pusher:subscribe","data":{"channel":7}}',
      '{"event":"client-x"}',
      '{"event":"client-x","channel":"a","data":"text"}',
      '{"event":"pusher:subscribe","data":"text"}',
      '{"__proto__":{"event":"pusher:ping"}}',
      '{"event":"x"}',
    ];
    for (const text of broken) {
      wire.socket.send(text);
      assert.deepEqual((await wire.next('pusher:error')).data, {code: 4200, message: 'Invalid message format'}, text);
    }
    await wire.settle();
    for (let frame = broken.length; frame < 20; frame += 1) wire.socket.send(Buffer.from([1, 2, 3]));
    assert.equal(await wire.closed, 4200);
  });

  it('may have 10,000 bytes and not one more', async () => {
    await using server = await start();
    using wire = await Wire.connect(server.wsUrl);
    const frame = (bytes: number): string => {
      const empty = JSON.stringify({event: 'pusher:ping', padding: ''});
      return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    };
    wire.socket.send(frame(10_000));
    await wire.next('pusher:pong');
    wire.socket.send(frame(10_001));
    assert.equal(await wire.closed, 1009);
  });

  it('may come in a burst of a hundred; more is told 4301, and very much more closed with it', async () => {
    await using server = await start();
    using wire = await Wire.connect(server.wsUrl);
    for (let ping = 0; ping < 110; ping += 1) wire.send('pusher:ping');
    for (let pong = 0; pong < 100; pong += 1) await wire.next('pusher:pong');
    assert.deepEqual((await wire.next('pusher:error')).data, {code: 4301, message: 'Rate limit exceeded'});
    for (let ping = 0; ping < 300; ping += 1) wire.send('pusher:ping');
    assert.equal(await wire.closed, 4301);
  });
});

describe('the rate', () => {
  it('earns back sixty a minute, and never more than the burst', () => {
    const bucket = new TokenBucket(2, 60);
    assert.deepEqual([bucket.take(0), bucket.take(0), bucket.take(0)], [true, true, false]);
    assert.deepEqual([bucket.take(999), bucket.take(1_000), bucket.take(1_001)], [false, true, false]);
    assert.deepEqual([bucket.take(90_000), bucket.take(90_000), bucket.take(90_000)], [true, true, false]);
  });

  it('goes on from where it is when the clock is set back', () => {
    const bucket = new TokenBucket(2, 60);
    assert.deepEqual([bucket.take(3_600_000), bucket.take(0), bucket.take(0), bucket.take(1_000)], [true, true, false, true]);
  });
});

describe('channels', () => {
  it('need a name of the right characters, at most 200 of them', async () => {
    await using server = await start();
    using wire = await Wire.connect(server.wsUrl);
    for (const channel of ['', 'a b', 'a\nb', 'a/b', 'ü', '<script>', 'a'.repeat(201)]) {
      assert.deepEqual(await errorAfter(wire, 'pusher:subscribe', {channel}), {code: 4009, message: 'Invalid channel name'});
    }
    await wire.subscribe('a'.repeat(200));
    await wire.subscribe('__proto__');
    await wire.subscribe('A-z_0=@,.;');
  });

  it('are a hundred on one socket', async () => {
    await using server = await start({limits: ANY_RATE});
    using wire = await Wire.connect(server.wsUrl);
    for (let channel = 0; channel < 100; channel += 1) await wire.subscribe(`c${channel}`);
    assert.deepEqual(await errorAfter(wire, 'pusher:subscribe', {channel: 'one-more'}), {
      code: 4301,
      message: 'Too many channels on one connection',
    });
    await wire.subscribe('c7');
    wire.send('pusher:unsubscribe', {channel: 'c7'});
    await wire.subscribe('one-more');
  });

  it('that are private take only their own signature of their own socket', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    using wire = await Wire.connect(server.wsUrl);
    using other = await Wire.connect(server.wsUrl);
    const unauthorized = {code: 4009, message: 'Connection is unauthorized'};
    const right = await ali.authorize(wire.socketId, 'private-user.1');
    const attempts: [string, object][] = [
      ['private-user.1', {}],
      ['private-user.1', {auth: ''}],
      ['private-user.1', {auth: right.auth.slice(0, -1)}],
      ['private-user.1', {auth: right.auth.replace('demo-key', 'demo-kez')}],
      ['private-user.2', right],
      ['presence-user.1', right],
      ['private-user.1', {...right, channel_data: '{"user_id":"2"}'}],
    ];
    for (const [channel, auth] of attempts) {
      assert.deepEqual(await errorAfter(wire, 'pusher:subscribe', {channel, ...auth}), unauthorized, channel);
    }
    assert.deepEqual(await errorAfter(other, 'pusher:subscribe', {channel: 'private-user.1', ...right}), unauthorized);
    await wire.subscribe('private-user.1', right);
  });

  it('count a person once, however many sockets they have', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const room = 'presence-conversation.1';
    using watcher = await Wire.connect(server.wsUrl);
    await watcher.subscribe(room, await ali.authorize(watcher.socketId, room));
    const tabs = await Promise.all([Wire.connect(server.wsUrl), Wire.connect(server.wsUrl)]);
    for (const tab of tabs) await tab.subscribe(room, await vali.authorize(tab.socketId, room));
    for (const tab of tabs) {
      tab.socket.close();
      await tab.closed;
    }
    await watcher.next('pusher_internal:member_removed');
    await watcher.settle();
    const changes = watcher.frames.filter(({event}) => event.includes('member_')).map(({event}) => event);
    assert.deepEqual(changes, ['pusher_internal:member_added', 'pusher_internal:member_removed']);
  });
});

describe('whispers', () => {
  it('reach the other members, not the sender, and bear nothing that the sender made up', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const room = 'presence-conversation.1';
    using one = await Wire.connect(server.wsUrl);
    using two = await Wire.connect(server.wsUrl);
    await one.subscribe(room, await ali.authorize(one.socketId, room));
    await two.subscribe(room, await vali.authorize(two.socketId, room));
    one.socket.send(JSON.stringify({event: 'client-typing', channel: room, data: {a: 1}, user_id: '2', extra: true}));
    assert.deepEqual(await two.next('client-typing'), {event: 'client-typing', channel: room, data: {a: 1}, user_id: '1'});
    await one.settle();
    assert.ok(!one.frames.some(({event}) => event === 'client-typing'));
  });

  it('are refused when they are nested so deeply that they cannot be written again, and nobody else is disturbed', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all(['ali', 'vali'].map((name) => server.signIn(name)));
    using wire = await Wire.connect(server.wsUrl);
    using other = await Wire.connect(server.wsUrl);
    const channel = 'private-conversation.1';
    await wire.subscribe(channel, await ali!.authorize(wire.socketId, channel));
    await other.subscribe(channel, await vali!.authorize(other.socketId, channel));
    const nested = '['.repeat(4_900) + ']'.repeat(4_900);
    for (const data of [nested, JSON.stringify(nested)]) {
      wire.socket.send(`{"event":"client-x","channel":"${channel}","data":${data}}`);
      // Node 25 and later can write them.
      if (isWritable(nested)) await other.next('client-x');
      else assert.deepEqual((await wire.next('pusher:error')).data, {code: 4200, message: 'Invalid message format'});
    }
    wire.socket.send(JSON.stringify({event: 'client-y', channel, data: {}}));
    await other.next('client-y');
  });

  it('are for members of private and presence channels only', async () => {
    await using server = await start();
    const [ali] = await Promise.all([server.signIn('ali')]);
    using member = await Wire.connect(server.wsUrl);
    using outsider = await Wire.connect(server.wsUrl);
    await member.subscribe('private-user.1', await ali.authorize(member.socketId, 'private-user.1'));
    await member.subscribe('public');
    await outsider.subscribe('public');
    const refusal = {code: 4009, message: 'The client is not a member of the specified channel.'};
    for (const channel of ['private-user.1', 'public', 'nowhere']) {
      assert.deepEqual(await errorAfter(outsider, 'client-x', {}, channel), refusal, channel);
    }
    await member.settle();
    assert.ok(!member.frames.some(({event}) => event === 'client-x'));
  });
});

function isWritable(json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(json)) === json;
  } catch {
    return false;
  }
}

describe('silence', () => {
  it('is met with a ping, and a ping that nobody answers with the end', async () => {
    const sockets = new SocketServer({channels: new Channels(), limits: defaultLimits, faults: new Faults()});
    const http = createServer().on('upgrade', (...upgrade) => sockets.upgrade(...upgrade));
    await once(http.listen(0, '127.0.0.1'), 'listening');
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/app/demo-key`;
    using lively = await Wire.connect(url);
    using dead = await Wire.connect(url);
    const began = Date.now();
    sockets.sweep(began + 59_000);
    sockets.sweep(began + 61_000);
    await Promise.all([lively.next('pusher:ping'), dead.next('pusher:ping')]);
    assert.equal(lively.frames.filter(({event}) => event === 'pusher:ping').length, 1);
    lively.send('pusher:pong');
    await lively.settle();
    sockets.sweep(began + 92_000);
    assert.deepEqual((await dead.next('pusher:error')).data, {code: 4201, message: 'Pong reply not received in time'});
    assert.equal(await dead.closed, 1006);
    await lively.settle();
    sockets.close();
    http.close();
    assert.equal(await lively.closed, 1001);
  });
});

describe('signing out', () => {
  it('closes the sockets that the token had let in, and no others', async () => {
    await using server = await start();
    const [ali, sameAli] = [await server.signIn('ali'), await server.signIn('ali')];
    using gone = await Wire.connect(server.wsUrl);
    using stays = await Wire.connect(server.wsUrl);
    await gone.subscribe('private-user.1', await ali.authorize(gone.socketId, 'private-user.1'));
    await stays.subscribe('private-user.1', await sameAli.authorize(stays.socketId, 'private-user.1'));
    assert.equal((await ali.call('POST', '/api/logout')).status, 204);
    assert.equal(await gone.closed, 4009);
    await stays.settle();
    assert.equal((await ali.call('GET', '/api/conversations')).status, 401);
  });
});
