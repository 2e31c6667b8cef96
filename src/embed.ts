/** The entry for pages without a bundler. `dist/ws-chat.js` is built from it: it registers the elements and sets `window.WsChat`. */
import type * as door from './embed.js';

export * from './index.js';

/** Something to do once the elements are there. */
type Act = () => void;

declare global {
  /** Set by `dist/ws-chat.js`. Before the script has loaded, a page may put a queue there: `window.WsChat ||= {ready: []}`. */
  var WsChat: typeof door;
}

const early = globalThis.WsChat as Partial<typeof WsChat> | {readonly ready?: readonly Act[]} | undefined;

// A task for each: by then what was set on the elements is in effect, and a function that throws does not stop the others.
const soon = (acts: readonly Act[]): void => acts.forEach((act) => setTimeout(act));

/**
 * Calls functions once the elements are registered: `WsChat.ready.push(() => …)`. The same line works before the script has loaded,
 * after `window.WsChat ||= {ready: []}`.
 */
export const ready: {push(...acts: readonly Act[]): void} = {push: (...acts) => soon(acts)};

if (early && 'createChatClient' in early) {
  // A copy of the script was here first. The elements are those of that copy, so the global must be, too; the bundle sets it to this
  // one when it ends, and this runs right after that.
  queueMicrotask(() => (globalThis.WsChat = early as typeof WsChat));
} else if (Array.isArray(early?.ready)) soon(early.ready as readonly Act[]);
