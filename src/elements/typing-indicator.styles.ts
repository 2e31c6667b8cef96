import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  :host {
    font-size: 13px;
    /* Two lines fit into the room that a conversation keeps. */
    line-height: 1.3;
    color: var(--chat-typing-indicator-color, var(--_text-muted));
  }

  [part='base'] {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 24px;
  }

  [part='dots'] {
    display: inline-flex;
    flex: none;
    gap: 4px;
    padding: 9px 12px;
    border-radius: 999px;
    background: var(--_other);
    box-shadow: var(--_shadow);
  }

  i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: currentColor;
    animation: breathe 1.2s ease-in-out infinite;
  }

  i:nth-child(2) {
    opacity: 0.65;
    animation-delay: 0.2s;
  }

  i:nth-child(3) {
    opacity: 0.35;
    animation-delay: 0.4s;
  }

  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    i {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    i {
      background: CanvasText;
    }
  }
`;

export default styles;
