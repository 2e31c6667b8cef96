import type {Strings} from './strings.js';

const made = new Map<string, unknown>();

/** What a formatter is made with. */
type Given<Options> = readonly [locale: string, options: Options];

/** A formatter of the browser, kept: making one costs more than using it a thousand times. */
function formatter<Options extends object, Formatter>(
  Kind: new (...given: Given<Options>) => Formatter,
  ...given: Given<Options>
): Formatter {
  const key = Kind.name + JSON.stringify(given);
  const known = made.get(key) as Formatter | undefined;
  const found = known ?? new Kind(...given);
  if (!known) made.set(key, found);
  return found;
}

/** What formatting a date needs of the strings of a language. */
type DateWords = Pick<Strings, 'locale' | 'date'>;

/** A date in the person's own variant of the language; an empty string for an invalid date. */
function formatDate(words: DateWords, date: Date, options: Intl.DateTimeFormatOptions): string {
  // Told as if it were UTC here: a formatter keeps the zone that it was made in, while the person may travel.
  const here = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  if (Number.isNaN(here.getTime())) return '';
  const utc = {...options, timeZone: 'UTC'};
  return words.date?.(date, options) ?? formatter(Intl.DateTimeFormat, variantOf(words.locale), utc).format(here);
}

/** The plural forms of a noun. `other` is used in place of those that are missing. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string};

/** The form that `locale` wants for `count`, with `#` replaced by the number as that locale writes it. */
export function plural(locale: string, count: number, forms: PluralForms): string {
  const form = forms[formatter(Intl.PluralRules, locale, {}).select(count)] ?? forms.other;
  return form.replace('#', formatNumber(locale, count));
}

export function formatNumber(locale: string, value: number): string {
  return formatter(Intl.NumberFormat, locale, {}).format(value);
}

/** `Ada, Ben and Chidi`, as `locale` puts it. */
export function formatList(locale: string, items: readonly string[]): string {
  return formatter(Intl.ListFormat, locale, {}).format(items);
}

/** Hours and minutes, as short as the language has them; an empty string for an invalid date. */
export function formatTime(locale: string, date: Date): string {
  return formatDate({locale}, date, {timeStyle: 'short'});
}

/** Date and time in full, for a tooltip or a screen reader; an empty string for an invalid date. */
export function formatMoment(words: DateWords, date: Date): string {
  return formatDate(words, date, {dateStyle: 'full', timeStyle: 'short'});
}

/**
 * The day, as short as it can be without ambiguity: today, yesterday, the weekday within the last week, a date without the year within half a
 * year, otherwise a full date. `now` is in ms since the epoch.
 */
export function formatDay(words: DateWords & Pick<Strings, 'today' | 'yesterday'>, date: Date, now: number): string {
  const age = daysBetween(date, new Date(now));
  if (age === 0) return words.today;
  if (age === 1) return words.yesterday;
  if (age > 1 && age < 7) return formatDate(words, date, {weekday: 'long'});
  const isNear = Math.abs(age) < 183;
  return formatDate(words, date, {day: 'numeric', month: 'long', ...(isNear ? {weekday: 'short'} : {year: 'numeric'})});
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A size in the unit that reads best, e.g. `1.4 MB`. `bytes` counts in steps of 1000. */
export function formatSize(locale: string, bytes: number): string {
  // What would be rounded to 1,000 of a unit is shown as 1 of the next.
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes / 0.99995)) / 3));
  const unit: Intl.NumberFormatOptions = {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    // The short form is for one alone in many languages, English among them: `3 byte`.
    unitDisplay: step > 0 ? 'short' : 'long',
    maximumFractionDigits: 1,
  };
  return formatter(Intl.NumberFormat, variantOf(locale), unit).format(bytes / 1000 ** step);
}

/** The person's own variant of a language, if the browser names one. `en` alone would mean US formats, and `ar` digits that Egypt does not use. */
export function variantOf(locale: string): string {
  const {navigator} = globalThis as Partial<typeof globalThis>;
  // A page may have registered its own variant, such as `en-x-support`.
  const [language = ''] = locale.split('-x-');
  return navigator?.languages.find((variant) => variant.startsWith(`${language}-`)) ?? locale;
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000);
}
