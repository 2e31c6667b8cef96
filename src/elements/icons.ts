import {html, type TemplateResult} from 'lit';

/** Line drawings, in a box of 24 by 24. */
const PATHS = {
  alert: 'M12 8v5M12 16.2v.1M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17z',
  // And beside the box the arrow that leads back where lines begin at the right.
  back: 'M15 5l-7 7 7 7M33 5l7 7-7 7',
  clip: 'M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L9.8 17.3a1.7 1.7 0 01-2.4-2.4l7.6-7.6',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 10l6 6 6-6',
  file: 'M14 3H7a2 2 0 00-2 2v14a2 2 0 002 2h10a2 2 0 002-2V8zM14 3v5h5',
  send: 'M12 19V5M6 11l6-6 6 6',
  speech: 'M20 11.5a7.5 7.5 0 01-11 6.6L4.5 19.5l1.2-4A7.5 7.5 0 1120 11.5z',
} as const;

const DISC = 'M7.5 1.1a4.4 4.4 0 110 8.8 4.4 4.4 0 010-8.8z';
const CLOCK = `${DISC}M7.5 3.2v2.5l1.6 1`;
const TICKS = 'M1 6l3 3 5-7M6 8.2l.9.8 5-7';

/** How far a message has come, in a box of 15 by 11. */
const STATUS_PATHS = {
  queued: CLOCK,
  sending: CLOCK,
  sent: 'M4 6l3 3 5-7',
  delivered: TICKS,
  read: TICKS,
  failed: `${DISC}M7.5 3.1v2.9M7.5 8h.01`,
} as const;

/** A drawing for the eye only, of the size that its place gives it. */
export function icon(name: keyof typeof PATHS): TemplateResult {
  return draw('0 0 24 24', PATHS[name]);
}

/** The drawing beside the time of an own message. */
export function statusIcon(status: keyof typeof STATUS_PATHS): TemplateResult {
  return draw('0 0 15 11', STATUS_PATHS[status]);
}

function draw(box: string, path: string): TemplateResult {
  return html`<svg class="icon" viewBox=${box} aria-hidden="true"><path d=${path}></path></svg>`;
}
