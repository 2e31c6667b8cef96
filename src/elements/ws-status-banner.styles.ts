import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  [part='banner'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 10px;
    min-block-size: 44px;
    padding-block: 8px;
    padding-inline: 14px 8px;
    border-radius: var(--chat-status-banner-radius, 14px);
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: 14px;
    box-shadow: var(--_shadow);
    --_rise-from: -8px;
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

  /* Where there is less room for them, the button goes below. */
  .words {
    flex: 1 9em;
  }

  .outlook {
    font-variant-numeric: tabular-nums;
  }

  .button {
    flex: none;
    border-radius: 10px;
  }
`;

export default styles;
