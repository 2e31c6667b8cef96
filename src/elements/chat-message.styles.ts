import {css} from 'lit';

export default css`
  :host {
    display: flex;
    align-items: flex-end;
    gap: calc(2 * var(--_space));
    position: relative;
  }

  :host([own]) {
    justify-content: flex-end;
  }

  :host([continued]) .avatar {
    visibility: hidden;
  }

  .stack {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-inline-size: 0;
    max-inline-size: var(--chat-message-max-inline-size, min(74%, 36em));
  }

  :host([own]) .stack {
    align-items: flex-end;
  }

  .bubble {
    max-inline-size: 100%;
    padding: calc(2 * var(--_space)) calc(3 * var(--_space)) calc(2 * var(--_space) - 1px);
    border-radius: var(--_radius);
    border-end-start-radius: var(--_radius-tight);
    background: var(--_other);
    color: var(--_other-text);
    box-shadow: var(--_shadow);
    overflow-wrap: anywhere;
    display: flow-root;
  }

  :host([grouped]) .bubble {
    border-start-start-radius: var(--_radius-tight);
  }

  :host([own]) .bubble {
    --_ring-offset: 1px;
    border-radius: var(--_radius);
    border-end-end-radius: var(--_radius-tight);
    background: var(--_own);
    color: var(--_own-text);
  }

  :host([own][grouped]) .bubble {
    border-start-end-radius: var(--_radius-tight);
  }

  .author {
    font-size: 13px;
    font-weight: 650;
    margin-block-end: 1px;
    color: var(--_tone-text);
  }

  .text {
    unicode-bidi: isolate;
  }

  .content {
    white-space: pre-wrap;
  }

  .content a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    text-decoration-thickness: 1px;
    unicode-bidi: isolate;
    border-radius: 3px;
  }

  .content a:hover {
    text-decoration-thickness: 2px;
  }

  .bubble :focus-visible {
    outline-color: currentColor;
  }

  .meta {
    float: inline-end;
    margin-block: 6px -1px;
    margin-inline: 12px -2px;
    color: var(--_text-muted);
    font-size: 11px;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    -webkit-user-select: none;
    user-select: none;
  }

  .meta span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }

  :host([own]) .meta {
    color: var(--_own-muted);
  }

  .status,
  .status svg {
    display: block;
    inline-size: 15px;
    block-size: 11px;
  }

  .status svg {
    stroke-width: 1.6;
  }

  .status.read {
    color: var(--_own-text);
  }

  .status.read svg {
    stroke-width: 2;
  }

  .status.delivered svg {
    stroke-width: 1.2;
  }

  :host .bubble.bare {
    display: flex;
    flex-direction: column;
    align-items: inherit;
    padding-inline: 0;
    background: none;
    box-shadow: none;
    color: var(--_text);
  }

  .bare .content {
    font-size: var(--chat-message-emoji-size, 32px);
    line-height: 1.25;
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--_font);
  }

  /* Emoji run no way of their own: what stands below each other begins, or ends, where the message does. */
  .bare .text {
    display: contents;
  }

  :host .bare .meta {
    margin: 0;
    color: var(--_text-muted);
  }

  .bare .status.read {
    color: var(--_text);
  }

  :host .bubble.deleted {
    background: none;
    box-shadow: inset 0 0 0 1px var(--_line);
    color: var(--_text-muted);
  }

  :host .deleted .meta {
    color: var(--_text-muted);
  }

  :host .bubble.failed {
    background: var(--_danger-soft);
    color: var(--_text);
    box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--_danger) 45%, transparent);
  }

  :host .failed .meta {
    color: inherit;
  }

  .why,
  .ways {
    display: flex;
    column-gap: 10px;
  }

  .why {
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    margin-block-start: 4px;
    color: var(--_danger);
    font-size: 12.5px;
  }

  :host([highlighted]) {
    animation: lit 3s;
  }

  :host([highlighted]) .bubble {
    outline: var(--_lit, none);
    outline-offset: 2px;
  }

  /* Nothing moves. On the host, so that who shows it hears of the end. */
  @keyframes lit {
    from,
    to {
      --_lit: 2px solid var(--_accent-text);
    }
  }

  @media (pointer: coarse) {
    .quote {
      min-block-size: 44px;
    }

    .why .text-button {
      padding-inline: 4px;
    }
  }

  @media (forced-colors: active) {
    :host([own]) .bubble:not(.bare) {
      border-width: 2px;
    }
  }
`;
