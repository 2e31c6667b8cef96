import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  :host {
    display: contents;
  }

  dialog {
    inline-size: min(340px, 100vw - 40px);
    max-block-size: calc(100dvb - 40px);
    border: 0;
    border-radius: 20px;
    padding: 22px;
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow-float);
    /* A panel that is closed by its style alone may hand on that nothing in it can be pointed at. */
    pointer-events: auto;
  }

  dialog::backdrop {
    background: rgb(10 14 22 / 0.45);
  }

  h2 {
    margin: 0 0 6px;
    font-size: 18px;
    line-height: 1.3;
    font-weight: 650;
  }

  p {
    margin: 0 0 6px;
    font-size: 14.5px;
    color: var(--_text-muted);
  }

  code {
    display: block;
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 12.5px;
    color: var(--_text-muted);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
    margin-block-start: 16px;
  }

  .button {
    padding: 9px 16px;
  }
`;

export default styles;
