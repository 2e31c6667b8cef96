import {ChatMessageListElement} from '../elements/chat-message-list.js';
import './chat-message.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('chat-message-list', ChatMessageListElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-message-list': ChatMessageListElement;
  }
}
