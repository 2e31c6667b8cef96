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
  const words = merge(stringsFor(locale) as unknown as Words, {...strings, locale});
  languages.set(locale.toLowerCase(), words as unknown as Strings);
  localeChanges.call();
}

type Words = Readonly<Record<string, unknown>>;

/** Puts in what is given. A word that is undefined is none: a host may hand in what its translators have not come to yet. */
function merge(known: Words, given: Words): Words {
  const merged: Record<string, unknown> = {...known};
  for (const [key, word] of Object.entries(given)) {
    merged[key] = typeof word === 'object' && word ? merge(known[key] as Words, word as Words) : (word ?? known[key]);
  }
  return merged;
}

/** The words for a locale: its own, those of its language (`uz` for `uz-Latn-UZ` and for Laravel's `uz_Latn`), or English. */
export function stringsFor(locale: string): Strings {
  for (let tag = locale.toLowerCase().replaceAll('_', '-'); tag; tag = tag.replace(/-?[^-]*$/u, '')) {
    const strings = languages.get(tag);
    if (strings) return strings;
  }
  return english;
}
