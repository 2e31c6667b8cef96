import {css, type CSSResult, type CSSResultGroup} from 'lit';
import {focusRing} from './focus-ring.js';

const button: CSSResult = css`
  .button,
  .icon-button,
  .text-button {
    margin: 0;
    border: 0;
    font: inherit;
    color: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }

  .button {
    min-block-size: 36px;
    padding: 7px 14px;
    border-radius: 12px;
    font-weight: 650;
    background: color-mix(in srgb, currentColor 10%, transparent);
    transition: background-color var(--_motion) ease-out;
  }

  .button:hover {
    background: color-mix(in srgb, currentColor 13%, transparent);
  }

  .icon-button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border-radius: 50%;
    background: transparent;
    color: var(--_text-muted);
    transition:
      background-color var(--_motion) ease-out,
      color var(--_motion) ease-out;
  }

  .icon-button:hover {
    background: color-mix(in srgb, currentColor 10%, transparent);
    color: var(--_text);
  }

  .main,
  .main:hover {
    background: var(--_own);
    color: var(--_own-text);
  }

  .main:hover {
    background: color-mix(in srgb, var(--_own) 92%, var(--_text));
  }

  .icon-button svg {
    inline-size: 22px;
    block-size: 22px;
  }

  .text-button {
    min-block-size: 24px;
    padding: 0;
    background: none;
    font-weight: 650;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  :is(.button, .icon-button, .text-button):disabled {
    cursor: default;
    opacity: 0.55;
  }

  @media (pointer: coarse) {
    .button,
    .icon-button,
    .text-button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .button,
    .icon-button {
      border: 1px solid ButtonText;
    }
  }
`;

/** The three kinds of button: `.button`, `.icon-button` (each with `.main` for the one that matters), `.text-button`; and the focus ring. */
export const buttonStyles: CSSResultGroup = [focusRing, button];
