/** What the formatters of the browser do, kept per locale: making one costs more than using it a thousand times. */
function remember<Key extends string, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

const plurals = remember((locale: string) => new Intl.PluralRules(locale));
const numbers = remember((locale: string) => new Intl.NumberFormat(locale));
const lists = remember((locale: string) => new Intl.ListFormat(locale, {type: 'conjunction'}));
const times = remember((locale: string) => new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit'}));
const moments = remember((locale: string) => new Intl.DateTimeFormat(locale, {dateStyle: 'full', timeStyle: 'short'}));
const weekdays = remember((locale: string) => new Intl.DateTimeFormat(locale, {weekday: 'long'}));
const days = remember((locale: string) => new Intl.DateTimeFormat(locale, {weekday: 'short', day: 'numeric', month: 'long'}));
const dates = remember((locale: string) => new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'long', year: 'numeric'}));

/** The forms of a noun. `other` stands in for those a language does not have. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string};

/** The form that `locale` wants for `count`, with `#` replaced by the number as that locale writes it. */
export function plural(locale: string, count: number, forms: PluralForms): string {
  const form = forms[plurals(locale).select(count)] ?? forms.other;
  return form.replace('#', numbers(locale).format(count));
}

export function formatNumber(locale: string, value: number): string {
  return numbers(locale).format(value);
}

/** `Ada, Ben and Chidi`, as `locale` puts it. */
export function formatList(locale: string, items: readonly string[]): string {
  return lists(locale).format(items);
}

/** Hours and minutes; an empty string for a date that is none. */
export function formatTime(locale: string, date: Date): string {
  return isValid(date) ? times(clockLocale(locale)).format(date) : '';
}

/** Date and time in full, for a tooltip or a screen reader; an empty string for a date that is none. */
export function formatMoment(locale: string, date: Date): string {
  return isValid(date) ? moments(clockLocale(locale)).format(date) : '';
}

/**
 * The day, as short as it may be without doubt: today, yesterday, a weekday within the last week, a date without its year
 * within the last half year, a full date before. `now` is in ms since the epoch.
 */
export function formatDay(
  words: {readonly locale: string; readonly today: string; readonly yesterday: string},
  date: Date,
  now: number,
): string {
  if (!isValid(date)) return '';
  const age = daysBetween(date, new Date(now));
  if (age === 0) return words.today;
  if (age === 1) return words.yesterday;
  const locale = clockLocale(words.locale);
  if (age > 1 && age < 7) return weekdays(locale).format(date);
  return (Math.abs(age) < 183 ? days : dates)(locale).format(date);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const sizes = remember(
  (key: `${string}|${(typeof units)[number]}`) =>
    new Intl.NumberFormat(key.split('|')[0], {
      style: 'unit',
      unit: key.split('|')[1] ?? 'byte',
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }),
);

/** A size in the unit that reads best, e.g. `1.4 MB`. `bytes` counts in steps of 1000. */
export function formatSize(locale: string, bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return sizes(`${locale}|${units[step] ?? 'byte'}`).format(bytes / 1000 ** step);
}

/** The locale for clock times and dates: the person's own variant of the language of the page, as `en` alone would mean the clock of the US. */
function clockLocale(locale: string): string {
  if (locale.includes('-') || typeof navigator === 'undefined') return locale;
  return navigator.languages.find((language) => language.split('-')[0] === locale) ?? locale;
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000);
}

function isValid(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
