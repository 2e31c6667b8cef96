// A browser delays a nested `setTimeout(fn, 0)` by 4 ms, Node never does. Whoever waits less than that comes before a timer that
// was set first, and pusher-js sends each frame from such a timer.
const LONGEST_ZERO = 'setImmediate' in globalThis ? 0 : 4;

/** One turn of the real event loop: resolves after every `setTimeout(fn, 0)` that was set before the call has run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_ZERO);
  });
}
