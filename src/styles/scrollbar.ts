import {css, type CSSResult} from 'lit';

/** For elements in which something scrolls: Firefox paints the track of its own bars white, in the dark too. */
export const scrollbarStyles: CSSResult = css`
  :host {
    scrollbar-color: color-mix(in srgb, var(--_text) 30%, transparent) transparent;
  }
`;
