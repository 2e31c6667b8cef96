import {ChatConnectionElement} from '../elements/chat-connection.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('chat-connection', ChatConnectionElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-connection': ChatConnectionElement;
  }
}
