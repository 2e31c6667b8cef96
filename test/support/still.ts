/**
 * Waits until nothing in the page moves any more, but for what moves for ever. A colour that is half faded in has the contrast of half
 * a colour, which is nothing to hold against an element.
 */
export async function still(): Promise<void> {
  const ending = document.getAnimations().filter(({effect}) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map(({finished}) => finished.catch(() => undefined)));
}
