import {createPusherTransport} from '../connection/pusher-transport.js';
import type {Transport, TransportFactory} from '../connection/transport.js';
import {createLog} from '../logging/index.js';
import type * as SharedConnection from './shared-connection/index.js';
import type {ClientEnvironment} from './types.js';

const log = createLog('ChatTransport');

/**
 * Makes transports over the socket that the tabs of a person share. The code for that is loaded at the first attempt; if it cannot be
 * loaded, the tab has a socket of its own. `scope`: the name of what the tabs share, see `scopeOf`. `load`: for tests.
 */
export function sharingTransport(
  scope: string | null,
  environment: ClientEnvironment,
  load: () => Promise<typeof SharedConnection> = () => import('./shared-connection/index.js'),
): TransportFactory {
  return (endpoint, handler, createWebSocket) => {
    let transport: Transport | undefined;
    let loading: Promise<void> | undefined;
    let isOpen = false;
    const createTransport = (own: typeof handler): Transport => createPusherTransport(endpoint, own, createWebSocket);
    const begin = async (): Promise<void> => {
      try {
        const {createSharedTransport} = await load();
        const name = scope && `${scope}:socket-1:${JSON.stringify(endpoint)}`;
        transport ??= createSharedTransport({scope: name, environment, createTransport, handler, log});
      } catch (error) {
        log.warn('Shares no socket: the code for it could not be loaded', {error});
        transport ??= createTransport(handler);
      }
      if (isOpen) transport.open();
    };
    return {
      open() {
        isOpen = true;
        if (transport) transport.open();
        else loading ??= begin().catch(() => handler.onClose({code: 1006, reason: '', opened: false, welcomed: false}));
      },
      close() {
        isOpen = false;
        transport?.close();
      },
      subscribe: (channel, auth) => transport?.subscribe(channel, auth),
      unsubscribe: (channel) => transport?.unsubscribe(channel),
      send: (event, data, channel) => transport?.send(event, data, channel) ?? false,
    };
  };
}
