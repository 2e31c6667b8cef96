import type {Attachment, ChatError, ChatEvent, ConnectionState, Conversation, Id, Message} from '../model/index.js';

/**
 * What a person may ask for on a message. So far only `retry`, `discard` and `open-reply` are asked for; later versions will use the others
 * and may add more, so a listener must ignore those that it does not know.
 */
export type MessageAction =
  'retry' | 'discard' | 'edit' | 'delete' | 'reply' | 'react' | 'unreact' | 'copy' | 'open-reply' | 'open-attachment';

/** The connection changed its state. */
export type WsStateChangeEvent = CustomEvent<{readonly state: ConnectionState; readonly previous: ConnectionState}>;

/** Something went wrong that the page may want to know about. Everything else goes on. */
export type WsErrorEvent = CustomEvent<{readonly error: ChatError}>;

/** A person asked to try the connection again, now. */
export type WsRetryEvent = CustomEvent<undefined>;

/** Something happened on the server. `event` is one of the event classes. */
export type ChatEventEvent = CustomEvent<{readonly event: ChatEvent}>;

/** The person should be notified of a message, by a sound or a notification. Once for each message, in one tab only. */
export type ChatNotifyEvent = CustomEvent<{readonly message: Message}>;

/** A person asked to leave the conversation. */
export type ChatBackEvent = CustomEvent<undefined>;

/** A message is about to be sent. `preventDefault()` keeps it from being sent. */
export type ChatBeforeSendEvent = CustomEvent<{readonly content: string; readonly files: readonly File[]}>;

/** The server has stored a message that was sent here. */
export type ChatMessageSentEvent = CustomEvent<{readonly message: Message}>;

/** A message of somebody else has come in. */
export type ChatMessageReceivedEvent = CustomEvent<{readonly message: Message}>;

/** A message could not be sent. It stays in the list, where it can be sent again or discarded. */
export type ChatMessageFailedEvent = CustomEvent<{readonly message: Message; readonly error: ChatError}>;

/** A person opened an attachment. `preventDefault()` keeps the browser from opening the file. */
export type ChatAttachmentOpenEvent = CustomEvent<{readonly attachment: Attachment}>;

/** The list was scrolled near its beginning, so older messages are needed. Once for each first message. */
export type ChatLoadOlderEvent = CustomEvent<undefined>;

/** The list was scrolled near its end while `hasNewer`, so newer messages are needed. Once for each last message. */
export type ChatLoadNewerEvent = CustomEvent<undefined>;

/** A person, or the page, wants to go to the end while `hasNewer`, so the newest messages are needed in place of those in the list. */
export type ChatLoadLatestEvent = CustomEvent<undefined>;

/** A person wants to go to the first unread message, which is not in the list. `preventDefault()` keeps the list from going to its end. */
export type ChatLoadUnreadEvent = CustomEvent<undefined>;

/** These messages were seen: half of the message was visible, or it filled half of the list, for 0.4 s in a visible page. Each id once. */
export type ChatMessagesVisibleEvent = CustomEvent<{readonly ids: readonly Id[]}>;

/** A person asked for something to be done about a message. */
export type ChatMessageActionEvent = CustomEvent<{readonly action: MessageAction; readonly message: Message}>;

/** A person wants to send what is in the composer. */
export type ChatSubmitEvent = CustomEvent<{readonly content: string; readonly files: readonly File[]}>;

/** A person is typing. Dispatched at every change of the text, so a listener that reports it to others has to limit how often. */
export type ChatTypingEvent = CustomEvent<undefined>;

/** A person chose a conversation. For `<chat-conversation-list>`, which is still to come. */
export type ChatConversationSelectEvent = CustomEvent<{readonly conversation: Conversation}>;

/** The chat panel was opened. For `<chat-launcher>`, which is still to come, as are the two below. */
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
  'chat-load-unread': ChatLoadUnreadEvent;
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

/** The arguments after the name of an event: its detail, or none. */
type DetailOf<Type extends keyof ChatDomEventMap> = ChatDomEventMap[Type]['detail'] extends undefined
  ? []
  : [detail: ChatDomEventMap[Type]['detail']];

/**
 * Dispatches one of our events. Returns `false` if the page called `preventDefault()`. Only `chat-before-send`, `chat-attachment-open` and
 * `chat-load-unread` can be cancelled.
 */
export function emit<Type extends keyof ChatDomEventMap>(from: HTMLElement, type: Type, ...[detail]: DetailOf<Type>): boolean {
  return from.dispatchEvent(
    new CustomEvent(type, {detail, bubbles: true, composed: true, cancelable: /before|attachment|load-unread/.test(type)}),
  );
}
