/** The nouns: what the other rooms talk about. Types and small value classes, and nothing that acts. */
export * from './add-newest.js';
export * from './attachment.js';
export * from './chat-events.js';
export * from './clock.js';
export * from './connection-status.js';
export * from './conversation.js';
export * from './errors.js';
export * from './id.js';
export * from './listen.js';
export * from './message-log.js';
export * from './message.js';
export * from './partition-point.js';
export * from './person.js';
export * from './token.js';
export * from './warn-once.js';
