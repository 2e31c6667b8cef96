import {nothing, render} from 'lit';

/** A row to be shown. */
export interface KeyedRow {
  /** No other row has it. */
  readonly key: string;
  /** Those of the element of the row; `null` for none. Each row names the same ones. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** What stands in it: anything that lit renders. */
  readonly content: unknown;
}

/**
 * The rows in one element: each key keeps its element, and none that stays in its order is moved. That is what the directive
 * `repeat` does for anything at all, at six times the size; here each row is one element.
 */
export class KeyedRows {
  readonly #elements = new Map<string, HTMLElement>();

  /** Shows these rows in `parent`, and no others. It is always the same parent, and holds nothing else. */
  render(parent: Element, rows: readonly KeyedRow[]): void {
    const gone = new Map(this.#elements);
    for (const {key} of rows) gone.delete(key);
    for (const [key, element] of gone) {
      // What was rendered learns that it goes, as some directives want to know.
      render(nothing, element);
      element.remove();
      this.#elements.delete(key);
    }
    let next = parent.firstElementChild;
    for (const {key, attributes, content} of rows) {
      const element = this.#elements.get(key) ?? document.createElement('div');
      this.#elements.set(key, element);
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) element.removeAttribute(name);
        else element.setAttribute(name, value);
      }
      render(content, element);
      if (element === next) next = next.nextElementSibling;
      else parent.insertBefore(element, next);
    }
  }
}
