/** The wire: pusher-js makes one attempt at a time; everything that makes the connection reliable is in this room. */
export {ChannelAuthorizer, type ChannelAuthorizerOptions} from './channel-authorizer.js';
export {ConnectionController, type ConnectionOptions} from './connection-controller.js';
export {ConnectionRegistry, type Lease} from './registry.js';
export {readEndpoint, type EndpointResult, type EndpointSettings, type PageLocation} from './settings.js';
export {TokenSession, type TokenSessionOptions} from './token-session.js';
export type * from './transport.js';
export type * from './types.js';
