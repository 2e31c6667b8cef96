import {WsErrorDialogElement} from '../elements/ws-error-dialog.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('ws-error-dialog', WsErrorDialogElement);

declare global {
  interface HTMLElementTagNameMap {
    'ws-error-dialog': WsErrorDialogElement;
  }
}
