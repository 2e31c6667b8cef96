import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  :host {
    --_field-size: 42px;
    /* What a phone hides of a side, kept free on both: where lines begin may be either. */
    --_side: max(env(safe-area-inset-left), env(safe-area-inset-right));
    background: var(--_surface);
  }

  form {
    padding-block: 10px max(12px, env(safe-area-inset-bottom));
    padding-inline: max(12px, var(--_side));
  }

  .row {
    display: flex;
    gap: 6px;
    align-items: flex-end;
  }

  textarea {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_field-size) / 2);
    padding: calc(var(--_field-size) / 2 - 12px) 16px;
    min-block-size: var(--_field-size);
    /* Six lines, their padding and their border; above the keyboard of a phone fewer, or the button beside them is out of reach. */
    max-block-size: min(6 * 1.4em + 20px, 30vb);
    background: var(--chat-composer-field-background, var(--_canvas));
    color: var(--_text);
    font: inherit;
    /* Below 16px, iOS zooms into the page at every focus. */
    font-size: max(16px, 1em);
    line-height: 1.4;
    resize: none;
    overflow-y: auto;
    overscroll-behavior: contain;
    field-sizing: content;
    transition:
      border-color var(--_motion) ease-out,
      box-shadow var(--_motion) ease-out,
      background-color var(--_motion) ease-out;
  }

  textarea::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  textarea:focus-visible {
    border-color: var(--_accent-text);
    background: var(--_surface);
    box-shadow: 0 0 0 3px color-mix(in srgb, var(--_accent) 22%, transparent);
    outline: 2px solid transparent;
    outline-offset: 0;
  }

  textarea[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  textarea:disabled {
    opacity: 0.6;
  }

  .icon-button {
    margin-block: 1px;
  }

  .send:not(.main) {
    cursor: default;
    background: none;
  }

  [part='note'] {
    font-size: 13px;
    color: var(--_text-muted);
  }

  [part='note'].problem {
    color: var(--_danger);
  }

  [part='note']:not(:empty) {
    padding: 6px 16px 0;
  }

  @media (pointer: coarse) {
    :host {
      --_field-size: 46px;
    }
  }

  @media (forced-colors: active) {
    .main {
      border-width: 2px;
    }
  }
`;

export default styles;
