import Dispatcher from 'pusher-js/src/core/events/dispatcher';
import transportConnectionInitializer from 'pusher-js/src/runtimes/isomorphic/transports/transport_connection_initializer';

const network = new Dispatcher();

/** What pusher-js asks of the place it runs in, as its own worker runtime answers it. */
export default {
  transportConnectionInitializer,

  /** Tells nobody of anything: whether the page is online is for our own controller to know. */
  getNetwork: (): Dispatcher => network,

  getWebSocketAPI: (): typeof WebSocket => WebSocket,

  createWebSocket(url: string): WebSocket {
    return new (this.getWebSocketAPI())(url);
  },
};
