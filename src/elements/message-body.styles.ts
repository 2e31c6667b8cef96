import {css} from 'lit';

/** What belongs to a message beside its text: the quote, the files, the reactions. */
export default css`
  /* A name that runs the other way begins where the lines around it do. */
  bdi {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .quote {
    display: block;
    inline-size: 100%;
    margin: 1px 0 5px;
    padding: 2px 9px;
    border: 0;
    border-inline-start: 3px solid color-mix(in srgb, currentColor 45%, transparent);
    border-radius: 3px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 13px;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }

  .quote:hover {
    background: color-mix(in srgb, currentColor 7%, transparent);
  }

  .quote-author {
    display: block;
    font-weight: 650;
  }

  .quote-text {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }

  .attachments {
    display: grid;
    gap: 4px;
    margin: 2px 0 4px;
    padding: 0;
    list-style: none;
  }

  .attachment {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    border-radius: 12px;
    color: inherit;
    text-decoration: none;
  }

  /* A picture is held by what is around it: of a limit of its own, with a percentage in it, the bubble would know nothing. */
  .attachment:not(.edge) {
    max-inline-size: 320px;
  }

  .attachment.edge {
    padding: 4px 10px 4px 8px;
    box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 25%, transparent);
  }

  a.attachment:hover .file-name {
    text-decoration: underline;
  }

  .attachment .icon {
    flex: none;
    stroke-width: 1.6;
    inline-size: 26px;
    block-size: 26px;
  }

  .file {
    display: grid;
    min-inline-size: 0;
  }

  .file-name {
    font-weight: 600;
    font-size: 14px;
  }

  .file-size {
    font-size: 12px;
  }

  .thumbnail {
    display: block;
    max-inline-size: 100%;
    max-block-size: 260px;
    block-size: auto;
    border-radius: 10px;
    object-fit: cover;
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: -6px;
    padding-inline: 12px;
    align-self: flex-start;
    position: relative;
  }

  /* The picture stands beside the bubble, not beside what hangs from it. */
  .avatar:has(+ .stack > .reactions) {
    margin-block-end: 17px;
  }

  .reaction {
    padding: 2px 8px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_raised);
    color: var(--_text);
    font-size: 12px;
    line-height: 1.4;
    box-shadow: var(--_shadow);
  }
`;
