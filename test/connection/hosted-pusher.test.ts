import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import type PusherModule from 'pusher-js';
import {createPusherTransport} from '../../src/connection/pusher-transport.js';
import {readEndpoint, type EndpointSettings, type PageLocation} from '../../src/connection/settings.js';
import type {TransportHandler} from '../../src/connection/transport.js';

type Stock = typeof PusherModule.default;

/** Named by its file, so that it is the published one also where another stands in for what `src/` imports. */
const STOCK = 'pusher-js/dist/worker/pusher.worker.js';

const unheard: TransportHandler = {
  onWelcome: () => undefined,
  onFrame: () => undefined,
  onServerError: () => undefined,
  onClose: () => undefined,
  onSubscribed: () => undefined,
  onSubscriptionError: () => undefined,
  onEvent: () => undefined,
  onError: () => undefined,
};

/** Enough of a socket that nobody answers. */
const deafSocket = (): WebSocket => ({readyState: 0, close: () => undefined, send: () => undefined}) as unknown as WebSocket;

/** The address that pusher-js opens, used as Pusher's own documentation says. */
function stockAddress(appKey: string, options: {readonly cluster: string; readonly forceTLS?: boolean}): string {
  Object.defineProperty(globalThis, 'self', {value: globalThis, configurable: true, writable: true});
  const Pusher = createRequire(import.meta.url)(STOCK) as Stock;
  const opened: string[] = [];
  const runtime = Pusher.Runtime;
  const {getWebSocketAPI, createWebSocket} = runtime;
  runtime.getWebSocketAPI = () => function Socket() {} as never;
  runtime.createWebSocket = (url) => {
    opened.push(url);
    return deafSocket() as never;
  };
  try {
    new Pusher(appKey, {...options, enabledTransports: ['ws']}).disconnect();
  } finally {
    // In Node the package's own transport uses this very module.
    Object.assign(runtime, {getWebSocketAPI, createWebSocket});
  }
  assert.equal(opened.length, 1);
  return opened[0]!;
}

/** The address that we open. */
function ourAddress(settings: EndpointSettings, page: PageLocation): string {
  const {endpoint, errors} = readEndpoint(settings, page);
  assert.deepEqual(errors, []);
  assert.ok(endpoint);
  const opened: string[] = [];
  const transport = createPusherTransport(endpoint, unheard, (url) => {
    opened.push(url);
    return deafSocket();
  });
  transport.open();
  transport.close();
  assert.equal(opened.length, 1);
  return opened[0]!;
}

describe('hosted Pusher Channels', () => {
  it('is found at the address of its cluster', () => {
    const {protocol, host, pathname} = new URL(ourAddress({appKey: 'key', cluster: 'eu'}, {protocol: 'https:'}));
    assert.deepEqual([protocol, host, pathname], ['wss:', 'ws-eu.pusher.com', '/app/key']);
  });

  for (const cluster of ['eu', 'mt1', 'us2', 'ap1', 'sa1']) {
    // From an http page too: pusher-js leaves TLS out only where it is told to.
    for (const protocol of ['https:', 'http:']) {
      it(`is opened in cluster ${cluster}, from an ${protocol} page, at the address that pusher-js opens`, () => {
        assert.equal(ourAddress({appKey: 'a1b2c3', cluster}, {protocol}), stockAddress('a1b2c3', {cluster}));
      });
    }
  }

  it('is opened without TLS where a page asks for that', () => {
    const ours = ourAddress({appKey: 'a1b2c3', cluster: 'eu', scheme: 'http'}, {protocol: 'http:'});
    assert.equal(ours, stockAddress('a1b2c3', {cluster: 'eu', forceTLS: false}));
    assert.match(ours, /^ws:/);
  });
});
