import {WsStatusBannerElement} from '../elements/ws-status-banner.js';
import {register} from './register.js';

export type * from '../elements/dom-events.js';

register('ws-status-banner', WsStatusBannerElement);

declare global {
  interface HTMLElementTagNameMap {
    'ws-status-banner': WsStatusBannerElement;
  }
}
