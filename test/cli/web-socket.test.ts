import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, afterEach, before, describe, it} from 'node:test';
import {WebSocketServer} from 'ws';
import {loadWebSocket} from '../../src/cli/web-socket.js';
import {start} from './support.js';

describe('the origin that ws-chat comes as', () => {
  let server: WebSocketServer;

  before(async () => {
    server = new WebSocketServer({port: 0, host: '127.0.0.1'});
    await once(server, 'listening');
  });
  after(() => server.close());

  it('is sent to the socket server, as a browser does', async () => {
    const came = once(server, 'connection') as Promise<[unknown, IncomingMessage]>;
    const open = await loadWebSocket('https://app.example.com', () => undefined);
    const socket = open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const opened = new Promise((done) => (socket.onopen = done));
    const [, request] = await came;
    assert.equal(request.headers.origin, 'https://app.example.com');
    await opened;
    socket.close();
  });

  for (const [flags, expected] of [
    [['--url', 'https://app.example.com/site/'], 'https://app.example.com'],
    [['--url', 'https://api.example.com', '--origin', 'https://app.example.com'], 'https://app.example.com'],
  ] as const) {
    it(`is ${expected} with ${flags.join(' ')}`, async () => {
      const origins: string[] = [];
      const loadWebSocket = (origin: string): Promise<never> => {
        origins.push(origin);
        return Promise.reject(new Error('no socket here'));
      };
      await start(['listen', '--token', 'x', '--user-id', '1', ...flags], undefined, {loadWebSocket}).code;
      assert.deepEqual(origins, [expected]);
    });
  }
});

describe('why a socket has failed', () => {
  const builtIn = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  /** As if this were a Node with this WebSocket, or with none. */
  const have = (value?: unknown): void => {
    Reflect.deleteProperty(globalThis, 'WebSocket');
    if (value) Object.defineProperty(globalThis, 'WebSocket', {configurable: true, value});
  };
  afterEach(() => {
    have();
    if (builtIn) Object.defineProperty(globalThis, 'WebSocket', builtIn);
  });

  it('is what was answered in place of it, as by a proxy that does not forward it', async () => {
    have();
    const proxy = createServer().on('upgrade', (_, socket) => socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n'));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const said = new Promise<string>((resolve) => {
      void loadWebSocket('https://app.example.com', resolve).then((open) => {
        open(`ws://127.0.0.1:${(proxy.address() as AddressInfo).port}`).onclose = () => undefined;
      });
    });
    assert.match(await said, /404/);
    proxy.close();
  });

  it('is what the WebSocket of Node says, unless it says nothing, as that of Node 24', async () => {
    have(EventTarget);
    const reasons: string[] = [];
    const open = await loadWebSocket('https://app.example.com', (reason) => reasons.push(reason));
    for (const message of ['', 'Received network error or non-101 status code.']) {
      const socket = open('ws://127.0.0.1:1');
      socket.onclose = () => undefined;
      socket.dispatchEvent(Object.assign(new Event('error'), {message}));
    }
    assert.deepEqual(reasons, ['Received network error or non-101 status code.']);
  });

  it('is not that it was let go before it was open', async () => {
    const silent = createServer().on('upgrade', () => undefined);
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const reasons: string[] = [];
    const open = await loadWebSocket('https://app.example.com', (reason) => reasons.push(reason));
    const socket = open(`ws://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const failed = new Promise((resolve) => socket.addEventListener('error', resolve));
    socket.close();
    await failed;
    assert.deepEqual(reasons, []);
    silent.closeAllConnections();
    silent.close();
  });
});
