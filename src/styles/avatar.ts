import {css, unsafeCSS, type CSSResult} from 'lit';
import {TONES} from './palette.js';

const tones = TONES.map(
  ([avatar, light, dark], i) =>
    `.tone-${i} { --_tone: ${avatar}; --_tone-text: ${light}; }
     @supports (color: light-dark(#000, #fff)) { .tone-${i} { --_tone-text: light-dark(${light}, ${dark}); } }`,
).join('\n');

/** A round picture of a person: `.avatar`, 32px or `--_avatar-size`, with a `.tone-N` that gives `--_tone` and, for the name, `--_tone-text`. */
export const avatarStyles: CSSResult = css`
  ${unsafeCSS(tones)}

  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--_avatar-size, 32px);
    block-size: var(--_avatar-size, 32px);
    overflow: hidden;
    border-radius: 50%;
    background: var(--_tone);
    color: #fff;
    font-size: calc(var(--_avatar-size, 32px) * 0.4);
    font-weight: 650;
    line-height: 1;
    -webkit-user-select: none;
    user-select: none;
  }

  .avatar img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
`;
