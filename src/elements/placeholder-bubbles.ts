import {unsafeCSS, type CSSResult} from 'lit';

/** How high a bubble is, and after how much the pattern comes again, in CSS pixels. */
const HEIGHT = 38;
const PERIOD = 160;
const MIDDLE = PERIOD / 2;

/** The layers of a background that are a bubble: its two round ends, and what is between them. All figures are CSS pixels. */
function bubble(colour: string, side: 'left' | 'right', inset: number, length: number, top: number): string {
  const end = `radial-gradient(circle closest-side, ${colour} 97%, #0000)`;
  const body = `linear-gradient(#0000 ${MIDDLE - HEIGHT / 2}px, ${colour} 0 ${MIDDLE + HEIGHT / 2}px, #0000 0)`;
  const layer = (image: string, at: number, width: number): string =>
    `${image} ${side} ${inset + at}px top ${top}px / ${width}px ${PERIOD}px repeat-y`;
  return [layer(end, 0, HEIGHT), layer(body, HEIGHT / 2, length), layer(end, length, HEIGHT)].join();
}

/** A background that looks like a conversation, as high as may be: bubbles in `--_theirs` at the start of a line, and in `--_mine` at its end. */
export const bubbles: CSSResult = unsafeCSS(
  [
    bubble('var(--_theirs)', 'left', 36, 210, 0),
    bubble('var(--_theirs)', 'left', 36, 110, 44),
    bubble('var(--_mine)', 'right', 0, 150, 100),
  ].join(),
);
