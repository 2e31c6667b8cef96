/** The state: messages, read receipts, and how far the log follows the server. It is kept here and nowhere else. */
export * from './conversation-store.js';
export * from './message-log.js';
export * from './observable.js';
export {compareIds, compareMessages} from './order.js';
export * from './receipts.js';
export type * from './recovery-types.js';
export * from './recovery.js';
