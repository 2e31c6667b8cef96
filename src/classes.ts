/** The classes of the elements, for hosts that extend them or register them under other names. Registers nothing. */
export {ChatController, type ChatControllerOptions} from './context/chat-controller.js';
export {ChatComposerElement} from './elements/chat-composer.js';
export {ChatConnectionElement} from './elements/chat-connection.js';
export {ChatConversationElement} from './elements/chat-conversation.js';
export {ChatMessageListElement} from './elements/chat-message-list.js';
export {ChatMessageElement} from './elements/chat-message.js';
export {ChatToastElement} from './elements/chat-toast.js';
export {TypingIndicatorElement} from './elements/typing-indicator.js';
export {WsErrorDialogElement} from './elements/ws-error-dialog.js';
export {WsStatusBannerElement} from './elements/ws-status-banner.js';
export type * from './elements/dom-events.js';
export {registerLocale, type Strings, type StringsInput} from './i18n/index.js';
