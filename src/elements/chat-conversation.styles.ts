import {css, type CSSResult} from 'lit';

const styles: CSSResult = css`
  :host {
    container-type: inline-size;
    /* A container has no width of its own, so that a dialog or a popover would close around nothing. */
    contain-intrinsic-inline-size: min(24em, 100vi);
    min-inline-size: 0;
    block-size: var(--chat-conversation-block-size, 100%);
    max-block-size: 100dvb;
    min-block-size: min(19em, 100%);
    overflow: hidden;
    background: var(--_surface);
    /* What a phone hides of a side, kept free on both: where lines begin may be either. */
    --_side: max(env(safe-area-inset-left), env(safe-area-inset-right));
  }

  :host([density='compact']) {
    --chat-density: 0.75;
  }

  .base {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    /* All of it, too, where a page makes a flex box of the conversation. */
    inline-size: 100%;
    block-size: 100%;
    min-block-size: inherit;
  }

  header {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 60px;
    padding-block: 6px;
    padding-inline: max(16px, var(--_side)) max(12px, var(--_side));
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }

  header.has-back {
    padding-inline-start: max(8px, var(--_side));
  }

  .avatar {
    --_avatar-size: 40px;
  }

  /* A window onto two arrows, from the side where lines begin: not every engine knows :dir() in a shadow root. */
  .back span {
    display: flex;
    inline-size: 22px;
    overflow: hidden;
  }

  .back svg {
    flex: none;
    margin-right: 22px;
    overflow: visible;
  }

  .who {
    flex: 1;
    min-inline-size: 0;
  }

  /* As many lines as a narrow window or large letters need; only what is longer than any title is cut off. */
  h2,
  .line {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    margin: 0;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  h2 {
    font-size: 16px;
    line-height: 1.25;
    font-weight: 650;
    /* It runs its own way, and stands where the others do. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .line {
    min-block-size: 18px;
    font-size: 13px;
    line-height: 18px;
    color: var(--_text-muted);
    transition: margin-block-end var(--_motion) ease-out;
  }

  /* It takes no room, and the title does not jump when it has something to say. */
  .line:empty {
    margin-block-end: -18px;
    visibility: hidden;
  }

  /* In place of a picture and a title that are on their way. */
  .coming {
    --_tone: var(--_line);
  }

  h2 .coming {
    display: block;
    inline-size: min(9em, 100%);
    block-size: 1.25em;
    border-radius: 6px;
    background: var(--_line);
  }

  .actions {
    display: flex;
    flex: none;
  }

  .canvas {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_canvas);
  }

  /* By the height it has of its own where there is no other: a basis of 0 would be that in WebKit. What lacks comes from it alone. */
  chat-message-list {
    flex: 1 999 auto;
    block-size: auto;
    min-block-size: 0;
  }

  /* Its room is always there: a line that comes and goes would move what somebody reads. */
  typing-indicator {
    min-block-size: 34px;
    margin-block-start: 8px;
  }

  .over {
    position: absolute;
    z-index: 2;
    inset-inline: max(12px, var(--_side));
    display: grid;
    gap: 8px;
    pointer-events: none;
  }

  .over > * {
    pointer-events: auto;
  }

  /* Not by a gap: while it has nothing to say, it takes no room. */
  chat-message-list ws-status-banner::part(banner) {
    margin-block-end: 6px;
  }

  .over.top {
    inset-block-start: 10px;
  }

  /* Above the button that leads to the end. */
  .over.bottom {
    inset-block-end: 66px;
  }

  /* The list shrinks what it shows in its middle to its contents, and these have no width of their own. */
  .fill .placeholders {
    position: absolute;
    inset: 0;
  }

  .quiet {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    block-size: 100%;
    padding: 24px;
    text-align: center;
    color: var(--_text-muted);
    background: var(--_canvas);
    overflow-wrap: anywhere;
  }

  /* The list keeps it off the edges. */
  [slot='empty'] .quiet {
    padding: 0;
  }

  .quiet strong {
    color: var(--_text);
    font-size: 16px;
    font-weight: 650;
  }

  .quiet svg {
    inline-size: 44px;
    block-size: 44px;
    stroke-width: 1.7;
    margin-block-end: 8px;
  }

  .quiet .button {
    margin-block-start: 12px;
    color: var(--_text);
  }

  .placeholders {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: 12px;
    block-size: 100%;
    padding: 16px;
  }

  /* What is there within 150 ms needs no placeholder, and one that flashes is worse than none. */
  .placeholders,
  .coming {
    animation:
      appear 160ms 150ms ease-out backwards,
      breathe 1.6s 150ms ease-in-out infinite alternate;
  }

  .placeholders.shown {
    animation-delay: -160ms, 0s;
  }

  .placeholders i {
    block-size: 38px;
    border-radius: var(--_radius);
    background: var(--_line);
  }

  .placeholders i:nth-child(3n + 1) {
    inline-size: min(62%, 26em);
  }

  .placeholders i:nth-child(3n + 2) {
    inline-size: min(44%, 19em);
    block-size: 58px;
  }

  .placeholders i:nth-child(3n) {
    align-self: flex-end;
    inline-size: min(52%, 21em);
  }

  .readonly {
    padding: 14px 16px max(14px, env(safe-area-inset-bottom));
    text-align: center;
    font-size: 13px;
    color: var(--_text-muted);
  }

  .foot {
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }

  .foot.none {
    display: none;
  }

  /* Nothing moves when it comes. */
  .foot.soon {
    visibility: hidden;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }

  /* Where room is scarce, or the page is zoomed that far, the messages come closer; a density of the page's own goes before. */
  @container (inline-size < 22rem) {
    .base {
      --_fit: 0.75;
    }
  }

  /* On paper there is nothing to write, and what is loaded is as long as it is, whatever height the page gives on the screen. */
  @media print {
    :host {
      block-size: auto !important;
      max-block-size: none !important;
      overflow: visible;
    }

    .foot,
    .over {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .placeholders,
    .coming {
      animation: appear 0s 150ms backwards;
    }
  }
`;

export default styles;
