import {ChatConnectionElement} from '../elements/chat-connection.js';
import {register} from './register.js';

register('chat-connection', ChatConnectionElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-connection': ChatConnectionElement;
  }
}
