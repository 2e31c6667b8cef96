import {nothing, render} from 'lit';

/** A row to show. */
export interface KeyedRow {
  /** Unique among the rows. */
  readonly key: string;
  /** The attributes of the row's element; `null` removes one. All rows must have the same names here. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** Everything that the content depends on. It is rendered again only if one of these has changed. */
  readonly inputs: readonly unknown[];
  /** Returns the content: anything that lit renders. */
  readonly content: () => unknown;
}

interface Shown {
  readonly element: HTMLElement;
  inputs?: readonly unknown[];
}

/**
 * Renders rows into an element. A key keeps its element, and rows that stay in order are not moved. Lit's directive `repeat` does the same
 * for any content, with six times the code; here each row is exactly one element.
 */
export class KeyedRows {
  readonly #shown = new Map<string, Shown>();

  /** Shows exactly these rows in `parent`. It must always be the same parent, and hold nothing else. */
  render(parent: Element, rows: readonly KeyedRow[]): void {
    const gone = new Map(this.#shown);
    for (const {key} of rows) gone.delete(key);
    for (const [key, {element}] of gone) {
      element.remove();
      // Some directives need to know that what they rendered is gone.
      render(nothing, element);
      this.#shown.delete(key);
    }
    let next = parent.firstElementChild;
    for (const row of rows) {
      const {element} = this.#update(row);
      // The row in between comes later, so only that one is moved.
      if (element === next?.nextElementSibling) {
        next.remove();
        next = element;
      }
      if (element === next) next = next.nextElementSibling;
      else parent.insertBefore(element, next);
    }
  }

  #update({key, attributes, inputs, content}: KeyedRow): Shown {
    const shown: Shown = this.#shown.get(key) ?? {element: document.createElement('div')};
    this.#shown.set(key, shown);
    const {element, inputs: last} = shown;
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) element.removeAttribute(name);
      else if (value !== element.getAttribute(name)) element.setAttribute(name, value);
    }
    if (!last || inputs.some((input, i) => !Object.is(input, last[i]))) render(content(), element);
    shown.inputs = inputs;
    return shown;
  }
}
