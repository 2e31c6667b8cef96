/** How an element finds its client, and how it follows the part of it that it shows. */
export * from './client-context.js';
export * from './client-controller.js';
export * from './connections.js';
export * from './conversation-controller.js';
export * from './status-controller.js';
export * from './warn.js';
export type {ChatClient, ChatClientOptions, ConversationSnapshot, LiveConversation, SendOptions} from '../client/types.js';
