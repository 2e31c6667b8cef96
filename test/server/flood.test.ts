import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {describe, it} from 'node:test';
import PusherServer from 'pusher';
import {call, start, type Caller, type TestMessage, type TestServer} from './start.js';
import {Wire} from './wire.js';

/**
 * Takes an attack blow by blow. After each `yield`, while the blow is still at work, Ali sends a message, is answered and hears it
 * on a socket of his own: the attack goes on only when he was served.
 */
async function servedDuring(server: TestServer, ali: Caller, attack: AsyncIterable<void>): Promise<void> {
  using wire = await Wire.connect(server.wsUrl);
  await wire.subscribe('private-user.1', await ali.authorize(wire.socketId, 'private-user.1'));
  let blows = 0;
  for await (const _ of attack) {
    blows += 1;
    const {status, body} = await ali.send(1, `still here after ${blows}?`);
    assert.equal(status, 201);
    const {data} = await wire.next('App\\Events\\MessageSentEvent');
    assert.equal((data as {data: {message: TestMessage}}).data.message.id, body.data.id);
  }
  assert.ok(blows > 0);
}

/** A TCP connection that says this and then nothing. */
async function raw(server: TestServer, text: string): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** The end of a connection, by whichever side and however rudely: `once` would reject with a reset or with a write that came too late. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

/** What a connection is told up to its first Pusher frame or, where there is none, the head of the answer; what there was if it is cut. */
function reply(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('pusher:') || text.startsWith('HTTP/1.1 4')) resolve(text);
    });
    socket.once('close', () => resolve(text));
  });
}

/** Whether anybody is subscribed to this channel, as the trigger API tells a backend. */
async function isListening(server: TestServer, channel: string): Promise<boolean> {
  const connection = {appId: '1001', key: 'demo-key', secret: 'demo-secret', host: '127.0.0.1', port: String(server.port)};
  const response = await new PusherServer({...connection, useTLS: false}).get({path: `/channels/${channel}`});
  return ((await response.json()) as {occupied: boolean}).occupied;
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
    let refused = 0;
    async function* attack(): AsyncGenerator<void> {
      for (let round = 0; round < 10; round += 1) {
        // Bare connections: what is under test is the server, and 2,000 real clients would keep this process busy for half a minute.
        const sockets = await Promise.all(Array.from({length: 200}, () => raw(server, HANDSHAKE)));
        const replies = sockets.map(reply);
        yield;
        for (const text of await Promise.all(replies)) if (/"code\\?":4004/.test(text)) refused += 1;
        for (const socket of sockets) socket.destroy();
      }
    }
    await servedDuring(server, ali, attack());
    // A hundred of an address are let in at once; Ali's own socket is one of them.
    assert.ok(refused >= 1_000, `${refused} were refused`);
  });

  it('with a hundred thousand tiny frames: the sender is closed', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const before = process.memoryUsage().rss;
    async function* attack(): AsyncGenerator<void> {
      using wire = await Wire.connect(server.wsUrl);
      for (let sent = 0; sent < 100_000; sent += 5_000) {
        for (let frame = 0; frame < 5_000; frame += 1) wire.socket.send('{}');
        yield;
      }
      assert.ok([4200, 4301].includes(await wire.closed), `closed with ${await wire.closed}`);
    }
    await servedDuring(server, ali, attack());
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024);
  });

  it('with a message in fragments that never ends: it may not grow', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    async function* attack(): AsyncGenerator<void> {
      const socket = await raw(server, HANDSHAKE);
      await once(socket, 'data');
      const mask = Buffer.alloc(4);
      socket.write(Buffer.concat([Buffer.from([0x01, 0x81]), mask, Buffer.from('a')]));
      // Continuations of one byte each, none of them the last.
      const continuation = Buffer.concat([Buffer.from([0x00, 0x81]), mask, Buffer.from('a')]);
      socket.resume();
      for (let sent = 0; sent < 20 && socket.writable; sent += 1) {
        socket.write(Buffer.concat(Array.from({length: 1_000}, () => continuation)));
        yield;
      }
      socket.end();
      await closed(socket);
    }
    await servedDuring(server, ali, attack());
  });

  it('with a reader that does not read: it is cut off', async () => {
    await using server = await start({limits: {backlogBytes: 64 * 1024}, faults: true});
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    using slow = await Wire.connect(server.wsUrl);
    await slow.subscribe('private-user.2', await vali.authorize(slow.socketId, 'private-user.2'));
    slow.socket.pause();
    const body = {channel: 'private-user.2', frame: JSON.stringify({event: 'x', padding: 'x'.repeat(60_000)})};
    const emit = () => call(server.url, 'POST', '/__emit', {body});
    // How much the kernel keeps on both sides is its own affair: it goes on until the server has had enough.
    async function* attack(): AsyncGenerator<void> {
      do {
        await Promise.all(Array.from({length: 20}, emit));
        yield;
      } while (await isListening(server, 'private-user.2'));
    }
    await servedDuring(server, ali, attack());
    slow.socket.resume();
    assert.equal(await slow.closed, 1006);
  });

  it('says nothing to a connection that has asked for nothing, as a browser opens them ahead and takes what comes for an answer', async () => {
    await using server = await start({limits: {requestTimeout: 300}});
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    // However it is closed.
    socket.on('error', () => undefined);
    await once(socket, 'close');
    assert.equal(said, '');
  });

  it('with requests that never end: they are ended', async () => {
    await using server = await start({limits: {requestTimeout: 300}});
    const ali = await server.signIn('ali');
    async function* attack(): AsyncGenerator<void> {
      const headers = 'GET /api/conversations HTTP/1.1\r\nHost: x\r\nX-Slow: ';
      const body = 'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{';
      const sockets = await Promise.all(Array.from({length: 200}, (_, index) => raw(server, index % 2 ? headers : body)));
      const ends = sockets.map((socket) => closed(socket.resume()));
      yield;
      await Promise.all(ends);
    }
    await servedDuring(server, ali, attack());
  });

  it('with huge bodies: they are refused by what they announce', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const head = (path: string, length: string): string =>
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${length}\r\nAuthorization: Bearer ${ali.token}\r\n\r\n`;
    async function* attack(): AsyncGenerator<void> {
      for (const [path, bytes] of [
        ['/api/login', 100 * 1024 * 1024],
        ['/api/conversations/1/messages', 65 * 1024],
        ['/broadcasting/auth', 65 * 1024],
        ['/api/attachments', 11 * 1024 * 1024],
        ['/apps/1001/events', 10_001],
      ] as const) {
        const socket = await raw(server, head(path, `Content-Length: ${bytes}`));
        const answer = reply(socket);
        // The trigger API counts what it gets, headers included, and so has to get it.
        if (path.startsWith('/apps')) socket.write('x'.repeat(bytes));
        yield;
        assert.match(await answer, /^HTTP\/1\.1 413 /, path);
        socket.destroy();
      }
      const chunked = await raw(server, head('/api/login', 'Transfer-Encoding: chunked'));
      assert.match(await reply(chunked), /^HTTP\/1\.1 411 /);
      chunked.destroy();
    }
    await servedDuring(server, ali, attack());
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
      await closed(socket.resume());
    }
    assert.equal((await call(server.url, 'GET', '/up')).status, 200);
  });
});
