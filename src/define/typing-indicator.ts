import {TypingIndicatorElement} from '../elements/typing-indicator.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('typing-indicator', TypingIndicatorElement);

declare global {
  interface HTMLElementTagNameMap {
    'typing-indicator': TypingIndicatorElement;
  }
}
