/** The door of a page without a bundler: `dist/ws-chat.js` is built from here, registers the elements and sets `window.WsChat`. */
import type * as door from './embed.js';

export * from './index.js';

/** Something to do once the elements are there. */
type Act = () => void;

declare global {
  /** What `dist/ws-chat.js` sets. Until then a page may put a list there: `window.WsChat ||= {ready: []}`. */
  var WsChat: typeof door;
}

const early = globalThis.WsChat as Partial<typeof WsChat> | {readonly ready?: readonly Act[]} | undefined;

// A task each: what was set on the elements before is in force by then, and one that throws keeps no other from its turn.
const soon = (acts: readonly Act[]): void => acts.forEach((act) => setTimeout(act));

/**
 * Takes functions, and calls each once the elements are there: `WsChat.ready.push(() => …)`. The same line works before the script
 * has come, where the page has written `window.WsChat ||= {ready: []}`.
 */
export const ready: {push(...acts: readonly Act[]): void} = {push: (...acts) => soon(acts)};

if (early && 'createChatClient' in early) {
  // The elements are those of the copy that came first, so the global stays its own. No other script runs in between.
  queueMicrotask(() => (globalThis.WsChat = early as typeof WsChat));
} else if (Array.isArray(early?.ready)) soon(early.ready as readonly Act[]);
