import {warnOnce} from '../model/index.js';

/**
 * Warns the developer of a page, once for each element and `key`, that something cannot work. `text` comes after the name of the element,
 * and names the attribute and the fix.
 */
export function warnAbout(element: Element, text: string, key = text): void {
  const name = element.id ? `<${element.localName} id="${element.id}">` : `<${element.localName}>`;
  warnOnce(key, `${name} ${text}`, element);
}
