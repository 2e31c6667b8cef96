import {nothing, render} from 'lit';

/** A row to be shown. */
export interface KeyedRow {
  /** No other row has it. */
  readonly key: string;
  /** Those of the element of the row; `null` for none. Each row names the same ones. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** All that its content depends on: it is rendered again only when one of these is another one. */
  readonly inputs: readonly unknown[];
  /** What stands in it: anything that lit renders. */
  readonly content: () => unknown;
}

interface Shown {
  readonly element: HTMLElement;
  inputs?: readonly unknown[];
}

/**
 * The rows in one element: each key keeps its element, and none that stays in its order is moved. That is what the directive
 * `repeat` does for anything at all, at six times the size; here each row is one element.
 */
export class KeyedRows {
  readonly #shown = new Map<string, Shown>();

  /** Shows these rows in `parent`, and no others. It is always the same parent, and holds nothing else. */
  render(parent: Element, rows: readonly KeyedRow[]): void {
    const gone = new Map(this.#shown);
    for (const {key} of rows) gone.delete(key);
    for (const [key, {element}] of gone) {
      element.remove();
      // What was rendered learns that it goes, as some directives want to know.
      render(nothing, element);
      this.#shown.delete(key);
    }
    let next = parent.firstElementChild;
    for (const row of rows) {
      const {element} = this.#update(row);
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
