import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * Lets a text field grow with its text, up to the `max-block-size` of its style. Does nothing where the browser can do so by itself
 * (`field-sizing: content`).
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
    // A narrower field needs more lines. Changes of the height are ignored: they are made here.
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
    const row = field.parentElement as HTMLElement;
    // Kept as high as it is while the field is measured: a list above that had more room for a moment would be scrolled by the browser.
    row.style.minBlockSize = `${row.offsetHeight}px`;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    row.style.minBlockSize = '';
  }
}
