import {TypingIndicatorElement} from '../elements/typing-indicator.js';
import {register} from './register.js';

register('typing-indicator', TypingIndicatorElement);

declare global {
  interface HTMLElementTagNameMap {
    'typing-indicator': TypingIndicatorElement;
  }
}
