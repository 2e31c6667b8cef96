/** One socket for all tabs of a person. Loaded when it is first wanted. */
export {createSharedTransport, type SharedTransportOptions} from './shared-transport.js';
