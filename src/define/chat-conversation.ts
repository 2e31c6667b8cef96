import {ChatConversationElement} from '../elements/chat-conversation.js';
import './chat-composer.js';
import './chat-message-list.js';
import './chat-toast.js';
import {register} from './register.js';
import './typing-indicator.js';
import './ws-error-dialog.js';
import './ws-status-banner.js';

export type * from '../elements/dom-events.js';

register('chat-conversation', ChatConversationElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-conversation': ChatConversationElement;
  }
}
