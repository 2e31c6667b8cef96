/* global CSSStyleSheet */
/**
 * Lit's `css-tag.js` for browsers that adopt style sheets, and for styles that are ours: nothing is checked, and no sheet is shared
 * between a style that is written once and another that reads the same.
 */
export const supportsAdoptingStyleSheets = true;

export class CSSResult {
  _$cssResult$ = true;
  /** @type {CSSStyleSheet | undefined} */
  #sheet;

  /** @param {string} cssText */
  constructor(cssText) {
    this.cssText = cssText;
  }

  get styleSheet() {
    if (!this.#sheet) (this.#sheet = new CSSStyleSheet()).replaceSync(this.cssText);
    return this.#sheet;
  }

  toString() {
    return this.cssText;
  }
}

/** @param {unknown} text */
export function unsafeCSS(text) {
  return new CSSResult(String(text));
}

/** @param {TemplateStringsArray} strings @param {unknown[]} values */
export function css(strings, ...values) {
  return new CSSResult(String.raw({raw: strings}, ...values));
}

/** @param {ShadowRoot} root @param {readonly (CSSResult | CSSStyleSheet)[]} styles */
export function adoptStyles(root, styles) {
  root.adoptedStyleSheets = styles.map((style) => (style instanceof CSSStyleSheet ? style : style.styleSheet));
}

/** @param {CSSResult} style */
export function getCompatibleStyle(style) {
  return style;
}
