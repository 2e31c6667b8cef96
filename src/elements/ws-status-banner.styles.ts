import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  [part='banner'] {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    padding: 8px 8px 8px 14px;
    padding-inline: 14px 8px;
    border-radius: var(--chat-status-banner-radius, 14px);
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: 14px;
    box-shadow: var(--_shadow);
    animation: slide-in var(--_motion) ease-out;
  }

  .danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .success {
    background: var(--_success-soft);
    color: var(--_success);
  }

  .calm {
    background: var(--_raised);
    color: var(--_text);
  }

  .words {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  strong {
    font-weight: 650;
  }

  .outlook {
    font-variant-numeric: tabular-nums;
  }

  .button {
    flex: none;
    border-radius: 10px;
  }

  @keyframes slide-in {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part='banner'] {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    [part='banner'] {
      border: 1px solid CanvasText;
    }
  }
`;

export default styles;
