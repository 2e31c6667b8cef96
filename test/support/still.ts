/**
 * Waits until nothing in the page moves any more, but for what moves for ever. A colour that is half faded in has the contrast of half
 * a colour, which is nothing to hold against an element.
 */
export async function still(): Promise<void> {
  // An animation that a style change begins is there once the styles have been worked out, which a frame does.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const ending = [...animationsIn(document)].filter(({effect}) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map(({finished}) => finished.catch(() => undefined)));
}

/** Not every engine's `document.getAnimations()` looks into shadow roots, so each is asked for itself. */
function* animationsIn(root: Document | ShadowRoot): Generator<Animation> {
  yield* root.getAnimations();
  for (const {shadowRoot} of root.querySelectorAll('*')) if (shadowRoot) yield* animationsIn(shadowRoot);
}
