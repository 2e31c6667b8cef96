/** All elements, registered on import, and everything that `core` holds. */
import './define/chat-composer.js';
import './define/chat-connection.js';
import './define/chat-conversation.js';
import './define/chat-message-list.js';
import './define/chat-message.js';
import './define/chat-toast.js';
import './define/typing-indicator.js';
import './define/ws-error-dialog.js';
import './define/ws-status-banner.js';

export {ChatController, type ChatControllerOptions} from './context/chat-controller.js';
export * from './core.js';
export type * from './elements/dom-events.js';
export {registerLocale, type Strings, type StringsInput} from './i18n/index.js';
