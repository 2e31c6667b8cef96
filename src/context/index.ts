/** How an element finds its client, and follows the part of its state that it shows. */
export * from './client-context.js';
export * from './client-controller.js';
export * from './connections.js';
export * from './conversation-controller.js';
export * from './status-controller.js';
export * from './warn.js';
export type {
  ChatClient,
  ChatClientOptions,
  ConversationSnapshot,
  Identity,
  LiveConversation,
  SendOptions,
} from '../client/types.js';
