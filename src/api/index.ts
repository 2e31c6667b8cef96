/** The REST side of a backend: the interface that the client needs, and the one that speaks the routes of the contract. */
export type * from './chat-api.js';
export {RestChatApi, type RestChatApiOptions} from './rest-chat-api.js';
