import {css, type CSSResult} from 'lit';

/** The ring around what has the keyboard: an outline, so that it also shows in forced colours. `--_ring-offset` moves it. */
export const focusRing: CSSResult = css`
  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: var(--_ring-offset, 2px);
  }
`;
