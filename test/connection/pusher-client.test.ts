import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {openPusher} from '../../src/connection/pusher-client.js';
import type {Endpoint} from '../../src/connection/types.js';

const endpoint: Endpoint = {appKey: 'key', wsHost: 'chat.test', wsPort: null, wsPath: '', scheme: 'http', cluster: null};

describe('what pusher-js does for an attempt', () => {
  const {WebSocket} = globalThis as {WebSocket?: unknown};

  afterEach(() => Object.defineProperty(globalThis, 'WebSocket', {value: WebSocket, configurable: true, writable: true}));

  it('opens no socket, however late a busy page ends the attempt', (t) => {
    const opened: string[] = [];
    const open = function (url: string): void {
      opened.push(url);
    };
    Object.defineProperty(globalThis, 'WebSocket', {value: open, configurable: true, writable: true});
    t.mock.timers.enable({apis: ['setTimeout', 'setInterval']});
    const client = openPusher(endpoint, () => undefined);
    t.mock.timers.tick(300_000);
    client.release();
    assert.deepEqual(opened, []);
  });
});
