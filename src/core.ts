/** The entry without elements: for Node, workers, server rendering, and hosts with a screen of their own. It needs neither lit nor a DOM. */
export * from './api/index.js';
export {createChatClient} from './client/index.js';
export type * from './client/index.js';
export type * from './connection/types.js';
export {Logger, type LogEntry, type LogFilter, type LogLevel, type LogSink, type LogTag} from './logging/index.js';
export type * from './model/index.js';
export {
  ApiError,
  ChatError,
  ChatEvent,
  ConfigError,
  ConnectionError,
  ConversationChangedEvent,
  EventError,
  MessageDeletedEvent,
  MessageHintEvent,
  MessageSentEvent,
  MessagesReadEvent,
  MessageUpdatedEvent,
  SubscriptionError,
  UserIsTypingEvent,
} from './model/index.js';
