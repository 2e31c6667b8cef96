import type {Attachment, ChatError, ChatEvent, ConnectionState, Conversation, Id, Message} from '../model/index.js';

/** What a person may ask of a message. Later issues add to it, so a listener ignores what it does not know. */
export type MessageAction =
  'retry' | 'discard' | 'edit' | 'delete' | 'reply' | 'react' | 'unreact' | 'copy' | 'open-reply' | 'open-attachment';

/** The connection changed its state. */
export type WsStateChangeEvent = CustomEvent<{readonly state: ConnectionState; readonly previous: ConnectionState}>;

/** Something went wrong that the page may want to know of. Everything else goes on. */
export type WsErrorEvent = CustomEvent<{readonly error: ChatError}>;

/** A person asked to try the connection again, now. */
export type WsRetryEvent = CustomEvent<undefined>;

/** Something happened on the server. `event` is one of the event classes. */
export type ChatEventEvent = CustomEvent<{readonly event: ChatEvent}>;

/** The person should be told of a message, by a sound or a notification. Once a message, and in one tab only. */
export type ChatNotifyEvent = CustomEvent<{readonly message: Message}>;

/** A person asked to leave the conversation. */
export type ChatBackEvent = CustomEvent<undefined>;

/** A message is about to be sent. Cancel it to keep it from being sent. */
export type ChatBeforeSendEvent = CustomEvent<{readonly content: string; readonly files: readonly File[]}>;

/** The server has stored a message that was sent here. */
export type ChatMessageSentEvent = CustomEvent<{readonly message: Message}>;

/** A message of somebody else has come in. */
export type ChatMessageReceivedEvent = CustomEvent<{readonly message: Message}>;

/** A message could not be sent. It stays in the list, where it can be sent again or discarded. */
export type ChatMessageFailedEvent = CustomEvent<{readonly message: Message; readonly error: ChatError}>;

/** A person opened an attachment. Cancel it to keep the browser from opening the file itself. */
export type ChatAttachmentOpenEvent = CustomEvent<{readonly attachment: Attachment}>;

/** The list came near its beginning: older messages are wanted. Once for each first message. */
export type ChatLoadOlderEvent = CustomEvent<undefined>;

/** The list came near its end while newer messages are known to exist. */
export type ChatLoadNewerEvent = CustomEvent<undefined>;

/** The end of a list was asked for that does not hold the newest messages. */
export type ChatLoadLatestEvent = CustomEvent<undefined>;

/** These messages were really seen: half of each, or half of the list filled with it, in a visible page, for a moment. Each id once. */
export type ChatMessagesVisibleEvent = CustomEvent<{readonly ids: readonly Id[]}>;

/** A person asked for something to be done about a message. */
export type ChatMessageActionEvent = CustomEvent<{readonly action: MessageAction; readonly message: Message}>;

/** A person wants to send what is in the composer. */
export type ChatSubmitEvent = CustomEvent<{readonly content: string; readonly files: readonly File[]}>;

/** A person is writing. Dispatched at every change of the text; whoever sends it on sends it seldom. */
export type ChatTypingEvent = CustomEvent<undefined>;

/** A person chose a conversation. */
export type ChatConversationSelectEvent = CustomEvent<{readonly conversation: Conversation}>;

/** The chat panel was opened. */
export type ChatOpenEvent = CustomEvent<undefined>;

/** The chat panel was closed. */
export type ChatCloseEvent = CustomEvent<undefined>;

/** The number of unread messages changed. */
export type ChatUnreadChangeEvent = CustomEvent<{readonly count: number}>;

/** Every event a page can hear from us, by its name. */
export interface ChatDomEventMap {
  'ws-state-change': WsStateChangeEvent;
  'ws-error': WsErrorEvent;
  'ws-retry': WsRetryEvent;
  'chat-event': ChatEventEvent;
  'chat-notify': ChatNotifyEvent;
  'chat-back': ChatBackEvent;
  'chat-before-send': ChatBeforeSendEvent;
  'chat-message-sent': ChatMessageSentEvent;
  'chat-message-received': ChatMessageReceivedEvent;
  'chat-message-failed': ChatMessageFailedEvent;
  'chat-attachment-open': ChatAttachmentOpenEvent;
  'chat-load-older': ChatLoadOlderEvent;
  'chat-load-newer': ChatLoadNewerEvent;
  'chat-load-latest': ChatLoadLatestEvent;
  'chat-messages-visible': ChatMessagesVisibleEvent;
  'chat-message-action': ChatMessageActionEvent;
  'chat-submit': ChatSubmitEvent;
  'chat-typing': ChatTypingEvent;
  'chat-conversation-select': ChatConversationSelectEvent;
  'chat-open': ChatOpenEvent;
  'chat-close': ChatCloseEvent;
  'chat-unread-change': ChatUnreadChangeEvent;
}

declare global {
  // These bubble out of every shadow root, so a page may well listen on the document. This is
  // the one map that elements, document and window all extend.
  interface GlobalEventHandlersEventMap extends ChatDomEventMap {}
}

/** What goes behind the name of an event: its detail, or nothing where it has none. */
type DetailOf<Type extends keyof ChatDomEventMap> = ChatDomEventMap[Type]['detail'] extends undefined
  ? []
  : [detail: ChatDomEventMap[Type]['detail']];

/** Dispatches one of our events. Returns whether the page let it through; only those that come before something can be held up. */
export function emit<Type extends keyof ChatDomEventMap>(from: HTMLElement, type: Type, ...[detail]: DetailOf<Type>): boolean {
  return from.dispatchEvent(
    new CustomEvent(type, {detail, bubbles: true, composed: true, cancelable: /before|attachment/.test(type)}),
  );
}
