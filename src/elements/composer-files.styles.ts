import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  /* A name that runs the other way begins where the lines around it do. */
  bdi {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    /* However many there are, the field below them stays in view. */
    max-block-size: min(9em, 25vb);
    overflow-y: auto;
    --_ring-offset: -2px;
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
  }

  .files li {
    display: flex;
    align-items: center;
    gap: 4px;
    max-inline-size: 100%;
    padding-inline-start: 12px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    font-size: 13px;
  }

  .file-size {
    flex: none;
    color: var(--_text-muted);
  }

  .files .icon-button {
    inline-size: 32px;
    block-size: 32px;
  }

  .files svg {
    inline-size: 16px;
    block-size: 16px;
  }

  /* Files are held over it. */
  :host([data-drop]) form {
    border-radius: 16px;
    outline: 2px dashed var(--_accent);
    outline-offset: -6px;
  }
`;

export default styles;
