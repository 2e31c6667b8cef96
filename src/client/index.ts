/** Joins wire, REST and store: the one room that knows them all. */
export * from './create-chat-client.js';
export type * from './types.js';
