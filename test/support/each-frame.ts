/**
 * Looks at the page in each frame, as it is about to be painted: behind everything that animation frames and observers of sizes that
 * were there before have done to it. `stop()` gives what was seen.
 */
export function eachFrame<T>(look: () => T): {readonly stop: () => readonly T[]} {
  const seen: T[] = [];
  const probe = document.createElement('div');
  probe.style.cssText = 'position: fixed; inline-size: 1px; block-size: 1px; visibility: hidden';
  document.body.append(probe);
  const observer = new ResizeObserver(() => seen.push(look()));
  observer.observe(probe);
  let frame = 0;
  const turn = (): void => {
    // Observers of sizes are called in the order in which they were made, the last thing before a frame is painted.
    probe.style.inlineSize = probe.style.inlineSize === '1px' ? '2px' : '1px';
    frame = requestAnimationFrame(turn);
  };
  turn();
  return {
    stop: () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      probe.remove();
      return seen;
    },
  };
}
