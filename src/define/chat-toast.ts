import {ChatToastElement} from '../elements/chat-toast.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('chat-toast', ChatToastElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-toast': ChatToastElement;
  }
}
