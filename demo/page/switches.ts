import {registerLocale, type StringsInput} from '../../src/i18n/index.js';
import {readLooks, type Settings} from './settings.js';

const modules = import.meta.glob<Record<string, StringsInput>>('../../src/i18n/locales/*.ts');
const languages = new Map(
  Object.entries(modules).map(([path, load]) => [/([^/]+)\.ts$/u.exec(path)?.[1] ?? path, load] as const),
);

/** Shows the settings in the bar, follows it, and writes each choice into the address, so that it outlives a reload. */
export async function setUpSwitches(form: HTMLFormElement, settings: Settings): Promise<void> {
  const choice = form.elements.namedItem('lang') as HTMLSelectElement;
  for (const language of languages.keys()) choice.append(new Option(nameOf(language), language));
  await apply({...settings});
  for (const [name, value] of [
    ['backend', settings.backend],
    ['theme', settings.theme],
    ['lang', languageIn(settings.language)],
    ['dir', document.documentElement.dir],
  ] as const) {
    (form.elements.namedItem(name) as RadioNodeList | HTMLSelectElement).value = value;
  }
  form.addEventListener('change', ({target}) => {
    const {name, value} = target as HTMLInputElement | HTMLSelectElement;
    const url = new URL(location.href);
    url.searchParams.set(name, value);
    if (name === 'lang') url.searchParams.delete('dir');
    // Another server is another page; everything else changes while one looks on.
    if (name === 'backend') {
      location.assign(url);
      return;
    }
    history.replaceState(null, '', url);
    void apply(readLooks(url.searchParams)).then(
      () => ((form.elements.namedItem('dir') as RadioNodeList).value = document.documentElement.dir),
    );
  });
}

async function apply({theme, language, direction}: Pick<Settings, 'theme' | 'language' | 'direction'>): Promise<void> {
  const module = await languages.get(languageIn(language))?.();
  const strings = module && Object.values(module)[0];
  if (strings) registerLocale(strings);
  const root = document.documentElement;
  root.dataset['theme'] = theme;
  root.lang = language;
  root.dir = direction ?? strings?.direction ?? 'ltr';
}

/** The one that is shown for it, as the elements choose: a variant is its language, and what there is not is English. */
function languageIn(asked: string): string {
  const isTraditional = /^zh-(?:hant|hk|mo|tw)\b/iu.test(asked);
  return [isTraditional ? 'zh-Hant' : asked, asked.replace(/-.*/u, '')].find((name) => languages.has(name)) ?? 'en';
}

function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], {type: 'language'}).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
