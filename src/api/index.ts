/** The REST side of a backend: the interface that the client needs, and its implementation for the routes of `openapi.json`. */
export type * from './chat-api.js';
export {RestChatApi, type RestChatApiOptions} from './rest-chat-api.js';
