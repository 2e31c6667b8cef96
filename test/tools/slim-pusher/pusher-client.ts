import {ws} from 'pusher-js/src/core/transports/url_schemes';
import type {PusherClient} from '../../../src/connection/pusher-client.js';
import type {Endpoint} from '../../../src/connection/types.js';

/**
 * What `src/connection/pusher-client.ts` has pusher-js do, by that source of pusher-js which does it: the address. How a frame is
 * written is one line. Its connection manager, strategies, timers and channels come to nothing under our transport, and are left out.
 */
export function openPusher(
  {appKey, wsHost, wsPort, wsPath: httpPath, scheme, cluster}: Endpoint,
  write: (text: string) => void,
): PusherClient {
  const useTLS = scheme === 'https';
  const host = `${wsHost ?? `ws-${cluster}.pusher.com`}:${wsPort ?? (useTLS ? 443 : 80)}`;
  return {
    url: ws.getInitial(encodeURIComponent(appKey), {useTLS, hostTLS: host, hostNonTLS: host, httpPath}),
    send: (event, data, channel) => write(JSON.stringify({event, data, channel})),
    release: () => undefined,
  };
}
