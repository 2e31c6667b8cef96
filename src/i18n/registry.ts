import {Listeners} from '../model/index.js';
import {english} from './locales/en.js';
import type {Strings, StringsInput} from './strings.js';

const languages = new Map<string, Strings>([['en', english]]);

/** Called when the strings of some element may have changed: a locale was registered, or an attribute changed. */
export const localeChanges = new Listeners<[]>();

/**
 * Registers a language for all elements, including those on the page, or changes some strings of a registered one. What is left out is taken
 * from the registered strings for that locale: for `de-AT` those of `de`, if there are any; for a new language, English.
 */
export function registerLocale(strings: StringsInput): void {
  // Laravel writes `pt_BR`, which makes `Intl` throw.
  const locale = strings.locale.replaceAll('_', '-');
  const words = merge(stringsFor(locale) as unknown as Words, {...strings, locale});
  languages.set(keyOf(locale), words as unknown as Strings);
  localeChanges.call();
}

type Words = Readonly<Record<string, unknown>>;

/** Merges strings into others. An undefined string counts as left out: a host may not have all translations yet. */
function merge(known: Words, given: Words): Words {
  const merged: Record<string, unknown> = {...known};
  for (const [key, word] of Object.entries(given)) {
    merged[key] = typeof word === 'object' && word ? merge(known[key] as Words, word as Words) : (word ?? known[key]);
  }
  return merged;
}

/**
 * The strings for a locale: its own, those of its language (`uz` for `uz-Latn-UZ` and for Laravel's `uz_Latn`), or English, with what the page
 * has changed of it. For Chinese its characters come before its language: `zh-Hant` for `zh-TW`, and `zh` where nobody has registered that.
 */
export function stringsFor(locale: string): Strings {
  for (let tag = keyOf(locale); ; tag = tag.replace(/-?[^-]*$/u, '') || 'en') {
    const strings = languages.get(tag);
    if (strings) return strings;
  }
}

/**
 * What a locale is kept under. Regions that write Chinese in traditional characters name these, as `zh` alone means simplified ones: `zh-TW`
 * is `zh-hant-tw`. With other languages that finds the same as without.
 */
function keyOf(locale: string): string {
  return locale
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/-(cmn-hant|(?=hk|mo|tw))/u, '-hant-');
}
