import assert from 'node:assert/strict';
import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, it} from 'node:test';
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
    const open = await loadWebSocket('https://app.example.com');
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
