import {ChatMessageListElement} from '../elements/chat-message-list.js';
import './chat-message.js';
import {register} from './register.js';

register('chat-message-list', ChatMessageListElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-message-list': ChatMessageListElement;
  }
}
