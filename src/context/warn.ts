import {warnOnce} from '../model/index.js';

/**
 * Tells the author of a page, once for each element and attribute, that something there cannot work. `text` goes on from the name
 * of the element, and names the fix.
 */
export function warnAbout(element: Element, attribute: string, text: string): void {
  const name = element.id ? `<${element.localName} id="${element.id}">` : `<${element.localName}>`;
  warnOnce(`${element.localName}:${attribute}`, `${name} ${text}`, element);
}
