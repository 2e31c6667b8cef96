import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  :host {
    display: contents;
  }

  dialog {
    /* Where the window is low, the words get the room that is around them elsewhere. */
    --_room: min(22px, 5vb);
    inline-size: min(340px, 100vw - 40px);
    max-block-size: calc(100dvb - min(40px, 10vb));
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 0;
    border-radius: 20px;
    padding: var(--_room) 22px 0;
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

  /* In reach however long the words are, and there already when one of them gets the focus, which would scroll the title away. */
  .buttons {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
    padding-block: min(16px, 4vb) var(--_room);
    background: inherit;
  }

  .button {
    padding: 9px 16px;
  }

  /* Low windows are wide, and long words side by side are lower than one above the other. */
  @media (max-height: 400px) {
    dialog {
      inline-size: min(440px, 100vw - 40px);
    }
  }
`;

export default styles;
