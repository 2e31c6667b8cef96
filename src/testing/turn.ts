// A browser delays a nested `setTimeout(fn, 0)` by 4 ms, Node never does. Whoever waits less than that comes before a timer that
// was set first, and pusher-js sends each frame from such a timer.
const LONGEST_ZERO = 'setImmediate' in globalThis ? 0 : 4;

const STOPPED =
  'setTimeout is faked and stands still, and pusher-js sends by it. Leave it real, as the server and its clients have a clock of their own: ' +
  "vi.useFakeTimers({toFake: ['Date']}), or let it run with {shouldAdvanceTime: true}.";

/** So long (ms) a `setTimeout` that somebody put in place of the real one may take for nothing: some turn themselves every 20 ms. */
const PATIENCE = 1_000;
const {setTimeout: realTimeout, clearTimeout: clearRealTimeout} = globalThis;

/**
 * One turn of the real event loop: resolves after every `setTimeout(fn, 0)` that was set before the call has run. Rejects where that never
 * comes, because a test has stopped all timers.
 */
export async function turn(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, LONGEST_ZERO);
      if (setTimeout !== realTimeout) timer = realTimeout(() => reject(new Error(STOPPED)), PATIENCE);
    });
  } finally {
    clearRealTimeout(timer);
  }
}
