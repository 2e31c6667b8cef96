import {css, type CSSResult, type CSSResultGroup} from 'lit';
import {tokens} from './tokens.js';

const host: CSSResult = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 15px;
    line-height: 1.42;
    text-align: start;
    text-transform: none;
    letter-spacing: normal;
    -webkit-tap-highlight-color: transparent;
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** What every element begins with: the tokens, a block that honours `hidden` and takes nothing but direction and language from the page, and `.visually-hidden`. */
export const hostStyles: CSSResultGroup = [tokens, host];
