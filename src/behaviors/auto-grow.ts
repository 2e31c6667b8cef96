import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * Lets a text field grow with its text, up to the `max-block-size` that its style sets. Where the engine does that by itself
 * (`field-sizing: content`), there is nothing to do.
 */
export class AutoGrow implements ReactiveController {
  readonly #host: Element;
  readonly #field: () => HTMLTextAreaElement | null;
  readonly #observer: ResizeObserver | undefined;
  #width = 0;

  constructor(host: ReactiveControllerHost & Element, field: () => HTMLTextAreaElement | null) {
    this.#host = host;
    this.#field = field;
    if (typeof CSS === 'undefined' || CSS.supports('field-sizing', 'content')) return;
    // A narrower field has more lines. Only the width is of interest: the height is what is set here.
    this.#observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width !== this.#width) this.#fit();
      this.#width = width;
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer?.observe(this.#host);
  }

  hostUpdated(): void {
    this.#fit();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #fit(): void {
    const field = this.#field();
    if (!field) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }
}
