import {css} from 'lit';
import {bubbles} from './placeholder-bubbles.js';

export default css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: var(--chat-message-list-block-size, 100%);
    background: var(--_canvas);
    overflow: hidden;
    /* What a phone hides of a side, kept free on both: where lines begin may be either. */
    --_side: max(env(safe-area-inset-left), env(safe-area-inset-right));
  }

  .scroller {
    position: relative;
    /* In a box without a height of its own it has one that can be read in, and not what all its messages need. */
    flex: 1 1 min(24em, 100vh - 9em);
    min-block-size: 0;
    /* For a page that says display: block. A flex item heeds its basis alone. */
    block-size: 100%;
    display: flex;
    flex-direction: column;
    padding-inline: max(calc(4 * var(--_space)), var(--_side));
    padding-block: calc(3 * var(--_space)) calc(3.5 * var(--_space));
    overflow-x: hidden;
    overflow-y: scroll;
    /* What somebody reads is held in its place by us, row by row; two who do it do it twice. */
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    --_ring-offset: -2px;
    /* What has the keyboard comes to lie below what lies over the top. */
    scroll-padding-block: min(50%, 96px) 8px;
  }

  .row:focus {
    outline: none;
  }

  .row:focus-visible .message {
    outline: 2px solid var(--_accent-text);
    outline-offset: -1px;
    border-radius: var(--_radius-tight);
  }

  /* Few messages stand at the bottom. Not by justify-content: what overflows at the start could not be scrolled to. */
  .before {
    flex: none;
    margin-block-start: auto;
  }

  /*
   * Where no row is rendered yet, bubbles are painted: whoever flings the list faster than rows can be made sees a conversation. They
   * fill the view and go along with it: to paint a space of a million pixels anew takes WebKit longer than to render the rows.
   */
  :is(.before, .after)::before {
    content: '';
    display: block;
    position: sticky;
    inset-block-start: 0;
    block-size: min(100%, 100vb);
    --_theirs: var(--chat-message-list-placeholder-color, color-mix(in srgb, var(--_text) 9%, var(--_canvas)));
    --_mine: var(--chat-message-list-own-placeholder-color, color-mix(in srgb, var(--_own) 30%, var(--_canvas)));
    background: ${bubbles};
  }

  :is(.before, .after):dir(rtl)::before {
    transform: scaleX(-1);
  }

  .clip,
  .after,
  .end {
    flex: none;
  }

  /*
   * What glides into its place must not make the content higher. The room around it is for shadows and focus rings. Without rows it is
   * no such box: browsers count one that is small, and then a long list, as a shift of the layout.
   */
  .clip {
    margin: -6px -12px;
    padding: 6px 12px;
    contain: paint;
  }

  :host([render-all]) .row {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 64px;
  }

  .row {
    padding-block-start: 2px;
    contain: layout style;
  }

  /* The frame around it lies over the next message, which is nearer than the frame is wide. */
  .row.lit {
    position: relative;
    z-index: 1;
  }

  .row.first {
    padding-block-start: calc(3 * var(--_space));
  }

  .day {
    inline-size: fit-content;
    margin: 14px auto 10px;
    padding: 4px 12px;
    border-radius: 999px;
    background: var(--_raised);
    color: var(--_text-muted);
    font-size: 12px;
    font-weight: 600;
    box-shadow: var(--_shadow);
  }

  .unread {
    display: flex;
    align-items: center;
    gap: 12px;
    padding-block: 12px 8px;
    color: var(--_accent-text);
    font-size: 12px;
    font-weight: 650;
  }

  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  }

  .row.arrived chat-message {
    animation: rise var(--_motion) ease-out;
  }

  .empty {
    flex: 1 0 auto;
    display: grid;
    place-content: center;
    gap: 4px;
    padding: 24px;
    text-align: center;
    color: var(--_text-muted);
  }

  .empty strong {
    color: var(--_text);
    font-size: 16px;
    font-weight: 650;
  }

  .hints {
    position: absolute;
    inset-block-start: min(10px, 2vb);
    inset-inline: max(12px, var(--_side));
    display: flex;
    flex-direction: column;
    align-items: center;
    pointer-events: none;
    z-index: 1;
  }

  ::slotted([slot='top']) {
    align-self: stretch;
    pointer-events: auto;
  }

  .hint {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 100%;
    min-block-size: 32px;
    margin-block-end: 6px;
    padding: 4px 14px;
    border: 0;
    border-radius: 16px;
    background: var(--_raised);
    color: var(--_text-muted);
    font: inherit;
    font-size: 13px;
    font-weight: 600;
    box-shadow: var(--_shadow-float);
    pointer-events: auto;
    /* What is loaded within 150 ms needs no line that says so: it would only flash. */
    animation: appear 0s 150ms backwards;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  button.hint {
    /* Longer than what is in view takes to be seen, of which it would tell nobody anything. */
    animation-delay: 0.6s;
    color: var(--_accent-text);
    cursor: pointer;
    touch-action: manipulation;
  }

  :is(.jump, button.hint):hover {
    background: color-mix(in srgb, var(--_text) 8%, var(--_raised));
  }

  .hint .text-button {
    flex: none;
    color: var(--_accent-text);
  }

  .spinner {
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid color-mix(in srgb, currentColor 30%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn calc(var(--_motion) * 5.6) linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .jump {
    position: absolute;
    inset-inline-end: max(calc(4 * var(--_space)), var(--_side));
    inset-block-end: calc(3.5 * var(--_space));
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow-float);
    cursor: pointer;
    touch-action: manipulation;
    z-index: 1;
  }

  .jump svg {
    inline-size: 20px;
    block-size: 20px;
    stroke-width: 2.2;
  }

  .badge {
    position: absolute;
    inset-block-start: -8px;
    min-inline-size: 18px;
    padding-inline: 5px;
    border-radius: 9px;
    background: var(--_own);
    color: var(--_own-text);
    font-size: 11px;
    font-weight: 650;
    line-height: 18px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  @media (pointer: coarse) {
    button.hint {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    :is(.before, .after)::before {
      background: none;
    }

    .hint {
      border: 1px solid;
    }
  }

  @media print {
    :host,
    .scroller {
      display: block;
      block-size: auto !important;
      overflow: visible;
    }

    .before,
    .after,
    .hints,
    .jump {
      display: none;
    }

    :host .row {
      content-visibility: visible;
      break-inside: avoid;
    }
  }
`;
