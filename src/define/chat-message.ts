import {ChatMessageElement} from '../elements/chat-message.js';
import {register} from './register.js';

register('chat-message', ChatMessageElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-message': ChatMessageElement;
  }
}
