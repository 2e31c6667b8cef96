import {Listeners} from '../model/index.js';
import {english} from './locales/en.js';
import type {Strings, StringsInput} from './strings.js';

const languages = new Map<string, Strings>([['en', english]]);

/** Called when what is shown in some language may be different from now on: a locale was registered, or an attribute changed. */
export const localeChanges = new Listeners<[]>();

/**
 * Makes a language known to all elements, those on the page included. What it leaves out is shown in English.
 * Registering the same locale again replaces it.
 */
export function registerLocale(strings: StringsInput): void {
  languages.set(strings.locale.toLowerCase(), {...english, ...strings});
  localeChanges.call();
}

/** The words for a locale: its own, those of its language (`uz` for `uz-Latn-UZ`), or English. */
export function stringsFor(locale: string): Strings {
  const parts = locale.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const strings = languages.get(parts.slice(0, length).join('-'));
    if (strings) return strings;
  }
  return english;
}
