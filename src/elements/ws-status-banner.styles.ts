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
    flex: 1 11em;
  }

  .outlook {
    font-variant-numeric: tabular-nums;
  }

  .button {
    flex: none;
    border-radius: 10px;
  }

  /* A phone on its side, or a page at 400 %: what it covers is most of what there is to be read. */
  @media (max-height: 400px) {
    [part='banner'] {
      flex-wrap: nowrap;
      min-block-size: 48px;
      max-block-size: 25vb;
      padding-block: 2px;
      padding-inline-end: 2px;
      overflow-y: auto;
      overscroll-behavior: contain;
      font-size: 13px;
      line-height: 1.3;
    }

    /* Not by align-items: of what is higher than the banner, the beginning could not be scrolled to. */
    .words {
      margin-block: auto;
      padding-block: 4px;
    }

    .button {
      position: sticky;
      inset-block-start: 0;
      border-radius: 12px;
    }
  }
`;

export default styles;
