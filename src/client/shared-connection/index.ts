/** One socket for all tabs of a person. Loaded when it is first needed. */
export {createSharedTransport, type SharedTransportOptions} from './shared-transport.js';
