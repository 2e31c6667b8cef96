import {css, type CSSResult, type CSSResultGroup} from 'lit';
import {tokens} from './tokens.js';

const host: CSSResult = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: 15px / 1.42 var(--_font);
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    letter-spacing: normal;
    word-spacing: normal;
    word-break: normal;
    white-space: normal;
    text-wrap: wrap;
    writing-mode: horizontal-tb;
    -webkit-text-fill-color: currentcolor;
    caret-color: auto;
    hyphens: manual;
    cursor: auto;
    -webkit-tap-highlight-color: transparent;
  }

  :host([hidden]) {
    display: none !important;
  }

  * {
    box-sizing: border-box;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .wrap {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .rise {
    animation: rise var(--_motion) ease-out;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(var(--_rise-from, 8px));
    }
  }

  @media print, (forced-colors: active) {
    .edge {
      border: 1px solid CanvasText;
    }
  }
`;

/**
 * What every element begins with: the tokens, a block that honours `hidden` and takes nothing but direction and language from the page, `.visually-hidden`,
 * `.icon` for a line drawing, `.wrap` for text that must fit, `.rise` for what comes up, `.edge` for what only a colour sets apart.
 */
export const hostStyles: CSSResultGroup = [tokens, host];
