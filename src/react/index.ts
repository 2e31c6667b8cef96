'use client';

/** The elements as React components, for React 18 and 19. Importing this registers them. */
import '../define/chat-composer.js';
import '../define/chat-connection.js';
import '../define/chat-conversation.js';
import '../define/chat-message.js';
import '../define/chat-message-list.js';
import '../define/chat-toast.js';
import '../define/typing-indicator.js';
import '../define/ws-error-dialog.js';
import '../define/ws-status-banner.js';
import {ChatComposerElement} from '../elements/chat-composer.js';
import {ChatConnectionElement} from '../elements/chat-connection.js';
import {ChatConversationElement} from '../elements/chat-conversation.js';
import {ChatMessageElement} from '../elements/chat-message.js';
import {ChatMessageListElement} from '../elements/chat-message-list.js';
import {ChatToastElement} from '../elements/chat-toast.js';
import {TypingIndicatorElement} from '../elements/typing-indicator.js';
import {WsErrorDialogElement} from '../elements/ws-error-dialog.js';
import {WsStatusBannerElement} from '../elements/ws-status-banner.js';
import {createWrapper} from './create-wrapper.js';

/** `<chat-connection>`. */
export const ChatConnection = createWrapper('chat-connection', ChatConnectionElement, {
  onWsStateChange: 'ws-state-change',
  onWsError: 'ws-error',
  onChatEvent: 'chat-event',
  onChatNotify: 'chat-notify',
} as const);

/** `<chat-conversation>`. */
export const ChatConversation = createWrapper('chat-conversation', ChatConversationElement, {
  onChatBack: 'chat-back',
  onChatBeforeSend: 'chat-before-send',
  onChatMessageSent: 'chat-message-sent',
  onChatMessageReceived: 'chat-message-received',
  onChatMessageFailed: 'chat-message-failed',
  onChatAttachmentOpen: 'chat-attachment-open',
} as const);

/** `<chat-message-list>`. */
export const ChatMessageList = createWrapper('chat-message-list', ChatMessageListElement, {
  onChatLoadOlder: 'chat-load-older',
  onChatLoadNewer: 'chat-load-newer',
  onChatLoadLatest: 'chat-load-latest',
  onChatLoadUnread: 'chat-load-unread',
  onChatMessagesVisible: 'chat-messages-visible',
} as const);

/** `<chat-message>`. */
export const ChatMessage = createWrapper('chat-message', ChatMessageElement, {
  onChatMessageAction: 'chat-message-action',
} as const);

/** `<chat-composer>`. */
export const ChatComposer = createWrapper('chat-composer', ChatComposerElement, {
  onChatSubmit: 'chat-submit',
  onChatTyping: 'chat-typing',
} as const);

/** `<typing-indicator>`. */
export const TypingIndicator = createWrapper('typing-indicator', TypingIndicatorElement, {} as const);

/** `<ws-status-banner>`. */
export const WsStatusBanner = createWrapper('ws-status-banner', WsStatusBannerElement, {onWsRetry: 'ws-retry'} as const);

/** `<ws-error-dialog>`. */
export const WsErrorDialog = createWrapper('ws-error-dialog', WsErrorDialogElement, {onWsRetry: 'ws-retry'} as const);

/** `<chat-toast>`. */
export const ChatToast = createWrapper('chat-toast', ChatToastElement, {} as const);

export type * from '../elements/dom-events.js';
export type {EventNames, Wrapper, WrapperProps} from './create-wrapper.js';
