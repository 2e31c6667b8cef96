import {expect} from '@open-wc/testing';
import {english, formatDay, formatSize, formatTime, registerLocale, stringsFor, type Strings} from '../../src/i18n/index.js';
import arabic from '../../src/i18n/locales/ar.js';
import german from '../../src/i18n/locales/de.js';
import russian from '../../src/i18n/locales/ru.js';
import uzbek from '../../src/i18n/locales/uz.js';

const keysOf = (strings: object): string[] =>
  Object.entries<unknown>(strings as Record<string, unknown>).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? [key, ...keysOf(value).map((inner) => `${key}.${inner}`)] : [key],
  );

describe('the words', () => {
  for (const strings of [arabic, german, russian, uzbek]) {
    it(`are complete in ${strings.locale}`, () => {
      expect(keysOf(strings)).to.have.members(keysOf(english));
    });

    it(`are not English in ${strings.locale}`, () => {
      const same = (Object.keys(english) as (keyof Strings)[]).filter(
        (key) => typeof english[key] === 'string' && english[key] === strings[key] && key !== 'direction',
      );
      expect(same).to.deep.equal([]);
    });
  }

  it('follow the number', () => {
    expect(english.newBelow(1)).to.equal('1 new message');
    expect(english.newBelow(1200)).to.equal('1,200 new messages');
    expect([1, 3, 5, 21].map((n) => russian.charactersLeft(n))).to.deep.equal([
      'Остался 1 символ',
      'Осталось 3 символа',
      'Осталось 5 символов',
      'Остался 21 символ',
    ]);
    expect(arabic.newBelow(2)).to.equal('رسالتان جديدتان');
  });

  it('say who is writing, and how many more', () => {
    expect(english.typing(['Ada'], 0)).to.equal('Ada is typing');
    expect(english.typing(['Ada', 'Ben'], 0)).to.equal('Ada and Ben are typing');
    expect(english.typing(['Ada', 'Ben'], 1)).to.match(/^Ada, Ben,? and 1 other are typing$/);
    expect(uzbek.typing(['Ali', 'Vali'], 2)).to.equal('Ali, Vali va yana 2 kishi yozmoqda');
  });
});

describe('the registry', () => {
  it('falls back from a variant to its language, and from there to English', () => {
    registerLocale(german);
    expect(stringsFor('de-AT')).to.include({locale: 'de', send: 'Senden'});
    expect(stringsFor('xx')).to.equal(english);
  });

  it('fills what a language leaves out with English', () => {
    registerLocale({locale: 'tlh', send: 'yIngeH'});
    expect(stringsFor('tlh')).to.include({send: 'yIngeH', back: 'Back'});
  });
});

describe('formats', () => {
  const now = new Date(2026, 4, 20, 12).getTime();

  it('name a day as shortly as may be', () => {
    expect(formatDay(english, new Date(2026, 4, 20, 0, 1), now)).to.equal('Today');
    expect(formatDay(english, new Date(2026, 4, 19, 23, 59), now)).to.equal('Yesterday');
    expect(formatDay(english, new Date(2026, 4, 16), now)).to.equal('Saturday');
    expect(formatDay(english, new Date(2025, 0, 2), now)).to.contain('2025');
  });

  it('say nothing of a date that is none', () => {
    const none = new Date(Number.NaN);
    expect(formatDay(english, none, now)).to.equal('');
    expect(formatTime('en', none)).to.equal('');
  });

  it('choose the unit of a size', () => {
    expect(formatSize('en', 0)).to.match(/^0 byte/);
    expect(formatSize('en', 1_400_000)).to.equal('1.4 MB');
  });
});
