import {svg, type SVGTemplateResult} from 'lit';
import type {MessageStatus} from '../model/index.js';

const tick = svg`<path d="M4 6l3 3 5-7"></path>`;
const ticks = svg`<path d="M1 6l3 3 5-7M6 8.2l.9.8 5-7"></path>`;
const clock = svg`<circle cx="7.5" cy="5.5" r="4.4"></circle><path d="M7.5 3.2v2.5l1.6 1"></path>`;

/** What stands beside the time of an own message, in a box of 15 by 11. */
export const STATUS_ICONS: Readonly<Record<MessageStatus, SVGTemplateResult>> = {
  queued: clock,
  sending: clock,
  sent: tick,
  delivered: ticks,
  read: ticks,
  failed: svg`<circle cx="7.5" cy="5.5" r="4.4"></circle><path d="M7.5 3.1v2.9M7.5 8h.01"></path>`,
};

/** A sheet of paper, in a box of 24 by 24. */
export const FILE_ICON: SVGTemplateResult = svg`<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8z"></path><path d="M14 3v5h5"></path>`;

/** An arrow down, in a box of 24 by 24. */
export const DOWN_ICON: SVGTemplateResult = svg`<path d="M6 10l6 6 6-6"></path>`;
