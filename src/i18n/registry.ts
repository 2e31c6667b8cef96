import {Listeners} from '../model/index.js';
import {english} from './locales/en.js';
import type {Strings, StringsInput} from './strings.js';

const languages = new Map<string, Strings>([['en', english]]);

/** Called when what is shown in some language may be different from now on: a locale was registered, or an attribute changed. */
export const localeChanges = new Listeners<[]>();

/**
 * Makes a language known to all elements, those on the page included, or changes single words of one that is known. What it
 * leaves out stays as it is: for `de-AT` as in `de`, if that is there, and for a language that nobody knows yet, in English.
 */
export function registerLocale(strings: StringsInput): void {
  // As browsers want it: they throw at what Laravel writes.
  const locale = strings.locale.replaceAll('_', '-');
  const known = stringsFor(locale) as unknown as Readonly<Record<string, unknown>>;
  const merged: Record<string, unknown> = {...known, ...strings, locale};
  for (const key in merged) {
    if (typeof merged[key] === 'object') merged[key] = {...(known[key] as object), ...(merged[key] as object)};
  }
  languages.set(locale.toLowerCase(), merged as unknown as Strings);
  localeChanges.call();
}

/** The words for a locale: its own, those of its language (`uz` for `uz-Latn-UZ` and for Laravel's `uz_Latn`), or English. */
export function stringsFor(locale: string): Strings {
  for (let tag = locale.toLowerCase().replaceAll('_', '-'); tag; tag = tag.replace(/-?[^-]*$/u, '')) {
    const strings = languages.get(tag);
    if (strings) return strings;
  }
  return english;
}
