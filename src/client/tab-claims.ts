import type {Locks} from './types.js';

// A temp id is nobody else's, so the names of these locks need no scope.
const nameOf = (tempId: string): string => `ws-chat-elements:${tempId}`;

/**
 * Tells the other tabs that this one is at work on a message, until the returned function is called, or the page is closed. Does nothing where
 * there are no Web Locks.
 */
export function claim(tempId: string, locks: Locks | null): () => void {
  let letGo!: () => void;
  const work = new Promise<void>((resolve) => (letGo = resolve));
  void locks?.request(nameOf(tempId), {}, () => work).catch(() => undefined);
  return letGo;
}

/**
 * Whether a tab is at work on a message. If so, `ended` is called when it no longer is, also because it was closed, unless `signal` was aborted
 * by then.
 */
export async function isClaimed(
  tempId: string,
  ended: () => void,
  {locks, signal}: {readonly locks: Locks | null; readonly signal: AbortSignal},
): Promise<boolean> {
  const found = await locks?.query?.().catch(() => undefined);
  if (!found?.held?.some(({name}) => name === nameOf(tempId))) return false;
  void locks?.request(nameOf(tempId), {signal}, () => undefined).then(ended, () => undefined);
  return true;
}
