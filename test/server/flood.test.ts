import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {describe, it} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {call, start, type Caller, type TestServer} from './start.js';
import {Wire} from './wire.js';

/** How long a well-behaved client may have to wait meanwhile, in milliseconds, for 95 of 100 of its calls. */
const PATIENCE = 500;

/** Sends messages one after the other while `attack` runs and says how long each took until it was heard on the socket. */
async function latencyDuring(server: TestServer, ali: Caller, attack: () => Promise<unknown>): Promise<number> {
  using wire = await Wire.connect(server.wsUrl);
  await wire.subscribe('private-user.1', await ali.authorize(wire.socketId, 'private-user.1'));
  const times: number[] = [];
  let over = false;
  const ended = attack().finally(() => (over = true));
  while (!over || times.length < 20) {
    const began = performance.now();
    const answer = await ali.send(1, 'still here?');
    assert.equal(answer.status, 201);
    await wire.next('App\\Events\\MessageSentEvent');
    times.push(performance.now() - began);
  }
  await ended;
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY;
}

/** A TCP connection that says this and then nothing. */
async function raw(server: TestServer, text: string): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const HANDSHAKE = [
  'GET /app/demo-key HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');

describe('while somebody misbehaves, others are served', () => {
  it('with 2,000 sockets: those over the limit are told so', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const codes = new Map<number, number>();
    const attack = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        const wires = Array.from({length: 200}, () => new Wire(server.wsUrl));
        const results = await Promise.all(
          wires.map((wire) =>
            Promise.race([
              wire.closed,
              wire.next('pusher:connection_established').then(
                () => 0,
                () => 0,
              ),
            ]),
          ),
        );
        for (const code of results) codes.set(code, (codes.get(code) ?? 0) + 1);
        for (const wire of wires) wire.close();
      }
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
    assert.ok((codes.get(4004) ?? 0) >= 500, JSON.stringify([...codes]));
  });

  it('with a hundred thousand tiny frames: the sender is closed', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const before = process.memoryUsage().rss;
    const attack = async (): Promise<void> => {
      using wire = await Wire.connect(server.wsUrl);
      for (let sent = 0; sent < 100_000; sent += 1_000) {
        for (let frame = 0; frame < 1_000; frame += 1) wire.socket.send('{}');
        // The attacker lives in this process too and must let the others breathe.
        await turn();
      }
      assert.ok([4200, 4301].includes(await wire.closed), `closed with ${await wire.closed}`);
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024);
  });

  it('with a message in fragments that never ends: it may not grow', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const attack = async (): Promise<void> => {
      const socket = await raw(server, HANDSHAKE);
      await once(socket, 'data');
      const closed = once(socket, 'close');
      const mask = Buffer.alloc(4);
      socket.write(Buffer.concat([Buffer.from([0x01, 0x81]), mask, Buffer.from('a')]));
      // Continuations of one byte each, none of them the last.
      const continuation = Buffer.concat([Buffer.from([0x00, 0x81]), mask, Buffer.from('a')]);
      socket.resume();
      for (let sent = 0; sent < 20 && !socket.destroyed; sent += 1) {
        socket.write(Buffer.concat(Array.from({length: 1_000}, () => continuation)));
      }
      socket.end();
      await closed;
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
  });

  it('with a reader that does not read: it is cut off', async () => {
    await using server = await start({limits: {backlogBytes: 64 * 1024}, faults: true});
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using slow = await Wire.connect(server.wsUrl);
    await slow.subscribe('private-user.2', await vali.authorize(slow.socketId, 'private-user.2'));
    slow.socket.pause();
    // More than the kernel's buffers hold on both sides.
    const attack = async (): Promise<void> => {
      const body = {channel: 'private-user.2', frame: JSON.stringify({event: 'x', padding: 'x'.repeat(60_000)})};
      for (let frame = 0; frame < 300; frame += 1) await call(server.url, 'POST', '/__emit', {body});
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
    slow.socket.resume();
    assert.equal(await slow.closed, 1006);
  });

  it('with requests that never end: they are ended', async () => {
    await using server = await start({limits: {requestTimeout: 300}});
    const ali = await server.signIn('ali');
    const attack = async (): Promise<void> => {
      const sockets = await Promise.all(
        Array.from({length: 200}, (_, index) =>
          raw(
            server,
            index % 2
              ? 'GET /api/conversations HTTP/1.1\r\nHost: x\r\nX-Slow: '
              : 'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{',
          ),
        ),
      );
      await Promise.all(
        sockets.map((socket) => {
          socket.resume();
          return socket.closed || once(socket, 'close');
        }),
      );
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
  });

  it('with huge bodies: they are refused by what they announce', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const attack = async (): Promise<void> => {
      for (const [path, bytes, status] of [
        ['/api/login', 100 * 1024 * 1024, 413],
        ['/api/conversations/1/messages', 65 * 1024, 413],
        ['/broadcasting/auth', 65 * 1024, 413],
        ['/api/attachments', 11 * 1024 * 1024, 413],
        ['/apps/1001/events', 10_001, 413],
      ] as const) {
        const socket = await raw(
          server,
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${bytes}\r\nAuthorization: Bearer ${ali.token}\r\n\r\n`,
        );
        if (path.startsWith('/apps')) socket.write('x'.repeat(bytes));
        const [head] = (await once(socket, 'data')) as [Buffer];
        assert.match(head.toString(), new RegExp(`^HTTP/1.1 ${status} `), path);
        socket.destroy();
      }
      const chunked = await raw(server, 'POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n');
      const [head] = (await once(chunked, 'data')) as [Buffer];
      assert.match(head.toString(), /^HTTP\/1\.1 411 /);
      chunked.destroy();
    };
    assert.ok((await latencyDuring(server, ali, attack)) < PATIENCE);
  });

  it('with nonsense instead of HTTP: it is answered with 400 or nothing', async () => {
    await using server = await start();
    for (const text of [
      '\x16\x03\x01\x02\x00',
      'GET\r\n\r\n',
      'A'.repeat(100_000),
      'GET /app/demo-key HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET // HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET // HTTP/1.1\r\nHost: x y\r\nConnection: close\r\n\r\n',
    ]) {
      const socket = await raw(server, text);
      socket.resume();
      await once(socket, 'close');
    }
    assert.equal((await call(server.url, 'GET', '/up')).status, 200);
  });
});
