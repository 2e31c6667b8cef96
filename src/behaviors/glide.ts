/**
 * Makes content that was scrolled in one step glide to its new place. It is only an animation: the scroll offset is right from the start. The
 * duration is `--_motion` of the element; if that is 0, as with reduced motion, there is no animation.
 */
export class Glide {
  #animation: Animation | undefined;
  readonly #onEnd: () => void;

  /** `onEnd` is called when the animation has ended. */
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

  /** Ends the animation at once. */
  stop(): void {
    this.#animation?.cancel();
    this.#animation = undefined;
  }
}
