import {createRequire} from 'node:module';
import type * as PusherModule from 'pusher-js';
import type {Options} from 'pusher-js';
import type {FakeServer} from '../../src/testing/fake-server.js';

export type Pusher = PusherModule.default;
type PusherClass = (new (key: string, options: Options) => Pusher) & {Runtime: {createWebSocket: (url: string) => WebSocket}};

// The worker build reads its globals from `self`, which Node does not have, and looks whether there is a WebSocket at all, which
// Node 20 does not have either.
const globals = globalThis as {self?: unknown; WebSocket?: unknown};
globals.self ??= globalThis;
globals.WebSocket ??= Object;
const StockPusher = createRequire(import.meta.url)('pusher-js/worker/index.js') as PusherClass;

/** The published pusher-js, untouched, on the sockets of a fake server. `token` goes along with its requests for authorization. */
export function stockPusher(server: FakeServer, token: string | null = null, appKey = server.address.appKey): Pusher {
  StockPusher.Runtime.createWebSocket = server.environment.createWebSocket;
  const {wsHost, wsPort, authEndpoint} = server.address;
  return new StockPusher(appKey, {
    cluster: '',
    wsHost: wsHost ?? '',
    wsPort: wsPort ?? 80,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
      endpoint: authEndpoint ?? '',
      transport: 'ajax',
      customHandler: (params, callback) =>
        void authorize(server, token, params).then(
          (data) => callback(null, data),
          (error: unknown) => callback(error as Error, null),
        ),
    },
  });
}

async function authorize(
  server: FakeServer,
  token: string | null,
  {socketId, channelName}: {socketId: string; channelName: string},
): Promise<{auth: string; channel_data?: string}> {
  const response = await server.environment.fetch(server.address.authEndpoint ?? '', {
    method: 'POST',
    headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded'},
    body: new URLSearchParams({socket_id: socketId, channel_name: channelName}).toString(),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as {auth: string; channel_data?: string};
}
