import {ChatMessageElement} from '../elements/chat-message.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('chat-message', ChatMessageElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-message': ChatMessageElement;
  }
}
