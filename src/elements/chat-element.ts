import {adoptStyles, LitElement, type CSSResultOrNative} from 'lit';

/** The base of all elements: keeps the styles that they wear. */
export class ChatElement extends LitElement {
  #styles: CSSResultOrNative[] = (this.constructor as typeof LitElement).elementStyles;

  /** @internal Wears these styles instead of those of its class. */
  wear(styles: CSSResultOrNative[]): void {
    this.#styles = styles;
    this.adoptedCallback();
  }

  /** @internal Another document takes the styles away, also one that it only passes through, as with `hx-preserve` of htmx. */
  adoptedCallback(): void {
    if (this.shadowRoot && this.ownerDocument === document) adoptStyles(this.shadowRoot, this.#styles);
  }
}
