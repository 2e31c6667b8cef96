import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  [part='toast'] {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin-inline: auto;
    padding-block: 4px;
    padding-inline: 14px 4px;
    border-radius: 14px;
    background: var(--_raised);
    color: var(--_text);
    font-size: 14px;
    box-shadow: var(--_shadow-float);
  }

  .mark {
    display: grid;
    flex: none;
    color: var(--_warning);
  }

  .mark svg {
    inline-size: 20px;
    block-size: 20px;
  }

  .icon-button {
    inline-size: 36px;
    block-size: 36px;
  }

  .icon-button svg {
    inline-size: 18px;
    block-size: 18px;
  }
`;

export default styles;
