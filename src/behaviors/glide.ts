/**
 * Lets content that was scrolled at once come into its place gently. Only its picture lags behind: the scroll offset is the right one all
 * along. How long it takes is the `--_motion` of the element; with none, as with reduced motion, nothing moves.
 */
export class Glide {
  #animation: Animation | undefined;
  readonly #onEnd: () => void;

  /** `onEnd` is called when all is in its place again. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** `way` is how far the content was scrolled, in CSS pixels. */
  start(element: HTMLElement, way: number): void {
    const motion = getComputedStyle(element).getPropertyValue('--_motion');
    const duration = parseFloat(motion) * (motion.endsWith('ms') ? 1 : 1000);
    if (!(duration > 0)) return;
    this.#animation = element.animate({translate: [`0 ${way}px`, '0 0']}, {duration, easing: 'ease-out'});
    this.#animation.onfinish = this.#onEnd;
  }

  /** Puts everything in its place at once. */
  stop(): void {
    this.#animation?.cancel();
    this.#animation = undefined;
  }
}
