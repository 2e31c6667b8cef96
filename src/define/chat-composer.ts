import {ChatComposerElement} from '../elements/chat-composer.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('chat-composer', ChatComposerElement);

declare global {
  interface HTMLElementTagNameMap {
    'chat-composer': ChatComposerElement;
  }
}
