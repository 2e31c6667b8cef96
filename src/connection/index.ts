/** The wire: one attempt at a time over pusher-js, and around it everything that makes a connection one can rely on. */
export {ChannelAuthorizer, type ChannelAuthorizerOptions} from './channel-authorizer.js';
export {ConnectionController, type ConnectionOptions} from './connection-controller.js';
export {ConnectionRegistry, type Lease} from './registry.js';
export {readEndpoint, type EndpointResult, type EndpointSettings, type PageLocation} from './settings.js';
export {TokenSession, type TokenSessionOptions} from './token-session.js';
export type * from './transport.js';
export type * from './types.js';
