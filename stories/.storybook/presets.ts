import business from '../../src/styles/themes/business.css?raw';
import playful from '../../src/styles/themes/playful.css?raw';

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/** Gives the page one of the looks that a host can include. `default` is none of them. */
export function showPreset(name: string): void {
  sheet.replaceSync({business, playful}[name] ?? '');
}
