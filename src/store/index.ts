/** What is true now, and the only place where it is: messages, receipts, and how far the log follows the server. */
export * from './conversation-store.js';
export * from './message-log.js';
export * from './observable.js';
export {compareMessages} from './order.js';
export * from './receipts.js';
export type * from './recovery-types.js';
export * from './recovery.js';
